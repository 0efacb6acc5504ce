namespace BetterConnections.Statistics;

/// <summary>Sizes of effects that belong to no one test; the others stand with theirs.</summary>
public static class EffectSize
{
    /// <summary>
    /// Cohen's h (1988) = 2·arcsin√p₁ − 2·arcsin√p₂, −π to π; 0.2 is small, 0.5 medium, 0.8 large. Above 0 when the first is greater.
    /// </summary>
    public static double CohenH(double first, double second) =>
        2 * Math.Asin(Math.Sqrt(Require.Within(first, 0, 1))) - 2 * Math.Asin(Math.Sqrt(Require.Within(second, 0, 1)));
}
