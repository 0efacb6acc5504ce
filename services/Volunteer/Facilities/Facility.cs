namespace BetterConnections.Volunteers.Facilities;

/// <summary><c>Ended</c> is closed or withdrawn, for good.</summary>
public enum FacilityState { Planned, Open, Suspended, Ended }

/// <summary>What volunteers' work needs to know of a facility, kept by Enrollment's events. Those come in any order, so each fact has its own time.</summary>
public sealed class Facility
{
    private Facility() { }

    public Guid Id { get; private set; }
    /// <summary><c>F0001</c>; null until the first event that carries it.</summary>
    public string? Code { get; private set; }
    public string? Zone { get; private set; }
    /// <summary>Degrees, as <see cref="Longitude"/>; null while they are not known.</summary>
    public double? Latitude { get; private set; }
    public double? Longitude { get; private set; }
    /// <summary>ISO 639-1 codes of what its workers speak, most spoken first.</summary>
    public string[] Languages { get; private set; } = [];
    /// <summary>Slugs of the toolkit topics wanted.</summary>
    public string[] Topics { get; private set; } = [];
    /// <summary>When the languages and topics were said.</summary>
    public DateTimeOffset? NeedsAsOf { get; private set; }
    public DateTimeOffset? SpaceReadyAt { get; private set; }
    public DateTimeOffset? OpenedAt { get; private set; }
    /// <summary>Computers delivered; null until the delivery was heard of.</summary>
    public int? Computers { get; private set; }
    public FacilityState State { get; private set; }
    public DateTimeOffset? StateAsOf { get; private set; }

    /// <summary>What people call it.</summary>
    public string Name => Code ?? Id.ToString();

    public void Describe(string code, string? zone, double? latitude, double? longitude) =>
        (Code, Zone, Latitude, Longitude) = (code, zone ?? Zone, latitude ?? Latitude, longitude ?? Longitude);

    public void Assess(IReadOnlyList<string> languages, IReadOnlyList<string> topics, DateTimeOffset at)
    {
        if (at >= (NeedsAsOf ?? at)) (Languages, Topics, NeedsAsOf) = ([.. languages], [.. topics], at);
    }

    public void Equip(int computers) => Computers = computers;

    public void SpaceReady(DateTimeOffset at) => SpaceReadyAt ??= at;

    public void Open(DateTimeOffset at)
    {
        OpenedAt ??= at;
        Enter(FacilityState.Open, at);
    }

    public void Suspend(DateTimeOffset at) => Enter(FacilityState.Suspended, at);

    public void Resume(DateTimeOffset at) => Enter(FacilityState.Open, at);

    public void End(DateTimeOffset at) => (State, StateAsOf) = (FacilityState.Ended, at);

    /// <summary>The latest word counts, whenever it arrives; after the end none does.</summary>
    private void Enter(FacilityState to, DateTimeOffset at)
    {
        if (State != FacilityState.Ended && at >= (StateAsOf ?? at)) (State, StateAsOf) = (to, at);
    }
}
