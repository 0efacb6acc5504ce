using System.Globalization;
using System.Text;
using BetterConnections.Documents;
using BetterConnections.Evaluation.Account.Figures;
using BetterConnections.Evaluation.Waves;

namespace BetterConnections.Evaluation.Account.Reports;

/// <summary>A target of the UN's goals with the evidence for it: what was counted, and what surveys found.</summary>
public sealed record SdgView(string Code, Words Title, IReadOnlyList<FigureView> Figures, IReadOnlyList<SdgFinding> Findings);

/// <param name="Simulated">The respondents were made up.</param>
/// <param name="Results">Where the whole survey is told.</param>
public sealed record SdgFinding(SurveyFinding Finding, string Wave, bool Simulated, string Results);

public static class PublicSdg
{
    public static async Task<IResult> Handle([AsParameters] OpenDataRequest request, EvaluationDb db, FigureCatalogue catalogue, WaveSettings waves, CancellationToken cancel)
    {
        var card = await db.ScorecardAsync(catalogue, request.Settings, cancel);
        // Of each indicator one finding, the latest; a simulated one only until there is another.
        var findings = (await db.PublishedSurveysAsync(waves, cancel)).OrderBy(s => s.Analysis.Simulated).SelectMany(s => s.Findings.Select(f =>
            new SdgFinding(f, s.Analysis.Wave, s.Analysis.Simulated, $"/api/evaluation/public/results?analysis={s.Analysis.Id}"))).DistinctBy(f => f.Finding.Indicator).ToList();
        IReadOnlyList<SdgView> targets = [.. catalogue.Sdg.Select(s => new SdgView(s.Code, s.Title, [.. card.Figures.Where(f => f.Sdg.Contains(s.Code))],
            [.. findings.Where(f => s.Indicators.Contains(f.Finding.Indicator))]))];
        return request.Answer("sdg", () => request.Json(targets), () => CsvOf(targets), page => PageOf(targets, page));
    }

    private static string CsvOf(IReadOnlyList<SdgView> targets)
    {
        var csv = new StringBuilder("target,kind,code,name,name_ar,value,unit,low,high,simulated,made_of\r\n");
        foreach (var target in targets)
        {
            foreach (var f in target.Figures)
                csv.Append(SpreadsheetText.Line([target.Code, "counted", f.Code, f.Name.En, f.Name.Ar, PublicScorecard.Number(f.Value), f.Unit.En, null, null, "no", f.Lineage]));
            foreach (var (f, _, simulated, results) in target.Findings)
                csv.Append(SpreadsheetText.Line([target.Code, "survey", f.Indicator, f.Name.En, f.Name.Ar, f.Value, f.IsPercentage ? "%" : null, f.Low, f.High, simulated ? "yes" : "no", results]));
        }
        return csv.ToString();
    }

    private static string PageOf(IReadOnlyList<SdgView> targets, PublicPage page)
    {
        var body = new StringBuilder($"<p>{page.Say("What the programme counted and what its surveys found, under the targets of the United Nations that they are evidence for.", "ما أحصاه البرنامج وما توصلت إليه استبياناته، مرتبًا حسب غايات الأمم المتحدة التي يدل عليها.")}</p>");
        if (targets.Any(t => t.Findings.Any(f => f.Simulated))) body.Append(page.SimulatedNotice());
        foreach (var target in targets)
        {
            body.Append($"<h2 id=\"goal-{target.Code}\">{target.Code} {PublicPage.Html(target.Title.In(page.Language))}</h2>\n");
            var counted = new PublicTable(page.Say("Counted", "ما أُحصي"), page.Say("Figure", "المؤشر"), page.Say("Counted", "المحسوب"), page.Say("Where from", "المصدر"));
            foreach (var f in target.Figures) counted.Row(PublicPage.Html(f.Name.In(page.Language)), page.Counted(f), page.Lineage(f));
            body.Append(counted);
            if (target.Findings.Count == 0) continue;
            var found = new PublicTable(page.Say("Found by surveys", "ما توصلت إليه الاستبيانات"), page.Say("Indicator", "المؤشر"), page.Say("Now", "الآن"), page.Say("95% interval", "فترة ثقة 95%"), page.Say("In words", "بالكلمات"), page.Say("Where from", "المصدر"));
            foreach (var (f, wave, _, results) in target.Findings)
                found.Row(PublicPage.Html(f.Name.In(page.Language)), $"<b>{Shown(f, f.Value)}</b>", f is { Low: { } low, High: { } high } ? $"<span class=\"number\">{Shown(f, low)} – {Shown(f, high)}</span>" : "–", PublicPage.Html(f.Sentence.In(page.Language)),
                    $"<a href=\"{PublicPage.Html($"{results}&language={page.Language}#indicator-{f.Number}")}\">{page.Say("Survey", "استبيان")} <bdi>{PublicPage.Html(wave)}</bdi></a>");
            body.Append(found);
        }
        return page.Of(page.Say("Sustainable development goals", "أهداف التنمية المستدامة"), body.ToString());
    }

    private static string Shown(SurveyFinding finding, decimal value) => string.Create(CultureInfo.InvariantCulture, $"<bdi>{value:0.#}{(finding.IsPercentage ? "%" : "")}</bdi>");
}
