using System.Globalization;
using System.Text;
using BetterConnections.Evaluation.ExternalStudies;
using BetterConnections.Evaluation.Instruments;
using BetterConnections.Evaluation.Results.Definitions;
using BetterConnections.Evaluation.Results.Engine;

namespace BetterConnections.Evaluation.Results.Public;

/// <summary>Results as a page, in English or Arabic: the eleven at a glance, then each with its interval, its sentence, its groups and where it comes from.</summary>
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
            body.Append($"<p>{page.Say("Wave", "الجولة")} {Title(page, analysis)}. {page.Say("Ranges are 95% intervals that take into account that workers of one facility are alike. A result of fewer than ten people is withheld.", "المجالات فترات ثقة 95% تراعي تشابه عمال المركز الواحد. وتُحجب أي نتيجة لأقل من عشرة أشخاص.")}{(analysis.BeforeWave is null ? "" : $" {page.Say("Languages and zones are of those asked both times.", "نتائج اللغات والمناطق لمن سُئلوا في المرتين.")}")}</p>");
            AppendGlance(body, page, results);
            foreach (var result in results) Append(body, page, result);
            body.Append($"<p>{page.Say("Made of", "مصدرها")}: <code dir=\"ltr\">{analysis.BeforeSnapshot} {analysis.Snapshot}</code>; {page.Say("version of the engine", "إصدار المحرك")} {PublicPage.Html(analysis.Engine)}; SHA-256 <code dir=\"ltr\">{analysis.Sha256}</code>{(analysis.Recomputable ? "" : $" {page.Say("An interview behind these results was deleted since; they stand as they were published and cannot be computed again.", "حُذفت منذ ذلك الحين مقابلة من مصادر هذه النتائج؛ تبقى النتائج كما نُشرت ولا يمكن حسابها من جديد.")}")}</p>");
            if (published.Count > 1)
            {
                body.Append($"<h2>{page.Say("All published", "كل المنشور")}</h2><ul>");
                foreach (var other in published) body.Append($"<li><a href=\"?language={page.Language}&amp;analysis={other.Id}\">{Title(page, other)}</a></li>");
                body.Append("</ul>");
            }
        }
        Append(body, page, studies);
        return page.Of(page.Say("Results", "النتائج"), page.Say("what the surveys found", "ما توصلت إليه الاستبيانات"), body.ToString(), analysis is null ? "" : $"&analysis={analysis.Id}");
    }

    private static string Title(PublicPage page, AnalysisView a) => $"<bdi>{PublicPage.Html($"{a.Wave} ({a.Instrument})")}</bdi>"
        + (a.BeforeWave is null ? "" : $" {page.Say("compared with", "مقارنةً بـ")} <bdi>{PublicPage.Html($"{a.BeforeWave} ({a.BeforeInstrument})")}</bdi>");

    /// <summary>The headline of each; shares also as a picture.</summary>
    private static void AppendGlance(StringBuilder body, PublicPage page, IReadOnlyList<IndicatorResult> results)
    {
        body.Append($"""
            <h2>{page.Say("At a glance", "نظرة عامة")}</h2>
            <div class="wide"><table><thead><tr><th scope="col">{page.Say("Indicator", "المؤشر")}</th>{Numbers(page)}<th scope="col"><span class="scale" dir="ltr"><span>0%</span><span>100%</span></span></th><th scope="col">{page.Say("The change", "التغير")}</th></tr></thead><tbody>

            """);
        foreach (var (result, headline) in results.Select(r => (r, r.Measures[0])))
            body.Append($"<tr><th scope=\"row\"><a href=\"#indicator-{result.Number}\">{result.Number}. {PublicPage.Html(result.Name.In(page.Language))}</a><small>{PublicPage.Html(headline.Says.In(page.Language))}</small></th>{Numbers(headline.Kind, headline.Overall)}<td>{Picture(headline)}</td><td>{Verdict(page, headline.Overall)}</td></tr>\n");
        body.Append($"</tbody></table></div><p><small>{page.Say("Hollow: before. Full: now, with its 95% interval.", "الدائرة المفرغة: من قبل. الممتلئة: الآن، مع فترة الثقة 95%.")}</small></p>\n");
    }

    private static string Picture(MeasureResult headline)
    {
        if (!SentenceParts.IsShare(headline.Kind) || headline.Overall.Estimate is not { Value.Value: { } value } estimate) return "";
        string At(double share) => (5 + 90 * share).ToString("0.#", CultureInfo.InvariantCulture);
        var range = estimate is { Low.Value: { } low, High.Value: { } high } ? $"<path class=\"range\" d=\"M{At(low)} 6H{At(high)}\"/>" : "";
        var before = headline.Overall.Before?.Value.Value is { } was ? $"<circle class=\"before\" cx=\"{At(was)}\" cy=\"6\" r=\"2.5\"/>" : "";
        return $"<svg viewBox=\"0 0 100 12\" aria-hidden=\"true\"><path class=\"axis\" d=\"M5 6H95\"/>{range}{before}<circle cx=\"{At(value)}\" cy=\"6\" r=\"2.5\"/></svg>";
    }

    private static string Verdict(PublicPage page, Cell cell) => cell.Change?.Test is not { Method: var method, IsSignificant: { } isSignificant } ? "–"
        : method.StartsWith("binomial", StringComparison.Ordinal) ? page.Say("not tested: not asked before", "لم يُختبر: لم يُسأل عنه من قبل")
        : isSignificant ? page.Say("more than chance explains", "أكثر مما تفسره المصادفة") : page.Say("chance may explain it", "قد تفسره المصادفة");

    private static void Append(StringBuilder body, PublicPage page, IndicatorResult result)
    {
        body.Append(CultureInfo.InvariantCulture, $"""
            <h2 id="indicator-{result.Number}">{result.Number}. {PublicPage.Html(result.Name.In(page.Language))}</h2>
            <div class="wide"><table><thead><tr><th scope="col">{page.Say("What", "ماذا")}</th>{Numbers(page)}<th scope="col">{page.Say("In words", "بالكلمات")}</th></tr></thead><tbody>

            """);
        foreach (var measure in result.Measures)
            body.Append($"<tr><th scope=\"row\">{PublicPage.Html(measure.Says.In(page.Language))}</th>{Numbers(measure.Kind, measure.Overall)}<td>{PublicPage.Html(measure.Overall.Sentence!.In(page.Language))}</td></tr>\n");
        body.Append("</tbody></table></div>\n");
        foreach (var measure in result.Measures) AppendGroups(body, page, measure);
        body.Append(CultureInfo.InvariantCulture, $"<p><small>{page.Say("Definition", "التعريف")} {result.DefinitionVersion}</small></p>\n");
    }

    private static void AppendGroups(StringBuilder body, PublicPage page, MeasureResult measure)
    {
        if (measure.ByLanguage.Count + measure.ByZone.Count == 0) return;
        body.Append($"""
            <details><summary>{page.Say("By language and zone", "حسب اللغة والمنطقة")}: {PublicPage.Html(measure.Says.In(page.Language))}</summary>
            <div class="wide"><table><thead><tr><th scope="col">{page.Say("Group", "المجموعة")}</th>{Numbers(page)}<th scope="col">{page.Say("In words", "بالكلمات")}</th></tr></thead><tbody>

            """);
        foreach (var (name, cell) in measure.ByLanguage.Select(c => (FormLanguages.IsKnown(c.Key!) ? FormLanguages.NameOf(c.Key!) : c.Key!, c)).Concat(measure.ByZone.Select(c => (c.Key!, c))))
            body.Append($"<tr><th scope=\"row\"><bdi>{(name == Values.Unknown ? page.Say("unknown", "غير معروف") : PublicPage.Html(name))}</bdi></th>{Numbers(measure.Kind, cell)}<td>{PublicPage.Html(cell.Sentence!.In(page.Language))}</td></tr>\n");
        body.Append("</tbody></table></div></details>\n");
    }

    private static string Numbers(PublicPage page) =>
        $"<th scope=\"col\">{page.Say("Before", "من قبل")}</th><th scope=\"col\">{page.Say("Now", "الآن")}</th><th scope=\"col\">{page.Say("95% interval", "فترة ثقة 95%")}</th>";

    /// <summary>The cells under <see cref="Numbers(PublicPage)"/>.</summary>
    private static string Numbers(MeasureKind kind, Cell cell)
    {
        string Shown(Number? number) => number?.Value is { } value ? $"<bdi>{SentenceParts.Shown(kind, value)}</bdi>" : "–";
        var range = cell.Estimate is { Low.Value: not null } e ? $"{Shown(e.Low)} – {Shown(e.High)}" : "–";
        return $"<td class=\"number\">{Shown(cell.Before?.Value)}</td><td class=\"number\"><b>{Shown(cell.Estimate?.Value)}</b></td><td class=\"number\">{range}</td>";
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
