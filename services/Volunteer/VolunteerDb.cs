using BetterConnections.Messaging;
using BetterConnections.Postgres;
using BetterConnections.Volunteers.Assignments;
using BetterConnections.Volunteers.Facilities;
using BetterConnections.Volunteers.Messages;
using BetterConnections.Volunteers.Openings;
using BetterConnections.Volunteers.SiteReports;
using BetterConnections.Volunteers.Visits;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Volunteers;

public sealed class VolunteerDb(DbContextOptions<VolunteerDb> options) : DbContext(options)
{
    public DbSet<Volunteer> Volunteers => Set<Volunteer>();
    public DbSet<Message> Messages => Set<Message>();
    public DbSet<Facility> Facilities => Set<Facility>();
    public DbSet<Opening> Openings => Set<Opening>();
    public DbSet<Assignment> Assignments => Set<Assignment>();
    public DbSet<Shift> Shifts => Set<Shift>();
    public DbSet<Visit> Visits => Set<Visit>();
    public DbSet<SiteReport> SiteReports => Set<SiteReport>();

    /// <summary>A number taken and not used leaves a gap, which is harmless.</summary>
    public Task<long> NextVolunteerNumberAsync(CancellationToken cancel) =>
        Database.SqlQuery<long>($"select nextval('volunteer_numbers') as \"Value\"").SingleAsync(cancel);

    /// <summary>In queries only: whether the volunteer's week and absences leave the time free. In SQL: <c>is_available(id, starts, ends, zone)</c>.</summary>
    /// <param name="zone">IANA name; the programme's.</param>
    public bool IsAvailable(Guid volunteerId, DateTimeOffset starts, DateTimeOffset ends, string zone) =>
        throw new NotSupportedException("This is translated to SQL and has no meaning outside of a query.");

    protected override void ConfigureConventions(ModelConfigurationBuilder conventions) =>
        conventions.Properties<Enum>().HaveConversion<string>();

    protected override void OnModelCreating(ModelBuilder model)
    {
        model.HasSequence<long>("volunteer_numbers");
        model.HasSequence<long>("letter_numbers");
        model.HasDbFunction(() => IsAvailable(default, default, default, null!)).HasName("is_available");
        model.ApplyConfigurationsFromAssembly(typeof(VolunteerDb).Assembly);
        model.UseMessaging();
        model.UsePostgresDefaults();
    }
}
