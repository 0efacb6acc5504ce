namespace BetterConnections.Statistics;

/// <summary>A confidence interval, both ends included.</summary>
public readonly record struct Interval(double Low, double High)
{
    /// <summary>Kept within the range the quantity can have.</summary>
    internal Interval Within(double least, double most) => new(Math.Clamp(Low, least, most), Math.Clamp(High, least, most));
}

/// <summary>A point estimate and its interval.</summary>
public readonly record struct Estimate(double Value, Interval Interval);

/// <summary>A significance test.</summary>
/// <param name="Statistic">Chi-square, z or a count, as the method says.</param>
/// <param name="DegreesOfFreedom">Null where the distribution has none.</param>
/// <param name="P">Two-sided unless asked otherwise, 0 to 1.</param>
public readonly record struct TestResult(double Statistic, double? DegreesOfFreedom, double P)
{
    internal static TestResult ChiSquare(double statistic) => new(statistic, 1, Distributions.ChiSquareUpper(statistic));

    internal static TestResult Normal(double z) => new(z, null, Distributions.NormalTwoSided(z));

    internal static TestResult Student(double t, double degreesOfFreedom) => new(t, degreesOfFreedom, Distributions.StudentTwoSided(t, degreesOfFreedom));
}

/// <summary>A permutation test, two-sided.</summary>
/// <param name="Statistic">What was permuted, with its sign.</param>
/// <param name="Draws">How many random permutations; null when all of them were counted, so that P is exact.</param>
/// <param name="LeastP">The smallest P that so many clusters can give, however great the effect.</param>
public readonly record struct PermutationResult(double Statistic, double P, int? Draws, double LeastP)
{
    public bool IsExact => Draws is null;
}
