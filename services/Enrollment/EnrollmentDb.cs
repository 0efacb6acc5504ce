using BetterConnections.Enrollment.Partners;
using BetterConnections.Messaging;
using BetterConnections.Postgres;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Enrollment;

public sealed class EnrollmentDb(DbContextOptions<EnrollmentDb> options) : DbContext(options)
{
    public DbSet<Partner> Partners => Set<Partner>();
    public DbSet<Pledge> Pledges => Set<Pledge>();

    protected override void ConfigureConventions(ModelConfigurationBuilder conventions)
    {
        conventions.Properties<Enum>().HaveConversion<string>();
        conventions.Properties<decimal>().HavePrecision(14, 2);
    }

    protected override void OnModelCreating(ModelBuilder model)
    {
        model.ApplyConfigurationsFromAssembly(typeof(EnrollmentDb).Assembly);
        model.UseMessaging();
        model.UsePostgresDefaults();
    }
}
