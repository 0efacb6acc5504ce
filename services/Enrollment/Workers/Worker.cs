using BetterConnections.ServiceDefaults;

namespace BetterConnections.Enrollment.Workers;

/// <summary>What a worker agrees to, each by itself.</summary>
public enum ConsentPurpose
{
    /// <summary>That sessions attended and courses completed are kept under the code; taken back, they stay under an id without it, and a scan of the card counts no more.</summary>
    Training,
    /// <summary>
    /// That nationality, birth year and gender are kept, for statistics. Who takes it back is not asked for interviews any more; those
    /// given rest on a consent of their own, asked at their beginning, and go when an evaluator deletes them or the worker is erased.
    /// </summary>
    Evaluation,
    /// <summary>That the name is kept, to be spoken to by it.</summary>
    Contact,
}

/// <summary>
/// Somebody who joined at a facility, known by the code on a card. Everything that describes the person is kept only
/// while the consent it rests on stands; whoever withdraws it takes the data along.
/// </summary>
public sealed class Worker
{
    private Worker() { }

    public Guid Id { get; private set; }
    public string Code { get; private set; } = null!;
    /// <summary>Where the worker is, or was last.</summary>
    public Guid FacilityId { get; private set; }
    /// <summary>ISO 639-1, best first.</summary>
    public string[] Languages { get; private set; } = [];
    public string? Name { get; private set; }
    /// <summary>ISO 3166-1 alpha-2.</summary>
    public string? Nationality { get; private set; }
    public int? BirthYear { get; private set; }
    public Gender? Gender { get; private set; }
    public DateTimeOffset? TrainingConsentAt { get; private set; }
    public DateTimeOffset? EvaluationConsentAt { get; private set; }
    public DateTimeOffset? ContactConsentAt { get; private set; }
    /// <summary>At the present facility.</summary>
    public DateTimeOffset JoinedAt { get; private set; }
    /// <summary>When the worker left the programme; null while at <see cref="FacilityId"/>.</summary>
    public DateTimeOffset? LeftAt { get; private set; }
    public DateTimeOffset? ErasedAt { get; private set; }
    public string RegisteredBy { get; private set; } = null!;
    /// <summary>The file the worker came with, if any.</summary>
    public Guid? ImportId { get; private set; }
    public uint Version { get; private set; }

    /// <param name="facts">Checked by <see cref="WorkerFacts.Faults"/>.</param>
    public static Worker Join(string code, Guid facilityId, WorkerFacts facts, Act act)
    {
        var worker = new Worker { Id = Guid.CreateVersion7(act.At), Code = code, FacilityId = facilityId, JoinedAt = act.At, RegisteredBy = act.By };
        worker.Describe(facts);
        return worker;
    }

    public WorkerEvent Correct(WorkerFacts facts, Act act)
    {
        RequireNotErased();
        Describe(facts);
        return Entry(WorkerEventKind.Corrected, act);
    }

    public WorkerEvent GiveConsent(ConsentPurpose purpose, Act act)
    {
        RequireNotErased();
        if (ConsentTo(purpose) is not null) throw new RuleBroken("consent_already_given", "This consent stands already.");
        SetConsent(purpose, act.At);
        return Entry(WorkerEventKind.ConsentGiven, act, purpose);
    }

    /// <summary>The data that rested on the consent goes with it.</summary>
    public WorkerEvent WithdrawConsent(ConsentPurpose purpose, Act act)
    {
        if (ConsentTo(purpose) is null) throw new RuleBroken("consent_not_given", "There is no such consent to withdraw.");
        SetConsent(purpose, null);
        if (purpose == ConsentPurpose.Contact) Name = null;
        if (purpose == ConsentPurpose.Evaluation) (Nationality, BirthYear, Gender) = (null, null, null);
        return Entry(WorkerEventKind.ConsentWithdrawn, act, purpose);
    }

    /// <summary>Keeps the code, the languages and the facility, by which nobody is known, so that counts stay right.</summary>
    public WorkerEvent Erase(Act act)
    {
        RequireNotErased();
        (Name, Nationality, BirthYear, Gender) = (null, null, null, null);
        (TrainingConsentAt, EvaluationConsentAt, ContactConsentAt) = (null, null, null);
        ErasedAt = act.At;
        return Entry(WorkerEventKind.Erased, act);
    }

    public WorkerEvent Leave(Act act)
    {
        if (LeftAt is not null) throw new RuleBroken("worker_has_left", $"{Code} left before.");
        LeftAt = act.At;
        return Entry(WorkerEventKind.Left, act);
    }

    /// <summary>Goes to another facility, or comes back after having left.</summary>
    public WorkerEvent Move(Guid facilityId, Act act)
    {
        if (LeftAt is null && FacilityId == facilityId) throw new RuleBroken("worker_already_there", $"{Code} is at this facility.");
        var entry = Entry(WorkerEventKind.Moved, act); // names the facility that is left
        (FacilityId, JoinedAt, LeftAt) = (facilityId, act.At, null);
        return entry;
    }

    public DateTimeOffset? ConsentTo(ConsentPurpose purpose) => purpose switch
    {
        ConsentPurpose.Training => TrainingConsentAt,
        ConsentPurpose.Evaluation => EvaluationConsentAt,
        _ => ContactConsentAt,
    };

    private void SetConsent(ConsentPurpose purpose, DateTimeOffset? at)
    {
        switch (purpose)
        {
            case ConsentPurpose.Training: TrainingConsentAt = at; break;
            case ConsentPurpose.Evaluation: EvaluationConsentAt = at; break;
            case ConsentPurpose.Contact: ContactConsentAt = at; break;
        }
    }

    private void Describe(WorkerFacts facts)
    {
        Languages = [.. facts.Languages];
        (Name, Nationality, BirthYear, Gender) = (facts.Name, facts.Nationality, facts.BirthYear, facts.Gender);
        (TrainingConsentAt, EvaluationConsentAt, ContactConsentAt) = (facts.TrainingConsentAt, facts.EvaluationConsentAt, facts.ContactConsentAt);
    }

    private void RequireNotErased()
    {
        if (ErasedAt is not null) throw new RuleBroken("worker_erased", $"What was known of {Code} was erased; nothing is added to it again.");
    }

    private WorkerEvent Entry(WorkerEventKind kind, Act act, ConsentPurpose? purpose = null) =>
        new() { WorkerId = Id, At = act.At, By = act.By, Kind = kind, Purpose = purpose, FacilityId = FacilityId };
}

public enum WorkerEventKind { Corrected, ConsentGiven, ConsentWithdrawn, Moved, Left, Erased }

/// <summary>One entry of a worker's history: that something changed, never what the data was.</summary>
public sealed class WorkerEvent
{
    public long Id { get; init; }
    public Guid WorkerId { get; init; }
    public DateTimeOffset At { get; init; }
    public required string By { get; init; }
    public WorkerEventKind Kind { get; init; }
    public ConsentPurpose? Purpose { get; init; }
    /// <summary>Where the worker was when it happened.</summary>
    public Guid FacilityId { get; init; }
}
