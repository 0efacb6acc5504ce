using System.Globalization;
using System.Text.Json.Serialization;
using BetterConnections.Statistics;

namespace BetterConnections.Evaluation.Results.Engine;

/// <summary>A number or the reason why there is none; never NaN.</summary>
/// <param name="Reason">Name of an <see cref="Obstacle"/>, or <see cref="FewerThanTen"/>.</param>
public sealed record Number(double? Value, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Reason = null)
{
    public const string FewerThanTen = "FewerThanTen";

    /// <summary>To ten digits: beyond them exponentials and logarithms differ between operating systems, and the stored bytes must not.</summary>
    public static Number Of(double value) => new(Round(value));

    public static Number Of(Outcome<double> outcome) => outcome.TryGet(out var value) ? Of(value) : None(outcome.Obstacle!.Value);

    public static Number None(string reason) => new(null, reason);

    public static Number None(Obstacle obstacle) => None(obstacle.ToString());

    /// <summary>A count of people, if it may be told.</summary>
    public static Number Count(int people) => people is > 0 and < Honesty.LeastCell ? None(FewerThanTen) : new(people);

    internal static double Round(double value) => double.IsFinite(value)
        ? double.Parse(value.ToString("G10", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture) + 0.0 // −0 becomes 0
        : throw new ArgumentOutOfRangeException(nameof(value), value, "A result is a number or has a reason.");
}
