using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace BetterConnections.Training.Learners;

public enum LearnerKind { Worker, Volunteer }

/// <summary>
/// Who learns: a worker with a card, or a volunteer with an account. No names: Enrollment and Volunteer keep those.
/// Written by set-based SQL in the consumers, since workers come by the hundred thousand.
/// </summary>
public sealed class Learner
{
    /// <summary>The worker's or volunteer's id.</summary>
    public Guid Id { get; init; }
    public LearnerKind Kind { get; init; }
    /// <summary>The code on a worker's card, or a volunteer's number; null while it is not known, once it was erased, and for a worker who took back consent.</summary>
    public string? Code { get; init; }
    /// <summary>The account (token subject) that acts for a volunteer; null once it was erased.</summary>
    public string? Account { get; init; }
    /// <summary>Where a worker belongs.</summary>
    public Guid? FacilityId { get; init; }
    /// <summary>ISO 639-1 codes, best first.</summary>
    public string[] Languages { get; init; } = [];
    /// <summary>When a worker joined the facility it belongs to; an older message changes nothing.</summary>
    public DateTimeOffset? JoinedAt { get; init; }
    public DateTimeOffset? ChampionSince { get; init; }
    /// <summary>When a worker took back the consent to have records kept under the card, and when it was given after joining: the later one stands.</summary>
    public DateTimeOffset? DeclinedAt { get; init; }
    public DateTimeOffset? ConsentedAt { get; init; }
    public DateTimeOffset? ErasedAt { get; init; }
}

internal sealed class LearnerMapping : IEntityTypeConfiguration<Learner>
{
    public void Configure(EntityTypeBuilder<Learner> learner)
    {
        learner.ToTable("learners");
        learner.Property(l => l.Id).ValueGeneratedNever();
        learner.HasIndex(l => l.Code).IsUnique();
        learner.HasIndex(l => l.Account);
        learner.HasIndex(l => new { l.FacilityId, l.Id });
    }
}
