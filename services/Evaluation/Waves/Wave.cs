using BetterConnections.ServiceDefaults;

namespace BetterConnections.Evaluation.Waves;

/// <summary><c>HalfYear</c> asks everywhere at once; the others follow a cohort, the facilities opened in one half-year, through its course.</summary>
public enum WaveKind { HalfYear, Baseline, Endline, FollowUp }

/// <summary><c>Withdrawn</c> is the other end of a planned one: it asks nobody, and what was said of it stays.</summary>
public enum WaveState { Planned, Open, Closed, Frozen, Withdrawn }

/// <summary>Where a wave asks, as long as it has not opened; both lists empty mean everywhere.</summary>
/// <param name="Facilities">Codes.</param>
/// <param name="IncludesWaiting">Also facilities that applied and have not opened: the arm to compare with.</param>
public sealed record WaveScope(IReadOnlyList<string> Zones, IReadOnlyList<string> Facilities, bool IncludesWaiting);

/// <summary>
/// A time in which instruments are asked at facilities. Which facilities is settled when it opens (<see cref="WaveFacility"/>);
/// what is computed from it is settled when it is frozen (<see cref="WaveSnapshot"/>).
/// </summary>
public sealed class Wave
{
    private Wave() { }

    public Guid Id { get; private set; }
    /// <summary><c>2026H2</c>, <c>2026H2-baseline</c>.</summary>
    public string Code { get; private set; } = null!;
    public WaveKind Kind { get; private set; }
    /// <summary>Codes.</summary>
    public IReadOnlyList<string> Instruments { get; private set; } = [];
    public DateTimeOffset Opens { get; private set; }
    /// <summary>From here on what arrives is late.</summary>
    public DateTimeOffset Closes { get; private set; }
    /// <summary>Days after closing in which an interview still belongs to the wave.</summary>
    public int GraceDays { get; private set; }
    public IReadOnlyList<string> Zones { get; private set; } = [];
    public IReadOnlyList<string> Facilities { get; private set; } = [];
    public bool IncludesWaiting { get; private set; }
    /// <summary>Its respondents are made up, and every result of it says so.</summary>
    public bool Simulated { get; private set; }
    public WaveState State { get; private set; }
    public string PlannedBy { get; private set; } = null!;
    public DateTimeOffset PlannedAt { get; private set; }
    public DateTimeOffset? OpenedAt { get; private set; }
    public DateTimeOffset? ClosedAt { get; private set; }
    public DateTimeOffset? FrozenAt { get; private set; }
    public DateTimeOffset? WithdrawnAt { get; private set; }
    public string? WithdrawnBy { get; private set; }
    public string? WhyWithdrawn { get; private set; }
    public uint Version { get; private set; }

    public static Wave Plan(string code, WaveKind kind, bool simulated, string by, DateTimeOffset at) =>
        new() { Id = Guid.CreateVersion7(at), Code = code, Kind = kind, Simulated = simulated, PlannedBy = by, PlannedAt = at };

    public void Ask(IReadOnlyList<string> instruments, WaveScope scope)
    {
        RequireState(WaveState.Planned);
        (Instruments, Zones, Facilities, IncludesWaiting) = ([.. instruments.Distinct()], [.. scope.Zones], [.. scope.Facilities], scope.IncludesWaiting);
    }

    public void Schedule(DateTimeOffset opens, DateTimeOffset closes, int graceDays)
    {
        RequireState(WaveState.Planned);
        if (closes <= opens) throw new BadInput("wave_closes_before_it_opens", "A wave closes after it opens.");
        (Opens, Closes, GraceDays) = (opens, closes, graceDays);
    }

    /// <summary>By plan or earlier by hand.</summary>
    public void Open(DateTimeOffset at)
    {
        RequireState(WaveState.Planned);
        if (at >= Closes) throw new RuleBroken("wave_over", "Its time is over; plan it anew.");
        (State, OpenedAt) = (WaveState.Open, at);
        if (at < Opens) Opens = at;
    }

    public void Close(DateTimeOffset at)
    {
        RequireState(WaveState.Open);
        (State, ClosedAt) = (WaveState.Closed, at);
        if (at < Closes) Closes = at;
    }

    public void Freeze(DateTimeOffset at)
    {
        RequireState(WaveState.Closed);
        (State, FrozenAt) = (WaveState.Frozen, at);
    }

    /// <summary>Before it asks anybody. Its code stays taken: a cohort's is not planned again by the next event.</summary>
    public void Withdraw(string why, string by, DateTimeOffset at)
    {
        RequireState(WaveState.Planned);
        (State, WhyWithdrawn, WithdrawnBy, WithdrawnAt) = (WaveState.Withdrawn, why, by, at);
    }

    /// <summary>What is to be computed is said before the answers are all in, or it was chosen for them.</summary>
    public void RequirePlanOpen(DateTimeOffset at)
    {
        if (State == WaveState.Withdrawn) RequireState(WaveState.Planned);
        if (at >= Closes || State is WaveState.Closed or WaveState.Frozen) // by the clock: a wave may be closed a little after its end
            throw new RuleBroken("analysis_plan_closed", "The wave has closed; its analysis plan cannot be changed any more.");
    }

    public void RequireState(WaveState state)
    {
        if (State != state) throw new RuleBroken("state_forbids", $"{Code} is {State}; this is for a wave that is {state}.").With("state", State);
    }
}

/// <summary>A facility in a wave, with its own window: facilities of a cohort open and finish on different days.</summary>
public sealed class WaveFacility
{
    public Guid WaveId { get; init; }
    public Guid FacilityId { get; init; }
    public DateTimeOffset Opens { get; init; }
    public DateTimeOffset Closes { get; init; }
    /// <summary>Had not opened when the wave did.</summary>
    public bool Waiting { get; init; }
}

/// <summary>What cohort waves follow from.</summary>
public sealed class CohortFacility
{
    public Guid FacilityId { get; init; }
    public DateTimeOffset? OpenedAt { get; init; }
    /// <summary>Day of the first completion of a course by a worker there.</summary>
    public DateOnly? FirstCompletedOn { get; init; }
    public DateOnly? LastCompletedOn { get; init; }
}

/// <summary>What will be computed, said beforehand. Saving again adds a number; none is ever changed.</summary>
public sealed class AnalysisPlan
{
    public Guid WaveId { get; init; }
    public int Number { get; init; }
    public required string Text { get; init; }
    /// <summary>Of the text in UTF-8.</summary>
    public required byte[] Sha256 { get; init; }
    public required string SavedBy { get; init; }
    public DateTimeOffset SavedAt { get; init; }
}
