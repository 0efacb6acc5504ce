using System.Globalization;
using System.Text;
using BetterConnections.Evaluation.ExternalStudies;
using BetterConnections.Evaluation.Results.Definitions;
using BetterConnections.Evaluation.Results.Engine;

namespace BetterConnections.Evaluation.Results.Public;

/// <summary>Results as a page, in English or Arabic: each with its interval, its sentence and where it comes from.</summary>
internal static class ResultsPage
{
    public static string Of(PublicPage page, AnalysisView? analysis, IReadOnlyList<IndicatorResult> results, IReadOnlyList<AnalysisView> published, IReadOnlyList<StudyDefinition> studies)
    {
        var body = new StringBuilder();
        if (analysis is null) body.Append($"<p>{page.Say("No results have been published yet.", "لم تُنشر نتائج بعد.")}</p>");
        else
        {
            if (analysis.Simulated)
                body.Append($"<p class=\"notice\"><b>{page.Say("Simulated. These answers were made up to show how the system works; they say nothing about the programme.", "محاكاة. هذه الإجابات مصطنعة لبيان عمل النظام ولا تدل على شيء عن البرنامج.")}</b></p>");
            if (results.SelectMany(r => r.Measures).Any(m => m.Overall.Attrition is { Announce: true }))
                body.Append($"<p class=\"notice\">{page.Say("More than 30% of those asked before were not found again for some of these results; who was lost may differ from who was kept.", "لم يُعثر مجددًا على أكثر من 30% ممن سُئلوا من قبل في بعض هذه النتائج؛ وقد يختلف من فُقدوا عمن بقوا.")}</p>");
            body.Append($"<p>{page.Say("Wave", "الجولة")} <bdi>{PublicPage.Html(Title(analysis))}</bdi>. {page.Say("Ranges are 95% intervals that take into account that workers of one facility are alike. A result of fewer than ten people is withheld.", "المجالات فترات ثقة 95% تراعي تشابه عمال المركز الواحد. وتُحجب أي نتيجة لأقل من عشرة أشخاص.")}</p>");
            foreach (var result in results) Append(body, page, result);
            body.Append($"<p>{page.Say("Made of", "مصدرها")}: <code dir=\"ltr\">{analysis.BeforeSnapshot} {analysis.Snapshot}</code>; {page.Say("version of the engine", "إصدار المحرك")} {PublicPage.Html(analysis.Engine)}; SHA-256 <code dir=\"ltr\">{analysis.Sha256}</code></p>");
            if (published.Count > 1)
            {
                body.Append($"<h2>{page.Say("All published", "كل المنشور")}</h2><ul>");
                foreach (var other in published) body.Append($"<li><a href=\"?language={page.Language}&amp;analysis={other.Id}\"><bdi>{PublicPage.Html(Title(other))}</bdi></a></li>");
                body.Append("</ul>");
            }
        }
        Append(body, page, studies);
        return page.Of(page.Say("Results", "النتائج"), page.Say("what the surveys found", "ما توصلت إليه الاستبيانات"), body.ToString(), analysis is null ? "" : $"&analysis={analysis.Id}");
    }

    private static string Title(AnalysisView a) => a.BeforeWave is null ? $"{a.Wave} {a.Instrument}" : $"{a.BeforeWave} {a.BeforeInstrument} – {a.Wave} {a.Instrument}";

    private static void Append(StringBuilder body, PublicPage page, IndicatorResult result)
    {
        body.Append(CultureInfo.InvariantCulture, $"""
            <h2>{result.Number}. {PublicPage.Html(result.Name.In(page.Language))}</h2>
            <div class="wide"><table><thead><tr><th scope="col">{page.Say("What", "ماذا")}</th><th scope="col">{page.Say("Result", "النتيجة")}</th><th scope="col">{page.Say("95% interval", "فترة ثقة 95%")}</th><th scope="col">{page.Say("In words", "بالكلمات")}</th></tr></thead><tbody>

            """);
        foreach (var measure in result.Measures)
        {
            Append(body, page, measure, measure.Says.In(page.Language), measure.Overall);
            foreach (var cell in measure.ByLanguage.Concat(measure.ByZone)) Append(body, page, measure, $"· {cell.Key}", cell);
        }
        body.Append(CultureInfo.InvariantCulture, $"</tbody></table></div><p><small>{page.Say("Definition", "التعريف")} {result.DefinitionVersion}</small></p>\n");
    }

    private static void Append(StringBuilder body, PublicPage page, MeasureResult measure, string title, Cell cell)
    {
        string Shown(Number? number) => number?.Value is { } value ? $"<bdi>{SentenceParts.Shown(measure.Kind, value)}</bdi>" : "–";
        var range = cell.Estimate is { Low.Value: not null } e ? $"{Shown(e.Low)} – {Shown(e.High)}" : "–";
        body.Append($"<tr><th scope=\"row\"><bdi>{PublicPage.Html(title)}</bdi></th><td><b>{Shown(cell.Estimate?.Value)}</b></td><td>{range}</td><td>{PublicPage.Html(cell.Sentence!.In(page.Language))}</td></tr>\n");
    }

    private static void Append(StringBuilder body, PublicPage page, IReadOnlyList<StudyDefinition> studies)
    {
        if (studies.Count == 0) return;
        body.Append($"<div class=\"aside\"><h2>{page.Say("Studies by others", "دراسات أجراها آخرون")}</h2><p>{page.Say("As they published them. Nothing above rests on these; how they asked and whom is not fully known, so that no interval can be given.", "كما نشروها. لا يستند شيء مما سبق إليها، ولا يُعرف تمامًا كيف سألوا ومن سألوا، فلا يمكن إعطاء فترة ثقة.")}</p>");
        foreach (var study in studies)
        {
            body.Append($"<h3>{PublicPage.Html(In(study.Title, page))}</h3><p>{PublicPage.Html(study.By)}; {page.Say("people asked", "عدد من سُئلوا")}: {study.Respondents?.ToString(CultureInfo.InvariantCulture) ?? page.Say("not given", "غير مذكور")}. <small dir=\"ltr\">{PublicPage.Html(study.Source)}</small></p><ul>");
            foreach (var figure in study.Figures) body.Append($"<li>{PublicPage.Html(In(figure.Label, page))}: <bdi>{SentenceParts.Percent(figure.Share)}</bdi></li>");
            foreach (var ambiguity in study.Ambiguities)
                body.Append($"<li>{page.Say("Open", "غير محسوم")}: {PublicPage.Html(In(ambiguity.About, page))} – {PublicPage.Html(string.Join(" / ", ambiguity.Readings.Select(r => In(r.Text, page))))}</li>");
            body.Append("</ul>");
        }
        body.Append("</div>");
    }

    private static string In(Dictionary<string, string> text, PublicPage page) => text.GetValueOrDefault(page.Language) ?? text["en"];
}
