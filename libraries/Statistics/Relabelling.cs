namespace BetterConnections.Statistics;

/// <summary>
/// How often do as many values, taken at random within each stratum as were treated there, sum up to as much as the treated did?
/// </summary>
/// <param name="strata">Values and how many of them are taken, at least one and not all.</param>
/// <param name="observed">The sum of those that were treated.</param>
internal sealed class Relabelling((double[] Values, int Taken)[] strata, double observed)
{
    private const double MostCounted = 1 << 20;
    private const int DeepestRecursion = 64;
    private const double Rounding = 1e-10;

    private readonly double atLeast = Math.Abs(observed) - Rounding * Moments.Sum(strata.SelectMany(s => s.Values).Select(Math.Abs));

    /// <summary>The two-sided p-value, the number of draws if not all ways were counted, and the smallest p-value that there can be.</summary>
    public (double P, int? Draws, double LeastP) P(ulong seed, int draws)
    {
        var ways = strata.Aggregate(1.0, (product, s) => product * Ways(s.Values.Length, s.Taken));
        // With arms of the same size everywhere, exchanging them all gives the same sum with the other sign.
        return ways <= MostCounted && strata.Sum(s => s.Values.Length) <= DeepestRecursion
            ? (Counted(0, 0, strata[0].Taken, 0) / ways, null, (strata.All(s => 2 * s.Taken == s.Values.Length) ? 2 : 1) / ways)
            : ((Drawn(seed, draws) + 1.0) / (draws + 1.0), draws, 1 / (draws + 1.0));
    }

    private int Counted(int stratum, int next, int toTake, double sum)
    {
        if (stratum == strata.Length) return Math.Abs(sum) >= atLeast ? 1 : 0;
        var values = strata[stratum].Values;
        if (next == values.Length) return Counted(stratum + 1, 0, stratum + 1 < strata.Length ? strata[stratum + 1].Taken : 0, sum);
        var count = 0;
        if (toTake > 0) count += Counted(stratum, next + 1, toTake - 1, sum + values[next]);
        if (values.Length - next > toTake) count += Counted(stratum, next + 1, toTake, sum);
        return count;
    }

    private int Drawn(ulong seed, int draws)
    {
        var random = new SeededRandom(seed);
        var shuffled = strata.Select(s => s.Values.ToArray()).ToArray();
        var extreme = 0;
        for (var draw = 0; draw < draws; draw++)
        {
            var sum = 0.0;
            for (var stratum = 0; stratum < shuffled.Length; stratum++)
            {
                var values = shuffled[stratum];
                for (var i = 0; i < strata[stratum].Taken; i++)
                {
                    var j = i + (int)random.Below((ulong)(values.Length - i));
                    (values[i], values[j]) = (values[j], values[i]);
                    sum += values[i];
                }
            }
            if (Math.Abs(sum) >= atLeast) extreme++;
        }
        return extreme;
    }

    /// <summary>n choose k; a whole number as long as it matters here.</summary>
    private static double Ways(int n, int k)
    {
        var ways = 1.0;
        for (var i = 1; i <= Math.Min(k, n - k); i++) ways = ways * (n - Math.Min(k, n - k) + i) / i;
        return ways;
    }
}
