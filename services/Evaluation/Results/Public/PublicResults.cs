using System.Globalization;
using System.Text;
using System.Text.Json;
using BetterConnections.Documents;
using BetterConnections.Evaluation.ExternalStudies;
using BetterConnections.Evaluation.Results.Engine;
using BetterConnections.ServiceDefaults;

namespace BetterConnections.Evaluation.Results.Public;

/// <summary>Published results for everybody: JSON, CSV or a page. All of them read what was stored.</summary>
public static class PublicResults
{
    /// <param name="analysis">One of those published; without it the one published last.</param>
    public static async Task<IResult> Handle(Guid? analysis, [AsParameters] OpenDataRequest request, EvaluationDb db, CancellationToken cancel)
    {
        var published = await db.PublishedAsync(cancel);
        var shown = analysis is { } id
            ? published.Find(a => a.Id == id) ?? throw new NotThere("analysis_unknown", "No such analysis is published, or a later one took its place.")
            : published.FirstOrDefault();
        var bodies = shown is null ? [] : await db.BodiesAsync(shown.Id, cancel);
        var studies = await db.PublicStudiesAsync(cancel);
        return request.Answer(shown is null ? "results" : $"results-{shown.Wave}", () => ReadAnalyses.Document(json =>
        {
            json.WriteString("programme", request.Settings.ProgrammeName);
            json.WriteString("licence", request.Settings.Licence);
            json.WritePropertyName("analysis");
            JsonSerializer.Serialize(json, shown is null ? null : Open(shown), ResultsEngine.Json);
            json.WriteResults(bodies);
            json.WritePropertyName("published");
            JsonSerializer.Serialize(json, published.Select(Open), ResultsEngine.Json);
            // Never among the results: others made them, and how is not known.
            json.WritePropertyName("externalStudies");
            JsonSerializer.Serialize(json, studies, ResultsEngine.Json);
        }), () => CsvOf(shown, Results()), page => ResultsPage.Of(page, shown, Results(), published));

        IReadOnlyList<IndicatorResult> Results() => [.. bodies.Select(ResultsEngine.Read)];
    }

    /// <summary>Without who computed it.</summary>
    private static object Open(AnalysisView a) => new
    {
        a.Id, a.Wave, a.Instrument, a.BeforeWave, a.BeforeInstrument, a.Number, a.Snapshot, a.BeforeSnapshot, a.Engine, a.Simulated, a.Sha256, a.Recomputable, a.PublishedAt, a.Facilities,
    };

    private static string CsvOf(AnalysisView? analysis, IReadOnlyList<IndicatorResult> results)
    {
        var csv = new StringBuilder("indicator,measure,asked,definition_version,group_by,group,withheld,n_before,n_after,n_matched,facilities,estimate,low,high,method,before,after,test,p,p_adjusted,correction,simulated,wave,before_wave,snapshot,sentence_en,sentence_ar,weighted,weighted_low,weighted_high,not_weighted,least_p,least_p_adjusted,gate,impossible_answers\r\n");
        foreach (var result in results)
        {
            foreach (var measure in result.Measures)
            {
                foreach (var (by, cell) in measure.ByLanguage.Select(c => ("language", c)).Concat(measure.ByZone.Select(c => ("zone", c))).Prepend(("all", measure.Overall)))
                    csv.Append(SpreadsheetText.Line(
                    [
                        result.Indicator, measure.Measure, measure.Asked, result.DefinitionVersion, by, cell.Key, cell.Withheld ? "yes" : "no", cell.NPre, cell.NPost, cell.NMatched, cell.Clusters,
                        cell.Estimate?.Value.Value, cell.Estimate?.Low.Value, cell.Estimate?.High.Value, cell.Estimate?.Method, cell.Change?.Before.Value, cell.Change?.After.Value,
                        cell.Change?.Test.Method, cell.Change?.Test.P.Value, cell.Change?.Test.Adjusted?.Value, cell.Change?.Test.Correction, result.Simulated ? "yes" : "no",
                        analysis?.Wave, analysis?.BeforeWave, analysis?.Snapshot, cell.Sentence?.En, cell.Sentence?.Ar,
                        cell.Estimate?.Weighted?.Value.Value, cell.Estimate?.Weighted?.Low.Value, cell.Estimate?.Weighted?.High.Value, cell.Estimate?.NotWeighted,
                        cell.Change?.Test.Reach?.LeastP.Value, cell.Change?.Test.Reach?.LeastAdjusted.Value, cell.Change?.Test.Reach?.Gate, cell.Missing?.Impossible?.Value,
                    ]));
            }
        }
        return csv.ToString();
    }
}
