namespace BetterConnections.Evaluation.Collectors;

/// <summary>A screened volunteer, who may have collectors in the portal. Written by events, in SQL.</summary>
public sealed class Volunteer
{
    public Guid Id { get; private set; }
    /// <summary><c>V-000123</c>: what evaluators know a volunteer by. Null once erased, or told by an event from before it was.</summary>
    public string? Number { get; private set; }
    /// <summary>The token subject that is this volunteer; null once erased.</summary>
    public string? Account { get; private set; }
    /// <summary>When it was last deactivated; it is gone unless <see cref="BackAt"/> is later.</summary>
    public DateTimeOffset? LeftAt { get; private set; }
    public DateTimeOffset? BackAt { get; private set; }
    public DateTimeOffset? ErasedAt { get; private set; }

    public bool IsPresent => LeftAt is null || BackAt > LeftAt;
}
