namespace BetterConnections.Statistics;

/// <summary>
/// The cluster sign-flip test (Fisher 1935; for clusters Winkler et al. 2014): if nothing changed, the sum of each cluster was as likely
/// to come out with the other sign. Two-sided, on the absolute total. Sums are put in ascending order of size first, so that neither
/// the order of clusters nor exchanging before and after changes the p-value.
/// </summary>
public static class SignFlip
{
    public const int UsualDraws = 9_999;

    /// <summary>Clusters with a sum other than 0, up to which all 2^K flips are counted.</summary>
    public const int ExactUpTo = 20;

    // Totals closer than this share of the greatest possible one are equal but for rounding.
    private const double Rounding = 1e-10;

    /// <param name="sums">One a cluster, for example gains − losses or a sum of signed ranks.</param>
    /// <param name="seed">Of <see cref="SeededRandom"/>; the same seed gives the same p-value. Unused when the answer is exact.</param>
    /// <param name="draws">B of p = (r + 1)/(B + 1) (Davison &amp; Hinkley 1997), at least 99.</param>
    public static Outcome<PermutationResult> Test(IReadOnlyList<double> sums, ulong seed, int draws = UsualDraws)
    {
        Require.Finite(sums);
        ArgumentOutOfRangeException.ThrowIfLessThan(draws, 99);
        if (Honesty.AgainstTest(sums.Count) is { } obstacle) return obstacle;
        // A sum of 0 is the same with either sign.
        var sizes = sums.Select(Math.Abs).Where(s => s > 0).Order().ToArray();
        if (sizes.Length == 0) return Obstacle.NoChange;

        var total = Moments.Sum(sums);
        var atLeast = Math.Abs(total) - Rounding * Moments.Sum(sizes);
        if (sizes.Length > ExactUpTo) return new PermutationResult(total, (Drawn(sizes, atLeast, seed, draws) + 1.0) / (draws + 1.0), draws, 1 / (draws + 1.0));
        // Flipping all signs at once gives the same absolute total: the first sign can stay.
        return new PermutationResult(total, Counted(sizes, 1, sizes[0], atLeast) / Math.Pow(2, sizes.Length - 1), null, Math.Pow(2, 1 - sums.Count));
    }

    /// <summary>The p-value when all clusters went the same way, 2/2^K: no effect, however large, gives a smaller one.</summary>
    public static double LeastP(int clusters, int draws = UsualDraws)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(clusters, 1);
        return clusters > ExactUpTo ? 1 / (draws + 1.0) : Math.Pow(2, 1 - clusters);
    }

    /// <summary>The fewest clusters at which the smallest p-value, times the number of tests in the family (Holm 1979), is below alpha; null where no number is enough.</summary>
    public static int? LeastClusters(double alpha, int tests)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(tests, 1);
        Require.Level(alpha);
        for (var clusters = Honesty.LeastClusters; clusters <= ExactUpTo + 1; clusters++)
            if (tests * LeastP(clusters) < alpha) return clusters;
        return null;
    }

    private static int Counted(double[] sizes, int next, double sum, double atLeast) => next == sizes.Length
        ? Math.Abs(sum) >= atLeast ? 1 : 0
        : Counted(sizes, next + 1, sum + sizes[next], atLeast) + Counted(sizes, next + 1, sum - sizes[next], atLeast);

    private static int Drawn(double[] sizes, double atLeast, ulong seed, int draws)
    {
        var random = new SeededRandom(seed);
        var extreme = 0;
        for (var draw = 0; draw < draws; draw++)
        {
            var sum = 0.0;
            var signs = 0UL;
            for (var i = 0; i < sizes.Length; i++)
            {
                if (i % 64 == 0) signs = random.Next();
                sum += (signs & 1) == 0 ? sizes[i] : -sizes[i];
                signs >>= 1;
            }
            if (Math.Abs(sum) >= atLeast) extreme++;
        }
        return extreme;
    }
}
