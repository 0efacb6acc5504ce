namespace BetterConnections.Evaluation.Results.Engine;

/// <summary>
/// Waves of snapshot format 1 give the bytes that engine 3 gave of them. It did not say why there are no weights, weighed no means and counted no
/// impossible answers; what a test could have found at best (<see cref="Reach"/>) and cautions are not added to it either. Where it took z for few
/// facilities (<see cref="PairedTests.AgainstTarget"/>) is decided when a test is computed.
/// </summary>
internal static class Engine3
{
    public static MeasureResult AsItWrote(MeasureResult result) => result with
    {
        Overall = AsItWrote(result.Overall, result.Kind),
        ByLanguage = [.. result.ByLanguage.Select(c => AsItWrote(c, result.Kind))],
        ByZone = [.. result.ByZone.Select(c => AsItWrote(c, result.Kind))],
        Alternatives = [.. result.Alternatives.Select(a => a with { Estimate = AsItWrote(a.Estimate, result.Kind)! })],
    };

    private static Cell AsItWrote(Cell cell, Definitions.MeasureKind kind) => cell with
    {
        Estimate = AsItWrote(cell.Estimate, kind),
        Before = AsItWrote(cell.Before, kind),
        Missing = cell.Missing is { } missing ? missing with { Impossible = null } : null,
    };

    private static Estimated? AsItWrote(Estimated? estimate, Definitions.MeasureKind kind) => estimate is null ? null
        : estimate with { NotWeighted = null, Weighted = kind == Definitions.MeasureKind.Mean ? null : estimate.Weighted };
}
