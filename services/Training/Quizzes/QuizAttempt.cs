using BetterConnections.Training.Learners;
using BetterConnections.Training.Toolkits;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace BetterConnections.Training.Quizzes;

/// <summary>A learner's attempt at the quiz of one module: the result, not the answers, for nobody needs those.</summary>
public sealed class QuizAttempt
{
    /// <summary>Made by the client, so that an attempt which is sent again is recognised.</summary>
    public Guid Id { get; init; }
    public Guid LearnerId { get; init; }
    public Guid ToolkitId { get; init; }
    /// <summary>The module's slug, which stays the same from version to version.</summary>
    public required string Module { get; init; }
    /// <summary>The number of the version whose questions were asked.</summary>
    public int ToolkitVersion { get; init; }
    public int Right { get; init; }
    public int Questions { get; init; }
    public int Percent { get; init; }
    /// <summary>As the quiz's own pass mark has it.</summary>
    public bool Passed { get; init; }
    public DateTimeOffset TakenAt { get; init; }
    public DateTimeOffset RecordedAt { get; init; }
    /// <summary>A volunteer by its id, others by their account.</summary>
    public required string RecordedBy { get; init; }
}

internal sealed class QuizAttemptMapping : IEntityTypeConfiguration<QuizAttempt>
{
    public void Configure(EntityTypeBuilder<QuizAttempt> attempt)
    {
        attempt.ToTable("quiz_attempts");
        attempt.Property(a => a.Id).ValueGeneratedNever();
        attempt.HasIndex(a => new { a.LearnerId, a.ToolkitId, a.Module });
        attempt.HasOne<Learner>().WithMany().HasForeignKey(a => a.LearnerId).OnDelete(DeleteBehavior.Restrict);
        attempt.HasOne<Toolkit>().WithMany().HasForeignKey(a => a.ToolkitId).OnDelete(DeleteBehavior.Restrict);
    }
}
