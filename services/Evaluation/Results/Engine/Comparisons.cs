using BetterConnections.Evaluation.Instruments;
using BetterConnections.Evaluation.Results.Definitions;
using BetterConnections.Statistics;

namespace BetterConnections.Evaluation.Results.Engine;

/// <summary>
/// The only place from which a sentence may speak of an effect: facilities that opened between the waves against those that waited in both.
/// Who was open already is neither, unless the first wave asked before anybody there was trained (<see cref="Side.IsBaseline"/>).
/// </summary>
internal static class Comparisons
{
    public static Comparison? Of(Measure measure, AnalysisInput input)
    {
        if (input.Before is null || measure.Asked != RespondentGroup.Worker || measure.Kind is MeasureKind.ShareBetter or MeasureKind.ShareImproved) return null;
        var waitedBefore = Values.OfWaiting(measure, input.Before).All;
        var untrained = input.Before.IsBaseline ? [.. waitedBefore, .. Values.Of(measure, input.Before).All] : waitedBefore;
        var open = Changes(untrained, Values.Of(measure, input.After).All, true);
        var waiting = Changes(waitedBefore, Values.OfWaiting(measure, input.After).All, false);
        if (open.Count == 0 || waiting.Count == 0) return null;

        // Who is delivered to first is no accident: only facilities that stood in line together are exchanged with each other.
        var all = open.Concat(waiting).ToList();
        var compared = all.GroupBy(c => c.Stratum).Where(s => s.Any(c => c.IsOpen) && s.Any(c => !c.IsOpen)).SelectMany(s => s).ToList();
        if (Suppression.IsFew(People(compared.Where(c => c.IsOpen))) || Suppression.IsFew(People(compared.Where(c => !c.IsOpen)))) return null;
        var strata = all.Select(c => c.Stratum).Distinct().Order(StringComparer.Ordinal).ToList();
        var clusters = all.Select(c => new ClusterChange(c.Change, c.IsOpen, strata.IndexOf(c.Stratum))).ToList();
        var estimate = DifferenceInDifferences.Estimate(clusters);
        var test = PairedTests.Of("permutation of facilities within zones and delivery batches", DifferenceInDifferences.Permutation(clusters, PairedTests.SeedOf($"{input.Seed}|{measure.Code}|comparison")));
        return estimate.TryGet(out var e)
            ? new(Number.Of(e.Value), Number.Of(e.Interval.Low), Number.Of(e.Interval.High), e.Treated, e.Waiting, test)
            : new(Number.None(estimate.Obstacle!.Value), Number.None(estimate.Obstacle!.Value), Number.None(estimate.Obstacle!.Value), open.Count, waiting.Count, test);
    }

    private static int People(IEnumerable<FacilityChange> facilities) => facilities.Sum(f => f.People);

    /// <summary>Zone and batch are those of the first wave: what came later may follow from the opening.</summary>
    private static List<FacilityChange> Changes(IReadOnlyList<Valued> before, IReadOnlyList<Valued> after, bool isOpen)
    {
        var earlier = before.GroupBy(v => v.Cluster).ToDictionary(g => g.Key, g => g.ToList());
        return [.. after.GroupBy(v => v.Cluster).Where(g => earlier.ContainsKey(g.Key)).OrderBy(g => g.Key).Select(g => (After: g.ToList(), Before: earlier[g.Key]))
            .Select(f => new FacilityChange($"{f.Before[0].Zone} {f.Before[0].Batch}", Mean(f.After) - Mean(f.Before), isOpen, Math.Min(f.After.Count, f.Before.Count)))];
    }

    private static double Mean(IEnumerable<Valued> values) => values.Select(v => v.Value).Order().Average();

    private readonly record struct FacilityChange(string Stratum, double Change, bool IsOpen, int People);
}
