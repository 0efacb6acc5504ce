namespace BetterConnections.Evaluation.Frame;

/// <summary>
/// A worker as Enrollment's events tell of one, in whatever order they come: each keeps the latest of its own times, so late news undoes
/// nothing. Written in sets from <see cref="Contracts.WorkersJoined"/>; Evaluation knows no name.
/// </summary>
public sealed class Worker
{
    /// <summary>As in Enrollment.</summary>
    public Guid Id { get; init; }
    /// <summary>
    /// Under which answers are kept; see <see cref="Frame.Pseudonyms"/>. Null before the worker is known to have joined, and when another has
    /// the card. Of who was erased it is all that stays, to know what a phone still brings.
    /// </summary>
    public string? Pseudonym { get; init; }
    /// <summary>The code on the card, for <c>workers.csv</c>: a phone finds the pseudonym by the card it scans. Null as the pseudonym, and once erased.</summary>
    public string? Card { get; init; }
    /// <summary>Joined last.</summary>
    public Guid? FacilityId { get; init; }
    /// <summary>ISO 639-1, best first.</summary>
    public IReadOnlyList<string> Languages { get; init; } = [];
    public DateTimeOffset? JoinedAt { get; init; }
    public DateTimeOffset? LeftAt { get; init; }
    /// <summary>Took back the consent to evaluation.</summary>
    public DateTimeOffset? DeclinedAt { get; init; }
    /// <summary>Gave it after having joined.</summary>
    public DateTimeOffset? ConsentedAt { get; init; }
    public DateTimeOffset? ErasedAt { get; init; }
    /// <summary>At a facility and not unwilling: is drawn, listed on phones and visited. Made by the database of the rest.</summary>
    public bool Askable { get; init; }
}

/// <summary>A worker who helps others, and is asked as such. A row of its own because it may be named before it is known to have joined.</summary>
public sealed class Champion
{
    public Guid WorkerId { get; init; }
    public Guid FacilityId { get; init; }
    public DateTimeOffset NamedAt { get; init; }
}
