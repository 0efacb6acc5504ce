namespace BetterConnections.Statistics;

/// <summary>
/// Paired yes-or-no answers of respondents in clusters, one <see cref="PairedCounts"/> a cluster: b gained, c lost, n pairs. All give
/// chi-square with 1 df; with clusters of one pair each they are McNemar's test or close to it. Below
/// <see cref="Honesty.PermuteBelow"/> clusters prefer <see cref="Permutation"/>. Fewer than <see cref="Honesty.LeastClusters"/> are refused.
/// </summary>
public static class ClusteredMcNemar
{
    /// <summary>(K−1)/K · (Σ(b−c))² / Σ(b−c)² (Obuchowski 1998).</summary>
    public static Outcome<TestResult> Obuchowski(IReadOnlyList<PairedCounts> clusters) =>
        Test(clusters, c => c.Net, c => Square(c.Net), SmallSample(clusters.Count));

    /// <summary>(Σ(b−c)/n)² / Σ((b−c)/n)² (Durkalski et al. 2003): every cluster weighs the same, whatever its size.</summary>
    public static Outcome<TestResult> Durkalski(IReadOnlyList<PairedCounts> clusters) =>
        Test(clusters, c => (double)c.Net / c.Pairs, c => Square((double)c.Net / c.Pairs), 1);

    /// <summary>
    /// (K−1)/K · (Σ(b−c))² / ½Σ[(b−c)² + ((b−c) − n·D)²], D = Σ(b−c)/Σn (Yang, Sun &amp; Hardin 2010): Obuchowski's variance under no
    /// change averaged with that under the change seen; more powerful, slightly liberal.
    /// </summary>
    public static Outcome<TestResult> Yang(IReadOnlyList<PairedCounts> clusters)
    {
        var all = PairedCounts.Sum(clusters);
        return Test(clusters, c => c.Net,
            c => (Square(c.Net) + Square(c.Net - (double)c.Pairs * all.Net / all.Pairs)) / 2, SmallSample(clusters.Count));
    }

    /// <summary>Flips the sign of b − c of whole clusters; see <see cref="SignFlip"/>.</summary>
    public static Outcome<PermutationResult> Permutation(IReadOnlyList<PairedCounts> clusters, ulong seed, int draws = SignFlip.UsualDraws)
    {
        RequireNoneEmpty(clusters);
        return SignFlip.Test([.. clusters.Select(c => (double)c.Net)], seed, draws);
    }

    private static Outcome<TestResult> Test(IReadOnlyList<PairedCounts> clusters, Func<PairedCounts, double> effect,
        Func<PairedCounts, double> variance, double factor)
    {
        RequireNoneEmpty(clusters);
        if (Honesty.AgainstTest(clusters.Count) is { } obstacle) return obstacle;
        if (clusters.All(c => c.Net == 0)) return Obstacle.NoChange;
        return TestResult.ChiSquare(factor * Square(Moments.Sum(clusters.Select(effect))) / Moments.Sum(clusters.Select(variance)));
    }

    private static void RequireNoneEmpty(IReadOnlyList<PairedCounts> clusters)
    {
        if (clusters.Any(c => c.Pairs == 0)) throw new ArgumentException("A cluster has no pair.", nameof(clusters));
    }

    private static double SmallSample(int clusters) => (clusters - 1.0) / clusters;

    private static double Square(double x) => x * x;
}
