namespace BetterConnections.Statistics;

/// <summary>What a cluster adds to a ratio.</summary>
/// <param name="Total">Sum of the (weighted) answers: successes, gains − losses, scores.</param>
/// <param name="Weight">Sum of the weights; the number of respondents when nobody is weighted. Above 0.</param>
/// <param name="Stratum">Strata are sampled independently of each other.</param>
public readonly record struct ClusterTotal(double Total, double Weight, int Stratum = 0);

/// <param name="Value">ΣTotal/ΣWeight.</param>
/// <param name="DegreesOfFreedom">Clusters − strata.</param>
/// <param name="Interval">Value ± t · standard error.</param>
public readonly record struct ClusteredMean(double Value, double StandardError, int DegreesOfFreedom, Interval Interval);

/// <summary>
/// The variance of a share or mean as the clusters themselves show it: Taylor linearisation with the ultimate-cluster estimator (Hansen,
/// Hurwitz &amp; Madow 1953; Wolter 2007). e = Total − R·Weight; variance = Σ over strata of K/(K−1)·Σ(e − ē)², divided by (ΣWeight)².
/// No model of the correlation, any weights; with very few clusters it is itself uncertain. As every respondent of a cluster counts
/// towards one e, a difference of paired shares is had with gains − losses as totals.
/// </summary>
public static class UltimateCluster
{
    /// <summary>A stratum with one cluster is measured against the overall mean instead of its own, which errs on the safe side.</summary>
    public static Outcome<ClusteredMean> Mean(IReadOnlyList<ClusterTotal> clusters, double level = 0.95)
    {
        Require.Level(level);
        foreach (var cluster in clusters)
        {
            Require.Within(cluster.Total, -1e120, 1e120, nameof(clusters)); // sums of answers that may be 1e100
            Require.Within(cluster.Weight, 1e-6, 1e12, nameof(clusters));
        }
        if (clusters.Count == 0) return Obstacle.NoObservations;
        if (clusters.Count == 1) return Obstacle.OneCluster;
        var strata = clusters.GroupBy(c => c.Stratum).ToArray();
        if (strata.Length == clusters.Count) return Obstacle.TooFewClusters;
        if (Moments.AreEqual([.. clusters.Select(c => c.Total / c.Weight)])) return Obstacle.NoVariation;

        var weight = Moments.Sum(clusters.Select(c => c.Weight));
        var mean = Moments.Sum(clusters.Select(c => c.Total)) / weight;
        var variance = Moments.Sum(strata.Select(s => Spread([.. s.Select(c => c.Total - mean * c.Weight)])));
        var error = Math.Sqrt(variance) / weight;
        if (error == 0) return Obstacle.NoVariation;
        var freedom = clusters.Count - strata.Length;
        var half = Distributions.StudentCritical(level, freedom) * error;
        return new ClusteredMean(mean, error, freedom, new(mean - half, mean + half));
    }

    /// <summary>The variance above against that of a simple random sample, Σ(y − ȳ)²/n². May be below 1.</summary>
    public static Outcome<double> DesignEffect(IReadOnlyList<IReadOnlyList<double>> clusters)
    {
        Require.Clusters(clusters);
        return Mean([.. clusters.Select(c => new ClusterTotal(Moments.Sum(c), c.Count))]).Then<double>(mean =>
        {
            double[] all = [.. clusters.SelectMany(c => c)];
            return mean.StandardError * mean.StandardError * all.Length * all.Length / Moments.SquaredDeviations(all);
        });
    }

    /// <summary>Yes-or-no answers given as counts.</summary>
    public static Outcome<double> DesignEffect(IReadOnlyList<(int Successes, int Size)> clusters) => DesignEffect(Answers.Of(clusters));

    private static double Spread(double[] residuals) => residuals.Length == 1
        ? residuals[0] * residuals[0]
        : Moments.SquaredDeviations(residuals) * residuals.Length / (residuals.Length - 1);
}
