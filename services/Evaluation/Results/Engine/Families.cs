using BetterConnections.Evaluation.Results.Definitions;
using BetterConnections.Statistics;

namespace BetterConnections.Evaluation.Results.Engine;

/// <summary>
/// Many tests find something by chance alone. The few that were named beforehand are corrected by Holm as one family, in which a test that
/// could not be computed still counts; all others, groups included, by Benjamini and Hochberg.
/// </summary>
internal static class Families
{
    public static void Correct(IReadOnlyList<MeasureResult> results, bool isPlanned)
    {
        var headlines = results.Where(r => !r.Overall.Withheld || IsConfirmatory(r)).ToList();
        bool IsConfirmatory(MeasureResult r) => isPlanned && r.Family == Family.Confirmatory;

        var confirmatory = headlines.Where(IsConfirmatory).Select(r => r.Overall.Change?.Test).ToList();
        Correct(confirmatory, Multiplicity.Holm([.. confirmatory.Select(t => t?.P.Value)]), "Holm");

        var exploratory = headlines.Where(r => !IsConfirmatory(r)).Select(r => r.Overall.Change?.Test)
            .Concat(results.SelectMany(r => r.ByLanguage.Concat(r.ByZone)).Select(c => c.Change?.Test))
            .Concat(results.Select(r => r.Comparison?.Test)).ToList();
        Correct(exploratory, Multiplicity.BenjaminiHochberg([.. exploratory.Select(t => t?.P.Value)]), "Benjamini-Hochberg");
    }

    private static void Correct(IReadOnlyList<TestOutcome?> tests, IReadOnlyList<double?> adjusted, string correction)
    {
        for (var i = 0; i < tests.Count; i++)
        {
            if (tests[i] is { } test && adjusted[i] is { } p) (test.Adjusted, test.Correction) = (Number.Of(p), correction);
        }
    }
}
