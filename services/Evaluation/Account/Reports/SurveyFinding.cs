using System.Globalization;
using BetterConnections.Evaluation.Account.Figures;
using BetterConnections.Evaluation.Results;
using BetterConnections.Evaluation.Results.Engine;
using BetterConnections.Evaluation.Waves;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Evaluation.Account.Reports;

/// <summary>One survey's published results, as registers of results take them.</summary>
/// <param name="BaselineOn">First day of the wave compared with.</param>
internal sealed record PublishedSurvey(AnalysisView Analysis, DateOnly From, DateOnly To, DateOnly? BaselineOn, IReadOnlyList<SurveyFinding> Findings)
{
    public string Title => Analysis.BeforeWave is { } before ? $"{Analysis.Wave} {Analysis.Instrument} against {before} {Analysis.BeforeInstrument}" : $"{Analysis.Wave} {Analysis.Instrument}";
}

/// <summary>The headline of one of the eleven indicators. Shares are in percent.</summary>
/// <param name="Number">1 to 11.</param>
/// <param name="Low">Of the 95% interval; null where none can be given.</param>
/// <param name="Baseline">The same before; null where nothing was compared, or where the number is itself a change.</param>
/// <param name="Lineage">What it was made of, for whoever wants to look it up or compute it again.</param>
public sealed record SurveyFinding(int Number, string Indicator, Words Name, Words Sentence, bool IsPercentage, decimal Value, decimal? Low, decimal? High, decimal? Baseline, string Lineage);

internal static class PublishedSurveys
{
    /// <summary>The latest first, simulated ones among them.</summary>
    public static async Task<IReadOnlyList<PublishedSurvey>> PublishedSurveysAsync(this EvaluationDb db, WaveSettings settings, CancellationToken cancel)
    {
        var analyses = await db.PublishedAsync(cancel);
        if (analyses.Count == 0) return [];
        var ids = analyses.Select(a => a.Id).ToList();
        var bodies = (await db.Results.Where(r => ids.Contains(r.AnalysisId)).OrderBy(r => r.Number).Select(r => new { r.AnalysisId, r.Body }).ToListAsync(cancel)).ToLookup(r => r.AnalysisId, r => ResultsEngine.Read(r.Body));
        var codes = analyses.SelectMany(a => new[] { a.Wave, a.BeforeWave }).OfType<string>().Distinct().ToList();
        var waves = await db.Waves.AsNoTracking().Where(w => codes.Contains(w.Code)).ToDictionaryAsync(w => w.Code, cancel);
        return [.. analyses.Select(a => new PublishedSurvey(a, settings.DayOf(waves[a.Wave].Opens), settings.DayOf(waves[a.Wave].Closes),
            a.BeforeWave is { } before ? settings.DayOf(waves[before].Opens) : null, [.. bodies[a.Id].Select(r => FindingOf(a, r)).OfType<SurveyFinding>()]))];
    }

    /// <summary>Null where the headline was withheld or there is none.</summary>
    private static SurveyFinding? FindingOf(AnalysisView analysis, IndicatorResult result)
    {
        var headline = result.Measures[0];
        if (headline.Overall is not { Estimate.Value.Value: { } value } overall) return null;
        var isShare = SentenceParts.IsShare(headline.Kind);
        decimal Shown(double number) => decimal.Round((decimal)number * (isShare ? 100 : 1), 4);
        return new(result.Number, result.Indicator, result.Name, overall.Sentence!, isShare, Shown(value), overall.Estimate.Low.Value is { } low ? Shown(low) : null,
            overall.Estimate.High.Value is { } high ? Shown(high) : null, overall.Before?.Value.Value is { } before ? Shown(before) : null,
            string.Create(CultureInfo.InvariantCulture,
                $"Definition {result.DefinitionVersion} of {result.Indicator}; {overall.NMatched ?? overall.NPost} respondents at {overall.Clusters} facilities; snapshot {analysis.Snapshot}; analysis {analysis.Id}, SHA-256 {analysis.Sha256}"));
    }
}
