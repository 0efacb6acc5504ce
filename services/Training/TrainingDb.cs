using BetterConnections.Messaging;
using BetterConnections.Postgres;
using BetterConnections.Training.Attachments;
using BetterConnections.Training.Attendance;
using BetterConnections.Training.Facilities;
using BetterConnections.Training.Learners;
using BetterConnections.Training.Refreshers;
using BetterConnections.Training.Sessions;
using BetterConnections.Training.Timetable;
using BetterConnections.Training.Toolkits;
using BetterConnections.Training.Trainers;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Training;

public sealed class TrainingDb(DbContextOptions<TrainingDb> options) : DbContext(options)
{
    public DbSet<Toolkit> Toolkits => Set<Toolkit>();
    public DbSet<ToolkitVersion> ToolkitVersions => Set<ToolkitVersion>();
    public DbSet<Module> Modules => Set<Module>();
    public DbSet<Attachment> Attachments => Set<Attachment>();
    public DbSet<Facility> Facilities => Set<Facility>();
    public DbSet<ComputerFact> ComputerFacts => Set<ComputerFact>();
    public DbSet<Learner> Learners => Set<Learner>();
    public DbSet<TrainerAssignment> TrainerAssignments => Set<TrainerAssignment>();
    public DbSet<Session> Sessions => Set<Session>();
    public DbSet<RosterEntry> RosterEntries => Set<RosterEntry>();
    public DbSet<AttendanceMark> AttendanceMarks => Set<AttendanceMark>();
    public DbSet<AttendanceRecord> AttendanceRecords => Set<AttendanceRecord>();
    public DbSet<CalendarFeed> CalendarFeeds => Set<CalendarFeed>();
    public DbSet<RefresherProposal> RefresherProposals => Set<RefresherProposal>();

    protected override void ConfigureConventions(ModelConfigurationBuilder conventions) =>
        conventions.Properties<Enum>().HaveConversion<string>();

    protected override void OnModelCreating(ModelBuilder model)
    {
        model.ApplyConfigurationsFromAssembly(typeof(TrainingDb).Assembly);
        model.UseMessaging();
        model.UsePostgresDefaults();
    }
}
