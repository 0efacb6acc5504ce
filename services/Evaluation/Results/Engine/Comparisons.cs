using BetterConnections.Evaluation.Instruments;
using BetterConnections.Evaluation.Results.Definitions;
using BetterConnections.Statistics;

namespace BetterConnections.Evaluation.Results.Engine;

/// <summary>The only place from which a sentence may speak of an effect: facilities that opened against those still waiting in the same waves.</summary>
internal static class Comparisons
{
    public static Comparison? Of(Measure measure, AnalysisInput input)
    {
        if (input.Before is null || measure.Asked != RespondentGroup.Worker || measure.Kind is MeasureKind.ShareBetter or MeasureKind.ShareImproved) return null;
        var waiting = Changes(Values.OfWaiting(measure, input.Before), Values.OfWaiting(measure, input.After), false);
        if (waiting.Count == 0) return null;
        // Whoever has opened since then was among the waiting before.
        var open = Changes(Values.Of(measure, input.Before), Values.Of(measure, input.After), true);
        var all = open.Concat(waiting).ToList();
        var strata = all.Select(c => c.Zone).Distinct().Order(StringComparer.Ordinal).ToList();
        var clusters = all.Select(c => new ClusterChange(c.Change, c.IsOpen, strata.IndexOf(c.Zone))).ToList();
        if (People(open) < Honesty.LeastCell || People(waiting) < Honesty.LeastCell) return null;

        var estimate = DifferenceInDifferences.Estimate(clusters);
        var test = PairedTests.Of("permutation of facilities within zones", DifferenceInDifferences.Permutation(clusters, PairedTests.SeedOf($"{input.Seed}|{measure.Code}|comparison")));
        return estimate.TryGet(out var e)
            ? new(Number.Of(e.Value), Number.Of(e.Interval.Low), Number.Of(e.Interval.High), e.Treated, e.Waiting, test)
            : new(Number.None(estimate.Obstacle!.Value), Number.None(estimate.Obstacle!.Value), Number.None(estimate.Obstacle!.Value), open.Count, waiting.Count, test);
    }

    private static int People(IEnumerable<FacilityChange> facilities) => facilities.Sum(f => f.People);

    private static List<FacilityChange> Changes(Values before, Values after, bool isOpen)
    {
        var earlier = before.All.GroupBy(v => v.Cluster).ToDictionary(g => g.Key, g => g.ToList());
        return [.. after.All.GroupBy(v => v.Cluster).Where(g => earlier.ContainsKey(g.Key)).OrderBy(g => g.Key)
            .Select(g => new FacilityChange(g.First().Zone, Mean(g) - Mean(earlier[g.Key]), isOpen, Math.Min(g.Count(), earlier[g.Key].Count)))];
    }

    private static double Mean(IEnumerable<Valued> values) => values.Select(v => v.Value).Order().Average();

    private readonly record struct FacilityChange(string Zone, double Change, bool IsOpen, int People);
}
