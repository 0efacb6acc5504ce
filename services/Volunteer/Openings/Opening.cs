using BetterConnections.ServiceDefaults;
using BetterConnections.Volunteers.Facilities;

namespace BetterConnections.Volunteers.Openings;

/// <summary><c>Closed</c>: nobody more is wanted, who is there stays. <c>Cancelled</c>: the need is gone, its assignments too.</summary>
public enum OpeningState { Open, Filled, Closed, Cancelled }

/// <summary>Who is wanted: in which role, for which languages and topics, when and how many.</summary>
/// <param name="HoursPerWeek">Hours a week of one person.</param>
/// <param name="People">How many people.</param>
public sealed record Wanted(AssignmentRole Role, IReadOnlyList<string> Languages, IReadOnlyList<string> Topics, DateTimeOffset Starts, DateTimeOffset Ends,
    int HoursPerWeek, int People = 1);

/// <summary>A facility's need of volunteers in one role. What made it is its <see cref="Cause"/>, by which one event opens it once.</summary>
public sealed class Opening
{
    private Opening() { }

    public Guid Id { get; private set; }
    /// <summary>Ascending; what lists are paged by.</summary>
    public long Number { get; private set; }
    public Guid FacilityId { get; private set; }
    public AssignmentRole Role { get; private set; }
    /// <summary>The event that made it (<c>applied</c>, <c>opened:hi</c>, <c>wave:…</c>), or <c>by-hand:…</c>.</summary>
    public string Cause { get; private set; } = null!;
    /// <summary>ISO 639-1 codes, most wanted first; empty where any will do.</summary>
    public string[] Languages { get; private set; } = [];
    /// <summary>Slugs of toolkit topics that a trainer has to be certified for, in at least one of them.</summary>
    public string[] Topics { get; private set; } = [];
    public DateTimeOffset Starts { get; private set; }
    public DateTimeOffset Ends { get; private set; }
    public int HoursPerWeek { get; private set; }
    /// <summary>How many are wanted.</summary>
    public int People { get; private set; }
    /// <summary>How many have accepted; the database keeps it at or below <see cref="People"/> too.</summary>
    public int Taken { get; private set; }
    public OpeningState State { get; private set; }
    public DateTimeOffset StateSince { get; private set; }
    /// <summary>Why it was closed or cancelled.</summary>
    public string? Why { get; private set; }
    public DateTimeOffset CreatedAt { get; private set; }
    /// <summary>The account, or the consumer that reacted to an event.</summary>
    public string CreatedBy { get; private set; } = null!;
    public uint Version { get; private set; }

    public bool IsLive => State is OpeningState.Open or OpeningState.Filled;

    public static Opening For(Facility facility, string cause, Wanted wanted, string by, DateTimeOffset at) => new()
    {
        Id = Guid.CreateVersion7(at),
        FacilityId = facility.Id,
        Role = wanted.Role,
        Cause = cause,
        Languages = [.. wanted.Languages],
        Topics = [.. wanted.Topics],
        Starts = wanted.Starts,
        Ends = wanted.Ends,
        HoursPerWeek = wanted.HoursPerWeek,
        People = wanted.People,
        State = OpeningState.Open,
        StateSince = at,
        CreatedAt = at,
        CreatedBy = by,
    };

    /// <summary>Offers and requests may still be made.</summary>
    /// <exception cref="RuleBroken">opening_filled, opening_closed</exception>
    public void RequireOpen()
    {
        if (State == OpeningState.Filled) throw new RuleBroken("opening_filled", $"All {People} places of this opening are taken.");
        if (State != OpeningState.Open) throw new RuleBroken("opening_closed", $"This opening is {State}.").With("state", State);
    }

    public void Take(DateTimeOffset at)
    {
        RequireOpen();
        Taken++;
        if (Taken == People) Enter(OpeningState.Filled, at);
    }

    /// <summary>Somebody left before the time; the place is free again.</summary>
    public void Release(DateTimeOffset at)
    {
        Taken--;
        if (State == OpeningState.Filled) Enter(OpeningState.Open, at);
    }

    public void Close(string why, DateTimeOffset at)
    {
        RequireLive();
        Why = why;
        Enter(OpeningState.Closed, at);
    }

    public void Cancel(string why, DateTimeOffset at)
    {
        RequireLive();
        Why = why;
        Enter(OpeningState.Cancelled, at);
    }

    private void RequireLive()
    {
        if (!IsLive) throw new RuleBroken("opening_closed", $"This opening is {State} already.").With("state", State);
    }

    private void Enter(OpeningState to, DateTimeOffset at) => (State, StateSince) = (to, at);
}
