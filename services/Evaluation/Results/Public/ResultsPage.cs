using System.Globalization;
using System.Text;
using BetterConnections.Evaluation.Instruments;
using BetterConnections.Evaluation.Results.Definitions;
using BetterConnections.Evaluation.Results.Engine;

namespace BetterConnections.Evaluation.Results.Public;

/// <summary>Results as a page, in English or Arabic: the eleven at a glance, then each with its interval, its sentence, its groups and where it comes from.</summary>
internal static class ResultsPage
{
    public static string Of(PublicPage page, AnalysisView? analysis, IReadOnlyList<IndicatorResult> results, IReadOnlyList<AnalysisView> published)
    {
        var body = new StringBuilder();
        if (analysis is null) body.Append($"<p>{page.Say("No results have been published yet.", "لم تُنشر نتائج بعد.")}</p>");
        else
        {
            if (analysis.Simulated) body.Append(page.SimulatedNotice());
            if (results.SelectMany(r => r.Measures).Any(m => m.Overall.Attrition is { Announce: true }))
                body.Append($"<p class=\"notice\">{page.Say("More than 30% of those asked before were not found again for some of these results; who was lost may differ from who was kept.", "لم يُعثر مجددًا على أكثر من 30% ممن سُئلوا من قبل في بعض هذه النتائج؛ وقد يختلف من فُقدوا عمن بقوا.")}</p>");
            foreach (var caution in results.FirstOrDefault()?.Cautions ?? []) body.Append($"<p class=\"notice\">{PublicPage.Html(caution.Sentence.In(page.Language))}</p>"); // the same for all
            body.Append($"<p>{page.Say("Wave", "الجولة")} {Title(page, analysis)}. {page.Say("Ranges are 95% intervals that take into account that workers of one facility are alike. A result of fewer than ten people is withheld.", "المجالات فترات ثقة 95% تراعي تشابه عمال المركز الواحد. وتُحجب أي نتيجة لأقل من عشرة أشخاص.")}{(analysis.BeforeWave is null ? "" : $" {page.Say("Languages and zones are of those asked both times.", "نتائج اللغات والمناطق لمن سُئلوا في المرتين.")}")}</p>");
            AppendGlance(body, page, results);
            AppendBasis(body, page, analysis, results);
            foreach (var result in results) Append(body, page, result);
            if (published.Count > 1)
            {
                body.Append($"<h2>{page.Say("All published surveys", "كل الاستبيانات المنشورة")}</h2><ul>");
                foreach (var other in published) body.Append($"<li><a href=\"{page.To("results", $"&analysis={other.Id}")}\">{Title(page, other)}</a></li>");
                body.Append("</ul>");
            }
        }
        body.Append($"<p>{page.Say("What others found out stands apart, for none of this rests on it", "ما توصل إليه آخرون مذكور في صفحة مستقلة، فلا يستند إليه شيء مما سبق")}: <a href=\"{page.To("studies")}\">{page.Say("Studies by others", "دراسات أجراها آخرون")}</a>.</p>");
        return page.Of(page.Say("What the surveys found", "ما توصلت إليه الاستبيانات"), body.ToString());
    }

    private static string Title(PublicPage page, AnalysisView a) => $"<bdi>{PublicPage.Html($"{a.Wave} ({a.Instrument})")}</bdi>"
        + (a.BeforeWave is null ? "" : $" {page.Say("compared with", "مقارنةً بـ")} <bdi>{PublicPage.Html($"{a.BeforeWave} ({a.BeforeInstrument})")}</bdi>");

    /// <summary>The headline of each; shares also as a picture.</summary>
    private static void AppendGlance(StringBuilder body, PublicPage page, IReadOnlyList<IndicatorResult> results)
    {
        var table = new PublicTable(page.Say("In the pictures, hollow is before, full is now with its 95% interval, on a line from 0% to 100%", "في الرسوم: الدائرة المفرغة من قبل، والممتلئة الآن مع فترة الثقة 95%، على خط من 0% إلى 100%"),
            [page.Say("Indicator", "المؤشر"), .. Numbers(page), page.Say("Picture", "الرسم"), page.Say("The change", "التغير")]);
        foreach (var (result, headline) in results.Select(r => (r, r.Measures[0])))
            table.Row($"<a href=\"#indicator-{result.Number}\">{result.Number}. {PublicPage.Html(result.Name.In(page.Language))}</a><small>{PublicPage.Html(headline.Says.In(page.Language))}</small>",
                [.. Numbers(headline.Kind, headline.Overall), Picture(headline), Verdict(page, headline.Overall)]);
        body.Append($"<h2>{page.Say("At a glance", "نظرة عامة")}</h2>\n{table}");
    }

    private static string Picture(MeasureResult headline)
    {
        if (!SentenceParts.IsShare(headline.Kind) || headline.Overall.Estimate is not { Value.Value: { } value } estimate) return "";
        string At(double share) => (5 + 90 * share).ToString("0.#", CultureInfo.InvariantCulture);
        var range = estimate is { Low.Value: { } low, High.Value: { } high } ? $"<path class=\"range\" d=\"M{At(low)} 6H{At(high)}\"/>" : "";
        var before = headline.Overall.Before?.Value.Value is { } was ? $"<circle class=\"before\" cx=\"{At(was)}\" cy=\"6\" r=\"2.5\"/>" : "";
        return $"<svg viewBox=\"0 0 100 12\" aria-hidden=\"true\"><path class=\"axis\" d=\"M5 6H95\"/>{range}{before}<circle cx=\"{At(value)}\" cy=\"6\" r=\"2.5\"/></svg>";
    }

    private static string Verdict(PublicPage page, Cell cell) => cell.Change?.Test.Reach?.Gate is not null ? page.Say("too few facilities to tell", "المراكز أقل من أن تحسم الأمر")
        : cell.Change?.Test is not { Method: var method, IsSignificant: { } isSignificant } ? "–"
        : method.StartsWith("binomial", StringComparison.Ordinal) ? page.Say("not tested: not asked before", "لم يُختبر: لم يُسأل عنه من قبل")
        : isSignificant ? page.Say("more than chance explains", "أكثر مما تفسره المصادفة") : page.Say("chance may explain it", "قد تفسره المصادفة");

    /// <summary>How many people at how many facilities answered, by zone: of the worker measure that most answered.</summary>
    private static void AppendBasis(StringBuilder body, PublicPage page, AnalysisView analysis, IReadOnlyList<IndicatorResult> results)
    {
        body.Append($"<h2>{page.Say("What these results rest on", "ما تستند إليه هذه النتائج")}</h2>\n");
        if (results.SelectMany(r => r.Measures).Where(m => m.Asked == RespondentGroup.Worker && m.ByZone.Count > 0).MaxBy(m => m.Overall.NPost) is { } widest)
        {
            var table = new PublicTable(page.Say($"Those who answered most, by zone: {widest.Says.En}", $"الأكثر إجابة، حسب المنطقة: {widest.Says.Ar}"), page.Say("Zone", "المنطقة"), page.Say("Facilities", "المراكز"), page.Say("Workers", "العمال"));
            table.Row(page.Say("All", "الكل"), Shown(widest.Overall.Clusters), Shown(widest.Overall.NPost));
            foreach (var cell in widest.ByZone) table.Row(Group(page, cell.Key!), Shown(cell.Clusters), Shown(cell.NMatched ?? cell.NPost));
            body.Append(table);
        }
        body.Append($"""
            <p>{page.Say("Frozen answers", "الإجابات المجمدة")}: <code dir="ltr">{analysis.BeforeSnapshot} {analysis.Snapshot}</code>; {page.Say("version of the engine", "إصدار المحرك")} {PublicPage.Html(analysis.Engine)}; SHA-256 <code dir="ltr">{analysis.Sha256}</code>{(analysis.Recomputable ? "" : $" {page.Say("An interview behind these results was deleted since; they stand as they were published and cannot be computed again.", "حُذفت منذ ذلك الحين مقابلة من مصادر هذه النتائج؛ تبقى النتائج كما نُشرت ولا يمكن حسابها من جديد.")}")}</p>
            <p class="quiet">{page.Say("Each single facility is told to those who are signed in and may see it", "تُعرض المراكز فرادى لمن سجل الدخول وله حق الاطلاع")}: <code dir="ltr">GET {analysis.Facilities}</code></p>

            """);

        string Shown(int? count) => count is { } told ? PublicPage.Count(told) : page.Say("withheld", "محجوب");
    }

    private static void Append(StringBuilder body, PublicPage page, IndicatorResult result)
    {
        var name = PublicPage.Html(result.Name.In(page.Language));
        var table = new PublicTable($"{name}: {page.Say("all that was measured", "كل ما قيس")}", [page.Say("What", "ماذا"), .. Numbers(page), page.Say("In words", "بالكلمات")]);
        foreach (var measure in result.Measures)
            table.Row(PublicPage.Html(measure.Says.In(page.Language)), [.. Numbers(measure.Kind, measure.Overall), PublicPage.Html(measure.Overall.Sentence!.In(page.Language))]);
        body.Append(CultureInfo.InvariantCulture, $"<h2 id=\"indicator-{result.Number}\">{result.Number}. {name}</h2>\n{table}");
        foreach (var measure in result.Measures) AppendGroups(body, page, measure);
        body.Append(CultureInfo.InvariantCulture, $"<p><small><a href=\"{page.To("indicators")}\">{page.Say("Definition", "التعريف")}</a> {result.DefinitionVersion}</small></p>\n");
    }

    private static void AppendGroups(StringBuilder body, PublicPage page, MeasureResult measure)
    {
        if (measure.ByLanguage.Count + measure.ByZone.Count == 0) return;
        var says = PublicPage.Html(measure.Says.In(page.Language));
        var table = new PublicTable(says, [page.Say("Group", "المجموعة"), .. Numbers(page), page.Say("In words", "بالكلمات")]);
        foreach (var (name, cell) in measure.ByLanguage.Select(c => (FormLanguages.IsKnown(c.Key!) ? FormLanguages.NameOf(c.Key!) : c.Key!, c)).Concat(measure.ByZone.Select(c => (c.Key!, c))))
            table.Row(Group(page, name), [.. Numbers(measure.Kind, cell), PublicPage.Html(cell.Sentence!.In(page.Language))]);
        body.Append($"<details><summary>{page.Say("By language and zone", "حسب اللغة والمنطقة")}: {says}</summary>\n{table}</details>\n");
    }

    private static string Group(PublicPage page, string name) => $"<bdi>{(name == Values.Unknown ? page.Say("unknown", "غير معروف") : PublicPage.Html(name))}</bdi>";

    private static string[] Numbers(PublicPage page) => [page.Say("Before", "من قبل"), page.Say("Now", "الآن"), page.Say("95% interval", "فترة ثقة 95%")];

    /// <summary>The cells under <see cref="Numbers(PublicPage)"/>.</summary>
    private static string[] Numbers(MeasureKind kind, Cell cell)
    {
        string Shown(Number? number) => number?.Value is { } value ? $"<bdi>{SentenceParts.Shown(kind, value)}</bdi>" : "–";
        var range = cell.Estimate is { Low.Value: not null } e ? $"{Shown(e.Low)} – {Shown(e.High)}" : "–";
        return [Shown(cell.Before?.Value), $"<b>{Shown(cell.Estimate?.Value)}</b>", $"<span class=\"number\">{range}</span>"];
    }
}
