using BetterConnections.Statistics;

namespace BetterConnections.Evaluation.Results.Engine;

/// <summary>Shares, medians and means with 95% intervals that know of the clusters.</summary>
internal static class Estimates
{
    // Where the correlation within facilities cannot be seen (one facility, all answers equal), the one that samples are planned with.
    private const double PlannedIcc = 0.05;

    public static Estimated Share(IReadOnlyList<Valued> values)
    {
        if (values.Count == 0) return Estimated.None(nameof(Obstacle.NoObservations));
        var (yes, n) = (values.Count(v => v.Value > 0), values.Count);
        var clusters = Values.Clusters(values, v => v.Cluster, v => v.Value);
        var (icc, effect, isPlanned) = DesignEffect(clusters);
        var (estimate, method) = Interval(yes, n, effect, clusters.Count);
        return Weigh(With(estimate, isPlanned ? $"{method}, planned design effect" : method, icc, effect, n), values, new(0, 1));
    }

    /// <summary>Woodruff (1952): the ranks between which the median lies are those of a share of one half with the same design effect.</summary>
    public static Estimated Median(IReadOnlyList<Valued> values)
    {
        if (values.Count == 0) return Estimated.None(nameof(Obstacle.NoObservations));
        var sorted = values.Select(v => v.Value).Order().ToArray();
        var n = sorted.Length;
        var clusters = Values.Clusters(values, v => v.Cluster, v => v.Value);
        var (icc, effect, isPlanned) = DesignEffect(clusters);
        // Twice the size at twice the design effect has the same interval, and is even for a half.
        var half = Proportion.Wilson(n, 2 * n, 2 * effect, clusters.Count is > 1 and < Honesty.PermuteBelow ? clusters.Count : null).Value.Interval;
        var (low, high) = (sorted[Math.Max(0, (int)Math.Floor(half.Low * n) - 1)], sorted[Math.Min(n - 1, (int)Math.Ceiling(half.High * n))]);
        var median = n % 2 == 1 ? sorted[n / 2] : (sorted[n / 2 - 1] + sorted[n / 2]) / 2;
        return With(new(median, new(low, high)), isPlanned ? "Woodruff, planned design effect" : "Woodruff", icc, effect, n) with { NotWeighted = Estimated.IsMedian };
    }

    public static Estimated Mean(IReadOnlyList<Valued> values)
    {
        if (values.Count == 0) return Estimated.None(nameof(Obstacle.NoObservations));
        var clusters = Values.Clusters(values, v => v.Cluster, v => v.Value);
        var (icc, effect, _) = DesignEffect(clusters);
        var value = Number.Of(Sum(values.Select(v => v.Value)) / values.Count);
        var mean = UltimateCluster.Mean([.. clusters.Select(c => new ClusterTotal(Sum(c), c.Count))]);
        var plain = mean.TryGet(out var m)
            ? new Estimated(value, Number.Of(m.Interval.Low), Number.Of(m.Interval.High), "ultimate cluster, t", icc, Number.Of(effect), Number.Of(values.Count / effect))
            : new(value, Number.None(mean.Obstacle!.Value), Number.None(mean.Obstacle!.Value), null, icc);
        return Weigh(plain, values, new(double.NegativeInfinity, double.PositiveInfinity));
    }

    /// <summary>At least 1.</summary>
    public static (Number Icc, double Effect, bool IsPlanned) DesignEffect(IReadOnlyList<IReadOnlyList<double>> clusters)
    {
        var intraclass = IntraclassCorrelation.Of(clusters);
        if (intraclass.TryGet(out var seen)) return (Number.Of(seen.Value), seen.DesignEffect, false);
        if (intraclass.Obstacle == Obstacle.NoReplication) return (Number.None(Obstacle.NoReplication), 1, false);
        double n = clusters.Sum(c => c.Count);
        var lived = clusters.Sum(c => (double)c.Count * c.Count) / n;
        return (Number.None(intraclass.Obstacle!.Value), 1 + (lived - 1) * PlannedIcc, lived > 1);
    }

    /// <summary>Near 0 and 1 the exact interval; with few facilities t in place of z.</summary>
    private static (Estimate, string) Interval(int yes, int n, double effect, int clusters)
    {
        if (clusters > 1 && Math.Min(yes, n - yes) < 5 && Proportion.KornGraubard(yes, n, effect, clusters).TryGet(out var exact)) return (exact, "Korn-Graubard");
        return clusters is > 1 and < Honesty.PermuteBelow
            ? (Proportion.Wilson(yes, n, effect, clusters).Value, "Wilson, t")
            : (Proportion.Wilson(yes, n, effect).Value, "Wilson");
    }

    /// <param name="range">That the quantity can have.</param>
    private static Estimated Weigh(Estimated plain, IReadOnlyList<Valued> values, Interval range)
    {
        if (values.All(v => v.Probability is null)) return plain with { NotWeighted = Estimated.NobodyDrawn };
        if (values.Any(v => v.Probability is not > 0)) return plain with { NotWeighted = Estimated.NotAllDrawn };
        if (values.Min(v => v.Probability) == values.Max(v => v.Probability)) return plain with { NotWeighted = Estimated.EqualChances };
        var clusters = values.GroupBy(v => v.Cluster).OrderBy(g => g.Key)
            .Select(g => new ClusterTotal(Sum(g.Select(v => v.Value / v.Probability!.Value)), Sum(g.Select(v => 1 / v.Probability!.Value)))).ToList();
        var weighted = UltimateCluster.Mean(clusters);
        return weighted.TryGet(out var mean)
            ? plain with { Weighted = new(Number.Of(mean.Value), Number.Of(Math.Max(range.Low, mean.Interval.Low)), Number.Of(Math.Min(range.High, mean.Interval.High)), "ultimate cluster, t, design weights") }
            : plain with { NotWeighted = weighted.Obstacle!.Value.ToString() };
    }

    private static Estimated With(Estimate estimate, string method, Number icc, double effect, int n) =>
        new(Number.Of(estimate.Value), Number.Of(estimate.Interval.Low), Number.Of(estimate.Interval.High), method, icc, Number.Of(effect), Number.Of(n / effect));

    internal static double Sum(IEnumerable<double> values) => values.Order().Sum(); // ascending: the same bits in any order
}
