using System.Globalization;
using System.Text.Json.Serialization;

namespace BetterConnections.Bench;

/// <summary>What is to be reached: by the median of the rounds' ratios of product to limit, or by the median of the product's own values.</summary>
/// <param name="Unit">What a ratio is told in; of the limit where nothing else is said.</param>
internal sealed record Goal(bool OfRatio, bool AtLeast, double Value, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Unit = null)
{
    public static Goal RatioAtLeast(double value) => new(true, true, value);
    public static Goal RatioAtMost(double value) => new(true, false, value);
    public static Goal TimesThePeer(double value) => new(true, true, value, "times the peer");
    public static Goal ValueAtLeast(double value) => new(false, true, value);
    public static Goal ValueAtMost(double value) => new(false, false, value);

    public override string ToString() => $"{(AtLeast ? "≥" : "≤")} {Value.ToString("0.###", CultureInfo.InvariantCulture)}{(OfRatio ? $" {Unit ?? "of the limit"}" : "")}";
}

/// <summary>One thing measured over several rounds.</summary>
/// <param name="Limits">Of the same rounds; null where there is no limit to hold it against.</param>
/// <param name="Failed">Answers that were not 2xx, over all rounds.</param>
/// <param name="InvalidRounds">Rounds left out because of them.</param>
internal sealed record Figure(string Part, string Name, string Unit, double[] Values, double[]? Limits, string? LimitIs, Goal? Goal, long Failed, int InvalidRounds)
{
    public double[]? Ratios => Limits is null ? null : [.. Values.Zip(Limits, (value, limit) => value / limit)];

    /// <summary>Null where nothing was asked for; false too when rounds are missing.</summary>
    public bool? Holds => Goal is null ? null
        : InvalidRounds == 0 && Median(Goal.OfRatio ? Ratios! : Values) is var median && (Goal.AtLeast ? median >= Goal.Value : median <= Goal.Value);

    public static double Median(IReadOnlyCollection<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted.Count == 0 ? double.NaN : (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
    }
}
