namespace BetterConnections.Statistics;

/// <summary>What the programme has bound itself to, before any result is known.</summary>
public static class Honesty
{
    /// <summary>Fewer matched respondents get no p-value.</summary>
    public const int LeastPairs = 10;

    /// <summary>Fewer clusters get no p-value: with four of them even a perfect result has a two-sided sign-flip p of 0.125.</summary>
    public const int LeastClusters = 5;

    /// <summary>Smaller cells are not shown, for privacy and because they say nothing.</summary>
    public const int LeastCell = 10;

    /// <summary>Discordant pairs below which McNemar's test is the exact one.</summary>
    public const int ExactBelow = 25;

    /// <summary>Clusters below which a clustered test is the permutation, not an approximation.</summary>
    public const int PermuteBelow = 20;

    /// <summary>A p-value, corrected for the number of tests, is significant below this.</summary>
    public const double Alpha = 0.05;

    /// <summary>A greater share of respondents lost since the baseline is announced above the result.</summary>
    public const double AttritionToAnnounce = 0.30;

    /// <summary>Alpha below which items do not measure one thing.</summary>
    public const double LeastAlpha = 0.7;

    /// <summary>Null when a p-value may be given.</summary>
    public static Obstacle? AgainstTest(int pairs, int clusters) => pairs switch
    {
        0 => Obstacle.NoObservations,
        < LeastPairs => Obstacle.TooFewObservations,
        _ => AgainstTest(clusters),
    };

    /// <summary>So few clusters that no effect, however large, could become significant: then "not significant" says nothing.</summary>
    /// <param name="leastP">The smallest that the test can give, corrected as the test is.</param>
    public static Obstacle? AgainstSignificance(double leastP) => leastP >= Alpha ? Obstacle.AlphaOutOfReach : null;

    /// <summary>The share of baseline respondents who were not found again; 0 to 1.</summary>
    public static Outcome<double> Attrition(int baseline, int matched)
    {
        Require.Counts(matched, baseline);
        return baseline == 0 ? Obstacle.NoObservations : 1 - (double)matched / baseline;
    }

    internal static Obstacle? AgainstTest(int clusters) => clusters switch
    {
        0 => Obstacle.NoObservations,
        1 => Obstacle.OneCluster,
        < LeastClusters => Obstacle.TooFewClusters,
        _ => null,
    };
}
