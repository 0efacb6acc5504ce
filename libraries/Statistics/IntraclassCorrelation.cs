namespace BetterConnections.Statistics;

/// <param name="Value">ICC, 0 to 1; negative estimates are shown as 0.</param>
/// <param name="BetweenMeanSquare">MSB.</param>
/// <param name="WithinMeanSquare">MSW.</param>
/// <param name="ClusterSize">m₀ = (n − Σm²/n)/(K − 1).</param>
/// <param name="DesignEffect">1 + (Σm²/n − 1)·ICC, at least 1.</param>
/// <param name="EffectiveSize">n divided by the design effect.</param>
public readonly record struct Intraclass(double Value, double BetweenMeanSquare, double WithinMeanSquare, double ClusterSize,
    double DesignEffect, double EffectiveSize);

/// <summary>
/// How alike members of a cluster answer, by one-way analysis of variance (Donner 1986): (MSB − MSW)/(MSB + (m₀ − 1)·MSW). The design
/// effect takes Σm²/n, the cluster size that the average respondent lives in; with equal clusters this is their size, with unequal ones
/// the plain mean would promise too much (Kish 1965).
/// </summary>
public static class IntraclassCorrelation
{
    /// <param name="clusters">The answers, cluster by cluster; yes is 1 and no 0.</param>
    public static Outcome<Intraclass> Of(IReadOnlyList<IReadOnlyList<double>> clusters)
    {
        Require.Clusters(clusters);
        if (clusters.Count == 0) return Obstacle.NoObservations;
        if (clusters.Count == 1) return Obstacle.OneCluster;
        var all = clusters.SelectMany(c => c).ToArray();
        if (all.Length == clusters.Count) return Obstacle.NoReplication;
        if (Moments.AreEqual(all)) return Obstacle.NoVariation;

        var mean = Moments.Mean(all);
        var means = clusters.Select(c => Moments.Mean(c)).ToArray();
        var between = Moments.AreEqual(means)
            ? 0
            : Moments.Sum(clusters.Zip(means, (c, m) => c.Count * (m - mean) * (m - mean))) / (clusters.Count - 1);
        var within = Moments.Sum(clusters.Select(c => Moments.SquaredDeviations(c))) / (all.Length - clusters.Count);

        var lived = clusters.Sum(c => (double)c.Count * c.Count) / all.Length;
        var size = (all.Length - lived) / (clusters.Count - 1);
        var correlation = Math.Clamp((between - within) / (between + (size - 1) * within), 0, 1);
        var effect = 1 + (lived - 1) * correlation;
        return new Intraclass(correlation, between, within, size, effect, all.Length / effect);
    }

    /// <summary>Yes-or-no answers given as counts.</summary>
    public static Outcome<Intraclass> Of(IReadOnlyList<(int Successes, int Size)> clusters) => Of(Answers.Of(clusters));
}

internal static class Answers
{
    public static IReadOnlyList<IReadOnlyList<double>> Of(IReadOnlyList<(int Successes, int Size)> clusters)
    {
        foreach (var (successes, size) in clusters) Require.Counts(successes, size);
        return [.. clusters.Select(c => Enumerable.Range(0, c.Size).Select(i => i < c.Successes ? 1.0 : 0.0).ToArray())];
    }
}
