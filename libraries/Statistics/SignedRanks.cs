namespace BetterConnections.Statistics;

/// <summary>Ranks of absolute differences, with the sign of the difference.</summary>
internal static class SignedRanks
{
    /// <summary>In the order of the differences; 0 for those that are 0.</summary>
    public static double[] Of(IReadOnlyList<double> differences, Zeros zeros)
    {
        var rounded = differences.Select(d => Differences.Rounded(d)).ToArray();
        var sizes = rounded.Select(Math.Abs).ToArray();
        var order = Enumerable.Range(0, sizes.Length).Where(i => zeros == Zeros.Pratt || sizes[i] > 0).ToArray();
        Array.Sort(Array.ConvertAll(order, i => sizes[i]), order);

        var ranks = new double[sizes.Length];
        for (var first = 0; first < order.Length;)
        {
            var end = first + 1;
            while (end < order.Length && sizes[order[end]] == sizes[order[first]]) end++;
            var shared = (first + 1 + end) / 2.0;
            for (; first < end; first++) ranks[order[first]] = Math.Sign(rounded[order[first]]) * shared;
        }
        return ranks;
    }

    /// <summary>
    /// Two-sided p of the sum of positive ranks. All 2^n signs are counted by adding one rank after another to the distribution; ranks
    /// are doubled, so that shared ones are whole numbers. Counts stay below 2^53 and are exact.
    /// </summary>
    public static double ExactP(double[] ranks, double positive)
    {
        var doubled = ranks.Select(r => (int)Math.Abs(2 * r)).ToArray();
        var ways = new double[doubled.Sum() + 1];
        ways[0] = 1;
        var greatest = 0;
        foreach (var rank in doubled)
        {
            greatest += rank;
            for (var sum = greatest; sum >= rank; sum--) ways[sum] += ways[sum - rank];
        }
        var seen = (int)(2 * positive);
        var fewer = Math.Min(seen, greatest - seen); // the distribution is symmetric
        return Math.Min(1, 2 * ways.Take(fewer + 1).Sum() / Math.Pow(2, ranks.Length));
    }
}
