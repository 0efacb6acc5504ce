using BetterConnections.Postgres;
using BetterConnections.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace BetterConnections.Evaluation.Assignments;

/// <summary><c>Withdrawn</c>: the worker left, wants no interview or is at no facility of the wave; due again where that changes.</summary>
public enum AssignmentState { Due, Done, Refused, NotReached, Withdrawn }

/// <summary>A respondent who is to be asked an instrument in a wave. Whether it is done its submission tells: see <see cref="AssignmentStatus"/>.</summary>
public sealed class Assignment
{
    private Assignment() { }

    public long Id { get; private set; }
    public Guid WaveId { get; private set; }
    public string Instrument { get; private set; } = null!;
    /// <summary>Pseudonym.</summary>
    public string Respondent { get; private set; } = null!;
    public Guid FacilityId { get; private set; }
    /// <summary>Visits that ended without an interview.</summary>
    public int Attempts { get; private set; }
    public AssignmentState? LastOutcome { get; private set; }
    public DateTimeOffset? LastAttemptAt { get; private set; }
    public uint Version { get; private set; }

    /// <summary>Who refused is not asked again.</summary>
    public void Attempt(AssignmentState outcome, DateTimeOffset at)
    {
        if (LastOutcome == AssignmentState.Refused) throw new RuleBroken("respondent_refused", "The respondent has refused; nobody asks again in this wave.");
        if (outcome is not (AssignmentState.Refused or AssignmentState.NotReached))
            throw new BadInput("outcome_not_recorded", "An attempt ends with Refused or NotReached; an interview is told by its submission.");
        (Attempts, LastOutcome, LastAttemptAt) = (Attempts + 1, outcome, at);
    }
}

/// <summary>An assignment with its state (a view of the database).</summary>
public sealed class AssignmentStatus
{
    public long Id { get; init; }
    public Guid WaveId { get; init; }
    public required string Instrument { get; init; }
    public required string Respondent { get; init; }
    /// <summary>Where the interview was held or the worker is now; where it was drawn if that is no facility of the wave.</summary>
    public Guid FacilityId { get; init; }
    public int Attempts { get; init; }
    public DateTimeOffset? LastAttemptAt { get; init; }
    public long? SubmissionId { get; init; }
    /// <summary>
    /// <c>Refused</c> where an evaluator recorded it. A phone's form without consent names nobody (<see cref="FacilityProgress.Declined"/>); a partner's
    /// that names its respondent is a refusal of that one.
    /// </summary>
    public AssignmentState State { get; init; }
}

/// <summary>How far a wave has come at one of its facilities (a view of the database).</summary>
public sealed class FacilityProgress
{
    public Guid WaveId { get; init; }
    public Guid FacilityId { get; init; }
    /// <summary>Code.</summary>
    public required string Facility { get; init; }
    public string? Zone { get; init; }
    public DateTimeOffset Opens { get; init; }
    public DateTimeOffset Closes { get; init; }
    public bool Waiting { get; init; }
    public int Assigned { get; init; }
    public int Done { get; init; }
    /// <summary>Of those assigned, as recorded. Until then who declined is due.</summary>
    public int Refused { get; init; }
    public int NotReached { get; init; }
    public int Withdrawn { get; init; }
    /// <summary>Due or not reached.</summary>
    public int Outstanding { get; init; }
    /// <summary>Forms that ended without consent and therefore name nobody: how many, and where. Whom of those assigned, an evaluator records.</summary>
    public int Declined { get; init; }
}

internal sealed class AssignmentMapping : IEntityTypeConfiguration<Assignment>, IEntityTypeConfiguration<AssignmentStatus>, IEntityTypeConfiguration<FacilityProgress>
{
    public void Configure(EntityTypeBuilder<Assignment> assignment)
    {
        assignment.ToTable("assignments");
        assignment.Property(a => a.Version).IsRowVersion();
        assignment.HasOne<Waves.Wave>().WithMany().HasForeignKey(a => a.WaveId);
        assignment.HasIndex(a => new { a.WaveId, a.Instrument, a.Respondent }).IsUnique();
        assignment.HasIndex(a => new { a.WaveId, a.FacilityId });
    }

    public void Configure(EntityTypeBuilder<AssignmentStatus> status) => IsView(status, "assignment_states");

    public void Configure(EntityTypeBuilder<FacilityProgress> progress) => IsView(progress, "facility_progress");

    /// <summary>The naming convention is for tables.</summary>
    internal static void IsView<T>(EntityTypeBuilder<T> view, string name) where T : class
    {
        view.HasNoKey().ToView(name);
        foreach (var property in typeof(T).GetProperties()) view.Property(property.Name).HasColumnName(SnakeCaseNames.Of(property.Name));
    }
}
