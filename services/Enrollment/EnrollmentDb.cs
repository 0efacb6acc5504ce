using BetterConnections.Enrollment.Champions;
using BetterConnections.Enrollment.Compliance;
using BetterConnections.Enrollment.Employers;
using BetterConnections.Enrollment.Facilities;
using BetterConnections.Enrollment.Partners;
using BetterConnections.Enrollment.Readiness;
using BetterConnections.Enrollment.Sites;
using BetterConnections.Enrollment.Tickets;
using BetterConnections.Enrollment.Workers;
using BetterConnections.Enrollment.Workers.Import;
using BetterConnections.Messaging;
using BetterConnections.Postgres;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Enrollment;

public sealed class EnrollmentDb(DbContextOptions<EnrollmentDb> options) : DbContext(options)
{
    public DbSet<Partner> Partners => Set<Partner>();
    public DbSet<Pledge> Pledges => Set<Pledge>();
    public DbSet<Ticket> Tickets => Set<Ticket>();
    public DbSet<Worker> Workers => Set<Worker>();
    public DbSet<WorkerImport> WorkerImports => Set<WorkerImport>();
    public DbSet<Champion> Champions => Set<Champion>();
    public DbSet<Employer> Employers => Set<Employer>();
    public DbSet<EmployerEvent> EmployerEvents => Set<EmployerEvent>();
    public DbSet<Site> Sites => Set<Site>();
    public DbSet<MandatedCompany> MandatedCompanies => Set<MandatedCompany>();
    public DbSet<ComplianceRow> ComplianceBoard => Set<ComplianceRow>();
    public DbSet<Facility> Facilities => Set<Facility>();
    public DbSet<FacilityEvent> FacilityEvents => Set<FacilityEvent>();
    public DbSet<FacilityHelper> FacilityHelpers => Set<FacilityHelper>();
    public DbSet<ErasedVolunteer> ErasedVolunteers => Set<ErasedVolunteer>();
    public DbSet<NeedsAssessment> NeedsAssessments => Set<NeedsAssessment>();
    public DbSet<ChecklistMark> ChecklistMarks => Set<ChecklistMark>();
    public DbSet<Evidence> Evidence => Set<Evidence>();
    public DbSet<OpeningNumbers> OpeningNumbers => Set<OpeningNumbers>();

    protected override void ConfigureConventions(ModelConfigurationBuilder conventions)
    {
        conventions.Properties<Enum>().HaveConversion<string>();
        conventions.Properties<decimal>().HavePrecision(14, 2);
    }

    protected override void OnModelCreating(ModelBuilder model)
    {
        model.HasPostgresExtension("pg_trgm");
        model.HasSequence<long>("facility_numbers");
        model.HasSequence<long>("worker_numbers");
        model.ApplyConfigurationsFromAssembly(typeof(EnrollmentDb).Assembly);
        model.UseMessaging();
        model.UsePostgresDefaults();
    }
}
