namespace BetterConnections.Evaluation.Frame;

public enum FacilityState { Applied, Open, Suspended, Closed, Withdrawn }

/// <summary>
/// A facility as the survey plan knows it, from Enrollment's events in whatever order they come: what arrives first makes the row, and
/// until its code has arrived nothing is asked there.
/// </summary>
public sealed class Facility
{
    private Facility() { }

    public Guid Id { get; private set; }
    /// <summary><c>F0001</c>; null while only an event without it has arrived.</summary>
    public string? Code { get; private set; }
    public Guid? EmployerId { get; private set; }
    public string? Zone { get; private set; }
    public int Residents { get; private set; }
    /// <summary>ISO 639-1, most spoken first.</summary>
    public IReadOnlyList<string> Languages { get; private set; } = [];
    public FacilityState State { get; private set; }
    public DateTimeOffset StateSince { get; private set; }
    /// <summary>When it asked to take part; until it opens it belongs to those still waiting.</summary>
    public DateTimeOffset? AppliedAt { get; private set; }
    /// <summary>When its space first was ready: from then on it stands in line for delivery.</summary>
    public DateTimeOffset? ReadyAt { get; private set; }
    public DateTimeOffset? OpenedAt { get; private set; }
    public uint Version { get; private set; }

    public static Facility Known(Guid id) => new() { Id = id, StateSince = DateTimeOffset.MinValue };

    /// <summary>Takes the state if it is newer than what is known.</summary>
    public void Enter(FacilityState state, DateTimeOffset at)
    {
        if (state == FacilityState.Applied) AppliedAt = at;
        if (at >= StateSince) (State, StateSince) = (state, at);
    }

    public void Describe(string code, Guid employerId, string zone, int residents) =>
        (Code, EmployerId, Zone, Residents) = (code, employerId, zone, residents);

    public void Speak(IReadOnlyList<string> languages) => Languages = [.. languages];

    public void BecomeReady(DateTimeOffset at) => ReadyAt = ReadyAt < at ? ReadyAt : at;

    public void Open(IReadOnlyList<string> languages, DateTimeOffset at)
    {
        Enter(FacilityState.Open, at);
        OpenedAt = at;
        Speak(languages);
    }
}
