namespace BetterConnections.Statistics;

/// <summary>The change of one cluster's mean between two waves.</summary>
/// <param name="IsTreated">Its facility opened in between; the others still wait for theirs.</param>
/// <param name="Stratum">Compared are only clusters of one stratum (zone, delivery batch).</param>
public readonly record struct ClusterChange(double Change, bool IsTreated, int Stratum = 0);

/// <param name="Value">The change of the treated less that of those who wait.</param>
/// <param name="Interval">Value ± t · standard error.</param>
/// <param name="Treated">Clusters used, of strata with both arms; likewise the next.</param>
public readonly record struct DifferenceInDifferencesEstimate(double Value, double StandardError, int DegreesOfFreedom, Interval Interval,
    int Treated, int Waiting);

/// <summary>
/// Difference-in-differences of cluster means. Strata with one arm only compare nothing and are left out. Each other weighs
/// a·b/(a + b), a treated and b waiting clusters, so that the value equals the coefficient of least squares with a constant a stratum.
/// </summary>
public static class DifferenceInDifferences
{
    public static Outcome<DifferenceInDifferencesEstimate> Estimate(IReadOnlyList<ClusterChange> clusters, double level = 0.95)
    {
        Require.Level(level);
        var strata = Strata(clusters);
        if (Against(clusters, strata) is { } obstacle) return obstacle;
        var count = strata.Sum(s => s.Values.Length);
        var freedom = count - strata.Length - 1;
        if (freedom < 1) return Obstacle.TooFewClusters;

        var weight = Moments.Sum(strata.Select(s => s.Weight));
        var value = Moments.Sum(strata.Select(s => s.TreatedSum)) / weight;
        var unexplained = Moments.Sum(strata.SelectMany(s => s.Values.Select((v, i) => Square(v - value * s.TreatedCentred[i]))));
        if (unexplained <= 1e-20 * Moments.Sum(strata.SelectMany(s => s.Values.Select(Square)))) return Obstacle.NoVariation;
        var error = Math.Sqrt(unexplained / freedom / weight);
        var half = Distributions.StudentCritical(level, freedom) * error;
        var treated = strata.Sum(s => s.TreatedCount);
        return new DifferenceInDifferencesEstimate(value, error, freedom, new(value - half, value + half), treated, count - treated);
    }

    /// <summary>
    /// Was it the facilities or chance? Who was treated is dealt out anew within each stratum (Fisher 1935): all ways up to about a
    /// million, else <paramref name="draws"/> random ones with p = (r + 1)/(B + 1). Two-sided; the statistic is the value above.
    /// </summary>
    public static Outcome<PermutationResult> Permutation(IReadOnlyList<ClusterChange> clusters, ulong seed, int draws = SignFlip.UsualDraws)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(draws, 99);
        var strata = Strata(clusters);
        if (Against(clusters, strata) is { } obstacle) return obstacle;
        if (Honesty.AgainstTest(strata.Sum(s => s.Values.Length)) is { } tooFew) return tooFew;
        var value = Moments.Sum(strata.Select(s => s.TreatedSum)) / Moments.Sum(strata.Select(s => s.Weight));
        var (p, drawn, least) = new Relabelling([.. strata.Select(s => (s.Values, s.TreatedCount))], Moments.Sum(strata.Select(s => s.TreatedSum))).P(seed, draws);
        return new PermutationResult(value, p, drawn, least);
    }

    private static Obstacle? Against(IReadOnlyList<ClusterChange> clusters, Stratum[] usable)
    {
        if (clusters.Count == 0) return Obstacle.NoObservations;
        if (usable.Length == 0) return clusters.Count == 1 ? Obstacle.OneCluster : Obstacle.NothingToCompare;
        return usable.All(s => s.Values.All(v => v == 0)) ? Obstacle.NoVariation : null;
    }

    private static Stratum[] Strata(IReadOnlyList<ClusterChange> clusters)
    {
        foreach (var cluster in clusters) Require.Finite(cluster.Change, nameof(clusters));
        return [.. clusters.GroupBy(c => c.Stratum).OrderBy(g => g.Key).Where(g => g.Any(c => c.IsTreated) && g.Any(c => !c.IsTreated)).Select(Stratum.Of)];
    }

    private static double Square(double x) => x * x;

    /// <param name="Values">Changes less the mean of the stratum, ascending.</param>
    /// <param name="TreatedCentred">1 or 0 for treated or not, less the share of the treated.</param>
    /// <param name="TreatedSum">Sum of the treated values = weight · difference of the arms' means.</param>
    private sealed record Stratum(double[] Values, double[] TreatedCentred, int TreatedCount, double TreatedSum, double Weight)
    {
        public static Stratum Of(IEnumerable<ClusterChange> clusters)
        {
            var ascending = clusters.OrderBy(c => c.Change).ThenBy(c => c.IsTreated).ToArray();
            double[] changes = [.. ascending.Select(c => c.Change)];
            var mean = Moments.Mean(changes);
            double[] values = Moments.AreEqual(changes) ? new double[changes.Length] : [.. changes.Select(c => c - mean)];
            var treated = ascending.Count(c => c.IsTreated);
            return new(values, [.. ascending.Select(c => (c.IsTreated ? 1.0 : 0.0) - (double)treated / values.Length)], treated,
                Moments.Sum(values.Where((_, i) => ascending[i].IsTreated)), (double)treated * (values.Length - treated) / values.Length);
        }
    }
}
