namespace BetterConnections.Journeys.Tests.Faults;

/// <summary>Something that goes wrong for a while.</summary>
/// <param name="Begin">Returns when it has begun; for what is over in a moment, when it is over.</param>
/// <param name="End">Ends it.</param>
/// <param name="Lasts">Between the two.</param>
internal sealed record Fault(string Name, Func<Task> Begin, Func<Task> End, TimeSpan Lasts)
{
    /// <summary>Clients reach the system by the one gateway only: while it starts again nobody answers them.</summary>
    public bool IsOfTheGateway { get; init; }

    /// <summary>Nothing is left that runs: the system starts from nothing. How long that may take is <c>./bc bench idle</c>'s to hold; here it is told, and all else is held.</summary>
    public bool IsColdStart { get; init; }

    /// <summary>Nobody may notice it: each request is answered, and none with a 5xx.</summary>
    public bool GoesUnnoticed { get; init; }

    /// <summary>Both at the same time.</summary>
    public Fault And(Fault other) => new($"{Name} + {other.Name}",
        () => Task.WhenAll(Begin(), other.Begin()), () => Task.WhenAll(End(), other.End()), Lasts > other.Lasts ? Lasts : other.Lasts)
    {
        IsOfTheGateway = IsOfTheGateway || other.IsOfTheGateway,
    };
}
