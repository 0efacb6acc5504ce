using System.Text;
using System.Text.Json;
using BetterConnections.Documents;
using BetterConnections.Evaluation.Results.Engine;
using BetterConnections.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Net.Http.Headers;

namespace BetterConnections.Evaluation.Results;

/// <summary>Reads how answers spread over the choices, as it was counted with the analysis.</summary>
public static class ReadDistributions
{
    /// <summary>The closed questions in the order of the forms. The ETag is the SHA-256 of the bytes.</summary>
    /// <exception cref="NotThere">analysis_unknown; distributions_unknown where it was computed before answers were counted: computing again counts them</exception>
    public static async Task<IResult> Handle(Guid id, EvaluationDb db, CancellationToken cancel)
    {
        var found = await FindAsync(id, db, cancel);
        return TypedResults.Bytes(found.Body, "application/json", entityTag: new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(found.Sha256)}\""));
    }

    /// <summary>The same as CSV in UTF-8, one line for each answer or reason for none.</summary>
    public static async Task<IResult> Csv(Guid id, EvaluationDb db, CancellationToken cancel)
    {
        var (found, view) = (await FindAsync(id, db, cancel), await db.AnalysisViewAsync(id, cancel));
        var csv = new StringBuilder("\uFEFFitem,asked,question_en,question_ar,wave,instrument,before,answered,missing,part,value,label_en,label_ar,withheld,count,share\r\n");
        foreach (var d in JsonSerializer.Deserialize<IReadOnlyList<Distribution>>(found.Body, ResultsEngine.Json)!)
        {
            Append(d, d.Before, view.BeforeWave, view.BeforeInstrument, "yes");
            Append(d, d.Now, view.Wave, view.Instrument, "no");
        }
        return OpenData.Bytes(Encoding.UTF8.GetBytes(csv.ToString()), "text/csv; charset=utf-8", $"answers-{view.Wave}.csv");

        void Append(Distribution d, Spread? spread, string? wave, string? instrument, string before)
        {
            if (spread is null) return;
            if (spread.Withheld) Line("all", "", null, new("", null, null));
            foreach (var (part, choice) in spread.Answers.Zip(d.Choices)) Line("answer", part.Key, choice.Label, part);
            foreach (var reason in spread.Reasons) Line("missing", reason.Key, null, reason);

            void Line(string kind, string value, Dictionary<string, string>? label, SpreadPart part) => csv.Append(SpreadsheetText.Line(
            [
                d.Item, d.Asked, d.Label.GetValueOrDefault("en"), d.Label.GetValueOrDefault("ar"), wave, d.Asked == Instruments.RespondentGroup.Worker ? instrument : null, before, spread.Answered, spread.Missing,
                kind, value, label?.GetValueOrDefault("en"), label?.GetValueOrDefault("ar"), part.Count is null ? "yes" : "no", part.Count, part.Share,
            ]));
        }
    }

    private static async Task<AnalysisDistributions> FindAsync(Guid id, EvaluationDb db, CancellationToken cancel)
    {
        if (await db.Distributions.AsNoTracking().SingleOrDefaultAsync(d => d.AnalysisId == id, cancel) is { } found) return found;
        await db.AnalysisViewAsync(id, cancel);
        throw new NotThere("distributions_unknown", "This was computed before answers were counted. Compute it again.");
    }
}
