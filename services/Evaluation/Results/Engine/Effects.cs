using BetterConnections.Evaluation.Results.Definitions;
using BetterConnections.Statistics;

namespace BetterConnections.Evaluation.Results.Engine;

/// <summary>How great a change is, with 95% intervals; from ten matched respondents, as with tests.</summary>
internal static class Effects
{
    /// <param name="takesT">False for results as engine 3 wrote them.</param>
    public static IReadOnlyList<Effect> Of(Measure measure, IReadOnlyList<Pair> pairs, bool takesT)
    {
        if (pairs.Count < Honesty.LeastPairs) return [];
        return measure.Test switch
        {
            MeasureTest.McNemar => YesOrNo(pairs),
            MeasureTest.Wilcoxon when measure.Kind == MeasureKind.Mean => [Difference(pairs), Biserial(pairs, takesT)],
            _ => [Biserial(pairs, takesT)],
        };
    }

    private static IReadOnlyList<Effect> YesOrNo(IReadOnlyList<Pair> pairs)
    {
        var all = PairedCounts.Sum(PairedTests.Counts(pairs));
        var ratio = McNemar.OddsRatio(all);
        var g = Number.Of(McNemar.CohenG(all));
        return
        [
            Difference(pairs, all),
            ratio.TryGet(out var odds) ? Of("odds ratio", odds, "Wald, as if independent") : None("odds ratio", ratio.Obstacle!.Value),
            new("Cohen g", g, Number.None(Obstacle.NotComputed), Number.None(Obstacle.NotComputed), "no interval"),
        ];
    }

    /// <summary>Of shares, by the facilities themselves; Bonett and Price where there is one respondent a facility.</summary>
    private static Effect Difference(IReadOnlyList<Pair> pairs, PairedCounts all)
    {
        if (IsIndependent(pairs) && McNemar.BonettPrice(all).TryGet(out var adjusted))
            return new("difference", Number.Of((double)all.Net / all.Pairs), Number.Of(adjusted.Interval.Low), Number.Of(adjusted.Interval.High), "Bonett-Price");
        return Difference(pairs) is var d && d is { Low.Value: { } low, High.Value: { } high }
            ? d with { Low = Number.Of(Math.Max(-1, low)), High = Number.Of(Math.Min(1, high)) }
            : d;
    }

    private static Effect Difference(IReadOnlyList<Pair> pairs)
    {
        const string method = "ultimate cluster, t";
        var mean = UltimateCluster.Mean([.. Clusters(pairs).Select(c => new ClusterTotal(Estimates.Sum(c), c.Count))]);
        var value = Number.Of(Estimates.Sum(pairs.Select(p => p.Change)) / pairs.Count);
        return mean.TryGet(out var m)
            ? new("difference", value, Number.Of(m.Interval.Low), Number.Of(m.Interval.High), method)
            : new("difference", value, Number.None(mean.Obstacle!.Value), Number.None(mean.Obstacle!.Value), method);
    }

    private static Effect Biserial(IReadOnlyList<Pair> pairs, bool takesT)
    {
        var isIndependent = IsIndependent(pairs);
        var r = isIndependent ? SignedRank.RankBiserial([.. pairs.Select(p => p.Change)]) : SignedRank.RankBiserialClustered(Clusters(pairs), takesT);
        return r.TryGet(out var biserial) ? Of("rank-biserial", biserial, takesT && !isIndependent ? "Fisher z, t" : "Fisher z") : None("rank-biserial", r.Obstacle!.Value);
    }

    private static bool IsIndependent(IReadOnlyList<Pair> pairs) => pairs.Select(p => p.After.Cluster).Distinct().Count() == pairs.Count;

    private static IReadOnlyList<IReadOnlyList<double>> Clusters(IReadOnlyList<Pair> pairs) => Values.Clusters(pairs, p => p.After.Cluster, p => p.Change);

    private static Effect Of(string name, Estimate estimate, string method) =>
        new(name, Number.Of(estimate.Value), Number.Of(estimate.Interval.Low), Number.Of(estimate.Interval.High), method);

    private static Effect None(string name, Obstacle why) => new(name, Number.None(why), Number.None(why), Number.None(why), "none");
}
