namespace BetterConnections.Evaluation.Frame;

/// <summary>One of those who may be asked. Written in sets from <see cref="Contracts.WorkersJoined"/>; Evaluation knows no name.</summary>
public sealed class Worker
{
    /// <summary>As in Enrollment.</summary>
    public Guid Id { get; init; }
    /// <summary>Under which answers are kept; see <see cref="Frame.Pseudonyms"/>.</summary>
    public required string Pseudonym { get; init; }
    /// <summary>The code on the card, for <c>workers.csv</c>: a phone finds the pseudonym by the card it scans.</summary>
    public required string Card { get; init; }
    public Guid FacilityId { get; init; }
    /// <summary>ISO 639-1, best first.</summary>
    public required IReadOnlyList<string> Languages { get; init; }
    public DateTimeOffset JoinedAt { get; init; }
}

/// <summary>A worker who helps others, and is asked as such. A row of its own because it may be named before it is known to have joined.</summary>
public sealed class Champion
{
    public Guid WorkerId { get; init; }
    public Guid FacilityId { get; init; }
    public DateTimeOffset NamedAt { get; init; }
}
