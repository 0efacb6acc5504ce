namespace BetterConnections.Statistics;

/// <summary>
/// Sums, means, variances. Floating-point addition depends on the order; here values are added in ascending order, so that the order
/// in which respondents or clusters arrive cannot change a single bit of a result.
/// </summary>
internal static class Moments
{
    // Values that differ by less than this share of the greatest are equal but for rounding.
    private const double Rounding = 1e-12;

    public static double Sum(IEnumerable<double> values)
    {
        var ascending = values.ToArray();
        Array.Sort(ascending);
        var sum = 0.0;
        var lost = 0.0; // what rounding took from the sum (Neumaier 1974)
        foreach (var value in ascending)
        {
            var next = sum + value;
            lost += Math.Abs(sum) >= Math.Abs(value) ? sum - next + value : value - next + sum;
            sum = next;
        }
        return sum + lost;
    }

    public static double Mean(IReadOnlyCollection<double> values) => Sum(values) / values.Count;

    public static double SquaredDeviations(IReadOnlyCollection<double> values)
    {
        var mean = Mean(values);
        return Sum(values.Select(v => (v - mean) * (v - mean)));
    }

    /// <summary>With n − 1 below the line; at least two values.</summary>
    public static double Variance(IReadOnlyCollection<double> values) => SquaredDeviations(values) / (values.Count - 1);

    public static bool AreEqual(IReadOnlyCollection<double> values) =>
        values.Count == 0 || values.Max() - values.Min() <= Rounding * values.Max(Math.Abs);
}
