using BetterConnections.Evaluation.Results.Definitions;
using BetterConnections.Statistics;

namespace BetterConnections.Evaluation.Results.Engine;

/// <summary>
/// Many tests find something by chance alone. The few that were named beforehand are corrected by Holm as one family, in which a test that
/// could not be computed still counts; all others, groups included, by Benjamini and Hochberg. The same correction of the smallest p-values that
/// the tests can give tells which of them could have become significant at all.
/// </summary>
internal static class Families
{
    /// <param name="tellsReach">False for results as engine 3 wrote them.</param>
    public static void Correct(IReadOnlyList<MeasureResult> results, bool isPlanned, bool tellsReach)
    {
        var headlines = results.Where(r => !r.Overall.Withheld || IsConfirmatory(r)).ToList();
        bool IsConfirmatory(MeasureResult r) => isPlanned && r.Family == Family.Confirmatory;

        var confirmatory = headlines.Where(IsConfirmatory).Select(r => r.Overall.Change?.Test).ToList();
        Correct(confirmatory, Multiplicity.Holm, "Holm", tellsReach);

        var exploratory = headlines.Where(r => !IsConfirmatory(r)).Select(r => r.Overall.Change?.Test)
            .Concat(results.SelectMany(r => r.ByLanguage.Concat(r.ByZone)).Select(c => c.Change?.Test))
            .Concat(results.Select(r => r.Comparison?.Test)).ToList();
        Correct(exploratory, Multiplicity.BenjaminiHochberg, "Benjamini-Hochberg", tellsReach);
    }

    private static void Correct(IReadOnlyList<TestOutcome?> tests, Func<IReadOnlyList<double?>, IReadOnlyList<double?>> correct, string correction, bool tellsReach)
    {
        var adjusted = correct([.. tests.Select(t => t?.P.Value)]);
        var least = correct([.. tests.Select(t => t?.P.Value is null ? (double?)null : t.LeastP ?? 0)]);
        for (var i = 0; i < tests.Count; i++)
        {
            if (tests[i] is not { } test || adjusted[i] is not { } p) continue;
            (test.Adjusted, test.Correction) = (Number.Of(p), correction);
            if (tellsReach && test.LeastP is { } leastP) test.Reach = new(Number.Of(leastP), Number.Of(least[i]!.Value), Honesty.AgainstSignificance(least[i]!.Value)?.ToString());
        }
    }
}
