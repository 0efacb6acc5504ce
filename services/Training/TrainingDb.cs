using BetterConnections.Messaging;
using BetterConnections.Postgres;
using BetterConnections.Training.Attachments;
using BetterConnections.Training.Certificates;
using BetterConnections.Training.Certificates.Keys;
using BetterConnections.Training.Courses;
using BetterConnections.Training.Courses.Runs;
using BetterConnections.Training.Quizzes;
using BetterConnections.Training.Xapi;
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
    public DbSet<Course> Courses => Set<Course>();
    public DbSet<CourseVersion> CourseVersions => Set<CourseVersion>();
    public DbSet<Completion> Completions => Set<Completion>();
    public DbSet<CourseRun> CourseRuns => Set<CourseRun>();
    public DbSet<Certificate> Certificates => Set<Certificate>();
    public DbSet<SigningKey> SigningKeys => Set<SigningKey>();
    public DbSet<QuizAttempt> QuizAttempts => Set<QuizAttempt>();
    public DbSet<Statement> Statements => Set<Statement>();

    /// <summary>Holds <paramref name="what"/> for the current transaction, so that replicas take turns.</summary>
    public Task TakeTurnAsync(string what, CancellationToken cancel) =>
        Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(hashtextextended({what}, 0))", cancel);

    protected override void ConfigureConventions(ModelConfigurationBuilder conventions) =>
        conventions.Properties<Enum>().HaveConversion<string>();

    protected override void OnModelCreating(ModelBuilder model)
    {
        model.HasSequence<long>("certificate_numbers");
        model.ApplyConfigurationsFromAssembly(typeof(TrainingDb).Assembly);
        model.UseMessaging();
        model.UsePostgresDefaults();
    }
}
