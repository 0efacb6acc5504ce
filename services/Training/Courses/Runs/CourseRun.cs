using BetterConnections.Training.Sessions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace BetterConnections.Training.Courses.Runs;

/// <summary>
/// Sessions that together are a course, such as train-the-trainer: who enrolls in it is on the roster of each. The rosters are
/// all that is kept of an enrolment, so that seats, waiting and leaving are theirs.
/// </summary>
public sealed class CourseRun
{
    public Guid Id { get; init; }
    public Guid CourseId { get; init; }
    public DateTimeOffset OpenedAt { get; init; }
    public required string OpenedBy { get; init; }
    public List<CourseRunSession> Sessions { get; init; } = [];
}

public sealed class CourseRunSession
{
    public Guid RunId { get; init; }
    public Guid SessionId { get; init; }
}

internal sealed class CourseRunMapping : IEntityTypeConfiguration<CourseRun>, IEntityTypeConfiguration<CourseRunSession>
{
    public void Configure(EntityTypeBuilder<CourseRun> run)
    {
        run.ToTable("course_runs");
        run.Property(r => r.Id).ValueGeneratedNever();
        run.HasOne<Course>().WithMany().HasForeignKey(r => r.CourseId).OnDelete(DeleteBehavior.Restrict);
        run.HasMany(r => r.Sessions).WithOne().HasForeignKey(s => s.RunId);
    }

    public void Configure(EntityTypeBuilder<CourseRunSession> session)
    {
        session.ToTable("course_run_sessions");
        session.HasKey(s => new { s.RunId, s.SessionId });
        session.HasIndex(s => s.SessionId).IsUnique().HasDatabaseName("session_in_another_run");
        session.HasOne<Session>().WithMany().HasForeignKey(s => s.SessionId).OnDelete(DeleteBehavior.Restrict);
    }
}
