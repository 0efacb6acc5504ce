namespace BetterConnections.Training.Sessions;

/// <summary>
/// Somebody who wants to come. A place is a rank and not a state: the first so many as there are seats have one, the others wait in the
/// order in which they came. So whoever leaves lets the next one in, and a computer that fails sends the last one back, by themselves.
/// </summary>
public sealed class RosterEntry
{
    /// <summary>Ascending in the order of coming.</summary>
    public long Number { get; init; }
    public Guid SessionId { get; init; }
    public Guid LearnerId { get; init; }
    public DateTimeOffset EnrolledAt { get; init; }
    public DateTimeOffset? LeftAt { get; set; }
}
