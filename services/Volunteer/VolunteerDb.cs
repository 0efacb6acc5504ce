using BetterConnections.Messaging;
using BetterConnections.Postgres;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Volunteers;

public sealed class VolunteerDb(DbContextOptions<VolunteerDb> options) : DbContext(options)
{
    public DbSet<Volunteer> Volunteers => Set<Volunteer>();

    /// <summary>A number taken and not used leaves a gap, which is harmless.</summary>
    public Task<long> NextVolunteerNumberAsync(CancellationToken cancel) =>
        Database.SqlQuery<long>($"select nextval('volunteer_numbers') as \"Value\"").SingleAsync(cancel);

    protected override void ConfigureConventions(ModelConfigurationBuilder conventions) =>
        conventions.Properties<Enum>().HaveConversion<string>();

    protected override void OnModelCreating(ModelBuilder model)
    {
        model.HasSequence<long>("volunteer_numbers");
        model.ApplyConfigurationsFromAssembly(typeof(VolunteerDb).Assembly);
        model.UseMessaging();
        model.UsePostgresDefaults();
    }
}
