using System.Text.Json;

namespace BetterConnections.Demo;

/// <summary>What the evaluation finds in the frozen waves, beside what was put into them.</summary>
internal sealed class Findings(People people)
{
    private const string Analyses = "/api/evaluation/analyses";
    /// <summary>Each interval leaves the truth out once in twenty times, by design.</summary>
    private const int MostMissed = 3;

    public async Task ComputeAsync()
    {
        var followUp = await ComputeAsync(Survey.FollowUp);
        var endline = await ComputeAsync(Survey.Endline); // the last one published is the page that visitors get
        var found = Effect.All.Select(e => Finding.Of(e, e.Indicator == 11 ? followUp : endline)).ToList();

        Console.WriteLine("""

              The respondents are simulated: these numbers tell how well the evaluation works, and nothing of the programme.
              "Put in" is what is true of the simulated workers, before and after the training; the evaluation is not told.

            """);
        Console.WriteLine($"      {"indicator",-48} {"put in",13} {"found",7}  {"95% interval",-16} {"holds it",-9} p, corrected");
        foreach (var finding in found) Console.WriteLine(finding.Row);

        var compared = found.Where(f => f.IsCompared).ToList();
        Console.WriteLine($"""

              Some of that change comes without the programme too. What the programme itself does is the change at the {compared[0].Open} open facilities
              less that at the {compared[0].Waiting} which still wait and were asked at the same time (in percentage points, or steps from 0 to 5).

            """);
        Console.WriteLine($"      {"indicator",-48} {"open",6} {"wait",6} {"put in",7} {"found",6}  {"95% interval",-16} {"holds it",-9} p, corrected");
        foreach (var finding in compared) Console.WriteLine(finding.ComparedRow);
        var told = found.Single(f => f.Measure == "confidence-internet");
        Console.WriteLine($"\n  The fifth in words, as everybody can read it:\n  {told.Sentence("en")}\n  {told.Sentence("ar")}\n");

        bool[] held = [.. found.Select(f => f.IsHeld), .. compared.Select(f => f.IsComparisonHeld)];
        var missed = held.Count(isHeld => !isHeld);
        Story.Expect(missed <= MostMissed, $"at most {MostMissed} of {held.Length} intervals miss the truth");
        Story.Expect(found.All(f => !f.HasChanged || f.P < 0.05), "every change that was put in is found");
        Story.Tell($"{held.Length - missed} of {held.Length} intervals hold the truth; computed again, each analysis has the same bytes");
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
}
