using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using BetterConnections.Evaluation.Results.Definitions;
using BetterConnections.Statistics;

namespace BetterConnections.Evaluation.Results.Engine;

/// <summary>
/// From frozen answers to results, without I/O and without a clock: the same snapshots and definitions give the same bytes, in whatever order
/// the rows come and on however many cores, and for ever: waves of an earlier format get what the engine of their time gave.
/// </summary>
public static class ResultsEngine
{
    /// <summary>Raised with every change that may change a result; then waves frozen before keep the version they had.</summary>
    /// <param name="format">Of the snapshots, <see cref="Waves.WaveSnapshot.Format"/>.</param>
    public static string VersionFor(int format) => format == 1 ? "3" : "4";

    /// <summary>How results are written; members in the order of their records.</summary>
    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter() },
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>One result for each definition, in the order of their numbers.</summary>
    public static IReadOnlyList<IndicatorResult> Compute(AnalysisInput input)
    {
        var definitions = input.Definitions.OrderBy(d => d.Number).ToList();
        var measures = definitions.SelectMany(d => d.Measures).ToList();
        var results = new MeasureResult[measures.Count];
        Parallel.For(0, measures.Count, i => results[i] = Compute(measures[i], input));

        if (input.Format == 1) results = [.. results.Select(Engine3.AsItWrote)];
        Families.Correct(results, input.IsPlanned, tellsReach: input.Format > 1);
        Sentences.Write(results, input);
        var cautions = input.Format == 1 ? null : Cautions.Of(input);
        var next = 0;
        return [.. definitions.Select(d => new IndicatorResult(d.Number, d.Code, d.Version, d.Name, VersionFor(input.Format), input.IsSimulated, input.IsPlanned,
            [.. d.Measures.Select(_ => results[next++])], cautions))];
    }

    public static byte[] Write(IndicatorResult result) => JsonSerializer.SerializeToUtf8Bytes(result, Json);

    public static IndicatorResult Read(byte[] body) => JsonSerializer.Deserialize<IndicatorResult>(body, Json)!;

    private static MeasureResult Compute(Measure measure, AnalysisInput input)
    {
        var after = Values.Of(measure, input.After);
        var people = People.Of(measure, input.Before is null ? null : Values.Of(measure, input.Before).All, after.All);
        var takesT = input.Format > 1;
        var overall = Cells.Of(measure, null, people, $"{input.Seed}|{measure.Code}", takesT, after.Missing);
        return new(measure.Code, measure.Kind, measure.Asked, measure.Family, measure.Target, measure.Says, measure.Unit, overall,
            Breakdown("language", v => v.Language), Breakdown("zone", v => v.Zone),
            overall.Withheld ? [] : [.. (measure.Alternatives ?? []).Select(a => Read(a, input))],
            Comparisons.Of(measure, input), AlphaOf(measure, input.After), KappaOf(measure, input.After));

        IReadOnlyList<Cell> Breakdown(string by, Func<Valued, string> key) => !measure.Breakdown || overall.Withheld ? []
            : Suppression.Apply([.. people.By(key).Select(g => Cells.Of(measure, g.Key, g.People, $"{input.Seed}|{measure.Code}|{by}|{g.Key}", takesT))]);
    }

    private static Alternative Read(Measure alternative, AnalysisInput input)
    {
        var people = People.Of(alternative, input.Before is null ? null : Values.Of(alternative, input.Before).All, Values.Of(alternative, input.After).All);
        return new(alternative.Code, alternative.Says,
            Suppression.IsFew(people.After.Count) ? Estimated.None(Number.FewerThanTen) : Cells.Level(alternative, people.After, people));
    }

    private static Number? AlphaOf(Measure measure, Side side)
    {
        if (measure.Scoring is not (Scoring.Mean or Scoring.SumTimesFour)) return null;
        var items = measure.Items.Select(i => measure with { Items = [i], Scoring = Scoring.Number }).ToList();
        var complete = Values.Of(items[0], side).All.Select(v => v.Unit).ToHashSet();
        var answers = items.Select(i => Values.Of(i, side).All.ToDictionary(v => v.Unit, v => v.Value)).ToList();
        foreach (var item in answers) complete.IntersectWith(item.Keys);
        if (complete.Count is > 0 and < Honesty.LeastCell) return Number.None(Number.FewerThanTen);
        return Number.Of(Scales.CronbachAlpha([.. complete.Order(StringComparer.Ordinal).Select(u => answers.Select(a => a[u]).ToArray())]));
    }

    private static Number? KappaOf(Measure measure, Side side)
    {
        if (measure.Observed is not { } observed) return null;
        var pairs = Values.Match(Values.Of(measure, side).All, Values.Of(observed, side).All);
        if (pairs.Count is > 0 and < Honesty.LeastCell) return Number.None(Number.FewerThanTen);
        return Number.Of(Kappa.Of(Kappa.Table(pairs.Select(p => (p.Before.Value > 0, p.After.Value > 0)))));
    }
}
