using BetterConnections.Evaluation.Instruments;
using BetterConnections.Evaluation.Results.Definitions;

namespace BetterConnections.Evaluation.Results.Engine;

/// <summary>What one respondent (or one facility, where facilities are observed) has for a measure.</summary>
/// <param name="Cluster">The facility. Respondents of no known one are one cluster, which errs on the safe side.</param>
/// <param name="Batch">See <see cref="Interview.Batch"/>.</param>
internal readonly record struct Valued(string Unit, Guid Cluster, string Zone, string? Batch, string Language, double? Probability, double Value);

internal readonly record struct Pair(Valued Before, Valued After)
{
    public double Change => After.Value - Before.Value;
}

/// <param name="All">In the order of their units, so that the order in which rows were read changes nothing.</param>
/// <param name="Missing">How many of those asked have no value, by <see cref="Engine.Missing"/>.</param>
internal sealed record Values(IReadOnlyList<Valued> All, int[] Missing)
{
    public const string Unknown = "unknown";

    public static Values Of(Measure measure, Side side) => Of(measure, Asked(measure.Asked, side));

    /// <summary>The arm that waits answers whichever worker questionnaire it was given; the latest counts.</summary>
    public static Values OfWaiting(Measure measure, Side side) =>
        Of(measure, side.Interviews.Where(i => i.Waiting && i.Group == RespondentGroup.Worker).OrderByDescending(i => i.Instrument, StringComparer.Ordinal));

    /// <summary>Those who have both values.</summary>
    public static IReadOnlyList<Pair> Match(IReadOnlyList<Valued> before, IReadOnlyList<Valued> after)
    {
        var earlier = before.ToDictionary(v => v.Unit);
        return [.. after.Where(v => earlier.ContainsKey(v.Unit)).Select(v => new Pair(earlier[v.Unit], v))];
    }

    /// <summary>The interviews of these respondents that count: of workers, those by the questionnaire that counts.</summary>
    public static IEnumerable<Interview> Asked(RespondentGroup asked, Side side) =>
        side.Interviews.Where(i => !i.Waiting && i.Group == asked && (asked != RespondentGroup.Worker || i.Instrument == side.Instrument));

    private static Values Of(Measure measure, IEnumerable<Interview> interviews)
    {
        var values = new List<Valued>();
        var missing = new int[Enum.GetValues<Missing>().Length];
        foreach (var interview in interviews)
        {
            if (Scores.Of(measure, interview, out var why) is { } value) values.Add(ValuedOf(measure, interview, value));
            else missing[(int)why]++;
        }
        return new([.. (measure.Asked == RespondentGroup.Facility ? ByFacility(values) : values.GroupBy(v => v.Unit).Select(g => g.First())).OrderBy(v => v.Unit, StringComparer.Ordinal)], missing);
    }

    private static Valued ValuedOf(Measure measure, Interview interview, double value) => new(
        measure.Asked == RespondentGroup.Facility ? interview.Facility?.ToString() ?? Unknown : interview.Respondent ?? $"#{interview.Number}",
        interview.Facility ?? Guid.Empty, interview.Zone ?? Unknown, interview.Batch, interview.Language ?? Unknown, interview.Probability, value);

    /// <summary>Several visits of one facility are one value, their mean.</summary>
    private static IEnumerable<Valued> ByFacility(List<Valued> visits) =>
        visits.GroupBy(v => v.Unit).Select(g => g.First() with { Value = g.Select(v => v.Value).Order().Average() });

    public static IReadOnlyList<IReadOnlyList<double>> Clusters<T>(IEnumerable<T> values, Func<T, Guid> cluster, Func<T, double> value) =>
        [.. values.GroupBy(cluster).OrderBy(g => g.Key).Select(g => g.Select(value).ToArray())];
}
