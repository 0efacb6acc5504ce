using BetterConnections.Contracts;

namespace BetterConnections.Training.Facilities;

/// <summary><c>NotYetOpen</c>: something was heard of it, but not yet that it opened.</summary>
public enum FacilityState { NotYetOpen, Open, Suspended, Closed }

/// <summary>
/// A facility as Enrollment's and Inventory's events tell of it. They come in any order, so every fact is kept with its time and
/// the state is what the facts together say; what is not yet known is null.
/// </summary>
public sealed class Facility
{
    public Guid Id { get; private set; }
    public string? Code { get; private set; }
    /// <summary>The employer's organisation, as in the <c>org</c> claim of its accounts.</summary>
    public Guid? EmployerId { get; private set; }
    public string? Zone { get; private set; }
    public double? Latitude { get; private set; }
    public double? Longitude { get; private set; }
    /// <summary>ISO 639-1 codes of the languages spoken there, most spoken first.</summary>
    public string[] Languages { get; private set; } = [];
    /// <summary>Topics wanted there.</summary>
    public string[] Topics { get; private set; } = [];
    public DateTimeOffset? OpenedAt { get; private set; }
    public DateTimeOffset? SuspendedAt { get; private set; }
    public DateTimeOffset? ResumedAt { get; private set; }
    public DateTimeOffset? ClosedAt { get; private set; }
    public FacilityState State { get; private set; }
    /// <summary>See <see cref="ComputerCount"/>.</summary>
    public int WorkingComputers { get; set; }

    public void Open(FacilityOpened opened)
    {
        (Code, EmployerId, Zone, Latitude, Longitude) = (opened.Code, opened.EmployerId, opened.Zone, opened.Latitude, opened.Longitude);
        (Languages, Topics, OpenedAt) = ([.. opened.Languages], [.. opened.Topics], opened.At);
        Settle();
    }

    public void Suspend(DateTimeOffset at)
    {
        SuspendedAt = Later(SuspendedAt, at);
        Settle();
    }

    public void Resume(DateTimeOffset at)
    {
        ResumedAt = Later(ResumedAt, at);
        Settle();
    }

    public void Close(DateTimeOffset at)
    {
        ClosedAt = Later(ClosedAt, at);
        Settle();
    }

    private void Settle() => State =
        ClosedAt is not null ? FacilityState.Closed
        : OpenedAt is null ? FacilityState.NotYetOpen
        : SuspendedAt > (ResumedAt ?? DateTimeOffset.MinValue) ? FacilityState.Suspended
        : FacilityState.Open;

    private static DateTimeOffset Later(DateTimeOffset? known, DateTimeOffset at) => known > at ? known.Value : at;
}
