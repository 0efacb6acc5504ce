using System.Globalization;
using System.Text.Json;

namespace BetterConnections.Demo;

/// <summary>What the evaluation finds in the frozen waves, beside what was put into them.</summary>
internal sealed class Findings(People people)
{
    private const string Analyses = "/api/evaluation/analyses";
    /// <summary>Each interval leaves the truth out once in twenty times, by design.</summary>
    private const int MostMissed = 2;

    public async Task ComputeAsync()
    {
        var followUp = await ComputeAsync(Survey.FollowUp);
        var endline = await ComputeAsync(Survey.Endline); // the last one published is the page that visitors get
        var measures = endline.Where(r => r.Number("number") < 11).Concat(followUp.Where(r => r.Number("number") == 11))
            .SelectMany(r => r.Each("measures")).ToDictionary(m => m.Text("measure"), m => m.GetProperty("overall"));

        Console.WriteLine($"  The respondents are simulated: these numbers say how well the evaluation works, and nothing of the programme.\n\n"
            + $"      {"headline measure",-32} {"truth",6} {"found",6} {"95% interval",-16} {"truth inside",-12} {"p, corrected",-12}");
        foreach (var effect in Effect.All) Print(effect, measures[effect.Measure]);
        Console.WriteLine($"\n  {Sentence(measures, "en")}\n  {Sentence(measures, "ar")}\n");

        var missed = Effect.All.Count(e => !IsInside(e, measures[e.Measure]));
        Story.Expect(missed <= MostMissed, $"at most {MostMissed} of {Effect.All.Count} intervals miss the truth");
        Story.Expect(Effect.All.Where(e => e.Before is { } before && before != e.After).All(e => Corrected(measures[e.Measure]) < 0.05), "every change that was put in is found");
        Story.Tell($"{Effect.All.Count - missed} of {Effect.All.Count} intervals hold the truth; computed again, each analysis has the same bytes");
    }

    public async Task ShowAsync()
    {
        var page = await people.Visitor.ReadAsync("/api/evaluation/public/results", "text/html");
        Story.Expect(page.Contains("imulated", StringComparison.Ordinal), "the public page says that the respondents are simulated");
        Story.Tell("published: everybody can read them, and reads that the respondents are simulated");
    }

    /// <summary>Twice, for the same answers must give the same bytes; and published.</summary>
    private async Task<IReadOnlyList<JsonElement>> ComputeAsync(string wave)
    {
        var question = new { wave, beforeWave = Survey.Baseline };
        var analysis = await people.Evaluator.PostAsync(Analyses, question);
        var again = await people.Evaluator.PostAsync(Analyses, question);
        Story.Expect(analysis.Text("sha256") == again.Text("sha256") && analysis.Id() == again.Id(), "the same answers computed again give the same bytes");
        Story.Expect(analysis.GetProperty("simulated").GetBoolean(), "an analysis of simulated waves says so");
        await people.Evaluator.PostAsync($"{Analyses}/{analysis.Id()}/publish");
        Story.Tell($"{wave} compared with {Survey.Baseline}: all indicators computed, twice, as {analysis.Text("sha256")[..12]}…");
        return [.. (await people.Evaluator.GetAsync($"{Analyses}/{analysis.Id()}")).Each("results")];
    }

    private static void Print(Effect effect, JsonElement found)
    {
        var (value, low, high) = Estimate(found);
        var (share, p) = (effect.Kind != EffectKind.Median, Corrected(found));
        Console.WriteLine($"  {effect.Indicator,2}  {effect.Measure,-32} {Shown(effect.After, share),6} {Shown(value, share),6} {$"{Shown(low, share)} to {Shown(high, share)}",-16} "
            + $"{(IsInside(effect, found) ? "yes" : "no"),-12} {(p is { } corrected ? corrected.ToString("0.0000", CultureInfo.InvariantCulture) : "–"),-12}");
    }

    private static string Sentence(Dictionary<string, JsonElement> measures, string language) => measures["confidence-computers"].GetProperty("sentence").Text(language);

    private static bool IsInside(Effect effect, JsonElement found) => Estimate(found) is var (_, low, high) && low <= effect.After && effect.After <= high;

    private static (double Value, double Low, double High) Estimate(JsonElement found)
    {
        var estimate = found.GetProperty("estimate");
        double Part(string name) => estimate.GetProperty(name).GetProperty("value") is { ValueKind: JsonValueKind.Number } number ? number.GetDouble()
            : throw new DemoFailed($"There is no estimate: {estimate}");
        return (Part("value"), Part("low"), Part("high"));
    }

    private static double? Corrected(JsonElement found) => found.GetProperty("change") is { ValueKind: JsonValueKind.Object } change
        && change.GetProperty("test").TryGetProperty("adjusted", out var adjusted) && adjusted.GetProperty("value") is { ValueKind: JsonValueKind.Number } p ? p.GetDouble() : null;

    private static string Shown(double number, bool share) => share
        ? (number * 100).ToString("0.0", CultureInfo.InvariantCulture) + "%"
        : number.ToString("0.#", CultureInfo.InvariantCulture);
}
