using System.Runtime.CompilerServices;

namespace BetterConnections.Statistics;

/// <summary>Arguments that are mistakes of the caller, not poor data.</summary>
internal static class Require
{
    // No scale of a survey comes near it, and squares of such values can still be added up.
    private const double Greatest = 1e100;

    public static double Level(double level, [CallerArgumentExpression(nameof(level))] string? name = null) =>
        level is > 0 and < 1 ? level : throw new ArgumentOutOfRangeException(name, level, "A confidence level lies between 0 and 1.");

    public static double Within(double value, double least, double most, [CallerArgumentExpression(nameof(value))] string? name = null) =>
        value >= least && value <= most ? value : throw new ArgumentOutOfRangeException(name, value, $"Must lie between {least} and {most}.");

    public static void Counts(int part, int whole, [CallerArgumentExpression(nameof(part))] string? name = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(whole);
        if (part < 0 || part > whole) throw new ArgumentOutOfRangeException(name, part, $"Must lie between 0 and {whole}.");
    }

    /// <summary>Between a thousandth (stratification gains that much at best) and a million (a whole country in one cluster).</summary>
    public static double DesignEffect(double value, [CallerArgumentExpression(nameof(value))] string? name = null) => Within(value, 1e-3, 1e6, name);

    public static double Finite(double value, [CallerArgumentExpression(nameof(value))] string? name = null) =>
        Math.Abs(value) <= Greatest ? value : throw new ArgumentOutOfRangeException(name, value, "Must be a number, and not an absurd one.");

    public static void Finite(IEnumerable<double> values, [CallerArgumentExpression(nameof(values))] string? name = null)
    {
        foreach (var value in values) Finite(value, name);
    }

    /// <summary>No cluster may be empty: it would count as one, although nobody in it was asked.</summary>
    public static void Clusters(IReadOnlyList<IReadOnlyList<double>> clusters, [CallerArgumentExpression(nameof(clusters))] string? name = null)
    {
        foreach (var cluster in clusters)
        {
            if (cluster.Count == 0) throw new ArgumentException("A cluster is empty.", name);
            Finite(cluster, name);
        }
    }
}
