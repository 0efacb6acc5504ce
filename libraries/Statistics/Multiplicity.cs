namespace BetterConnections.Statistics;

/// <summary>Adjusted p-values, in the order of the given ones. Null stands for a test that could not be computed and stays null.</summary>
public static class Multiplicity
{
    /// <summary>
    /// Holm (1979): controls the chance of even one false finding in the family. The family is what was planned: a test that could not
    /// be computed still counts, so that missing data never makes the others easier.
    /// </summary>
    public static IReadOnlyList<double?> Holm(IReadOnlyList<double?> planned)
    {
        var ascending = Ascending(planned);
        var adjusted = new double?[planned.Count];
        var greatest = 0.0;
        for (var i = 0; i < ascending.Length; i++)
        {
            greatest = Math.Max(greatest, Math.Min(1, (planned.Count - i) * planned[ascending[i]]!.Value));
            adjusted[ascending[i]] = greatest;
        }
        return adjusted;
    }

    /// <summary>
    /// Benjamini &amp; Hochberg (1995): controls the share of false findings among the findings. For exploration: the family is what could
    /// be computed.
    /// </summary>
    public static IReadOnlyList<double?> BenjaminiHochberg(IReadOnlyList<double?> explored)
    {
        var ascending = Ascending(explored);
        var adjusted = new double?[explored.Count];
        var least = 1.0;
        for (var i = ascending.Length - 1; i >= 0; i--)
        {
            // The quotient first: it is never below 1, so that rounding cannot make an adjusted p smaller than the given one.
            least = Math.Min(least, explored[ascending[i]]!.Value * ((double)ascending.Length / (i + 1)));
            adjusted[ascending[i]] = least;
        }
        return adjusted;
    }

    private static int[] Ascending(IReadOnlyList<double?> values)
    {
        foreach (var value in values)
        {
            if (value is { } p) Require.Within(p, 0, 1, nameof(values));
        }
        return [.. Enumerable.Range(0, values.Count).Where(i => values[i] is not null).OrderBy(i => values[i])];
    }
}
