using BetterConnections.Messaging;
using BetterConnections.Postgres;
using BetterConnections.Training.Attachments;
using BetterConnections.Training.Toolkits;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Training;

public sealed class TrainingDb(DbContextOptions<TrainingDb> options) : DbContext(options)
{
    public DbSet<Toolkit> Toolkits => Set<Toolkit>();
    public DbSet<ToolkitVersion> ToolkitVersions => Set<ToolkitVersion>();
    public DbSet<Module> Modules => Set<Module>();
    public DbSet<Attachment> Attachments => Set<Attachment>();

    protected override void ConfigureConventions(ModelConfigurationBuilder conventions) =>
        conventions.Properties<Enum>().HaveConversion<string>();

    protected override void OnModelCreating(ModelBuilder model)
    {
        model.ApplyConfigurationsFromAssembly(typeof(TrainingDb).Assembly);
        model.UseMessaging();
        model.UsePostgresDefaults();
    }
}
