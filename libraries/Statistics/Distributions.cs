using MathNet.Numerics;
using MathNet.Numerics.Distributions;

namespace BetterConnections.Statistics;

/// <summary>
/// Tails and quantiles. Special functions come from MathNet.Numerics; quantiles without a closed form are found by halving until no
/// double lies between the ends, which is exact to the last bit and cannot fail to converge.
/// </summary>
internal static class Distributions
{
    /// <summary>z with P(|Z| ≤ z) = level; 1.959963984540054 for 0.95.</summary>
    public static double NormalCritical(double level) => NormalQuantile((1 + level) / 2);

    public static double NormalQuantile(double p) => Normal.InvCDF(0, 1, p);

    public static double NormalTwoSided(double z) => SpecialFunctions.Erfc(Math.Abs(z) / Math.Sqrt(2));

    /// <summary>P(X ≥ x) of chi-square with one degree of freedom: the square of a standard normal.</summary>
    public static double ChiSquareUpper(double x) => SpecialFunctions.Erfc(Math.Sqrt(x / 2));

    /// <summary>P(|T| ≥ t). Of the two equal forms the one is taken whose argument does not lose digits near 1.</summary>
    public static double StudentTwoSided(double t, double degreesOfFreedom)
    {
        var square = t * t;
        return square < degreesOfFreedom
            ? 1 - SpecialFunctions.BetaRegularized(0.5, degreesOfFreedom / 2, square / (degreesOfFreedom + square))
            : SpecialFunctions.BetaRegularized(degreesOfFreedom / 2, 0.5, degreesOfFreedom / (degreesOfFreedom + square));
    }

    /// <summary>t with P(|T| ≤ t) = level.</summary>
    public static double StudentCritical(double level, double degreesOfFreedom)
    {
        var most = 1.0;
        while (StudentTwoSided(most, degreesOfFreedom) > 1 - level) most *= 2;
        return Halve(0, most, t => StudentTwoSided(t, degreesOfFreedom) <= 1 - level);
    }

    /// <summary>x with P(X ≤ x) = p for a beta variable; both shapes above 0.</summary>
    public static double BetaQuantile(double p, double a, double b) => Halve(0, 1, x => SpecialFunctions.BetaRegularized(a, b, x) >= p);

    /// <summary>
    /// The probabilities of 0 to n successes. They are built outwards from the most likely count by the ratio of neighbours and then
    /// divided by their sum: no logarithms of factorials, whose rounding grows with n.
    /// </summary>
    public static double[] Binomial(int n, double p)
    {
        var weights = new double[n + 1];
        var mode = (int)Math.Min(n, Math.Floor((n + 1.0) * p));
        weights[mode] = 1;
        for (var k = mode; k < n; k++) weights[k + 1] = weights[k] * ((double)(n - k) / (k + 1)) * (p / (1 - p));
        for (var k = mode; k > 0; k--) weights[k - 1] = weights[k] * ((double)k / (n - k + 1)) * ((1 - p) / p);
        var sum = Moments.Sum(weights);
        for (var k = 0; k <= n; k++) weights[k] /= sum;
        return weights;
    }

    private static double Halve(double low, double high, Func<double, bool> isReached)
    {
        while (true)
        {
            var middle = low + (high - low) / 2;
            if (middle <= low || middle >= high) return high;
            if (isReached(middle)) high = middle;
            else low = middle;
        }
    }
}
