using System.Text;
using BetterConnections.Documents;
using BetterConnections.Evaluation.Results.Engine;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Evaluation.ExternalStudies;

/// <param name="Version">1, and one more with each correction.</param>
public sealed record PublicStudy(StudyDefinition Study, int Version, DateTimeOffset ImportedAt);

/// <summary>What others found out, for everybody, on a page of its own: never among our results.</summary>
public static class PublicStudies
{
    public static async Task<IResult> Handle([AsParameters] OpenDataRequest request, EvaluationDb db, CancellationToken cancel)
    {
        var studies = await db.PublicStudiesAsync(cancel);
        return request.Answer("studies", () => request.Json(studies), () => CsvOf(studies), page => PageOf(studies, page));
    }

    internal static Task<List<PublicStudy>> PublicStudiesAsync(this EvaluationDb db, CancellationToken cancel) =>
        db.Latest().OrderBy(s => s.Code).Select(s => new PublicStudy(s.Definition, s.Version, s.ImportedAt)).ToListAsync(cancel);

    private static string CsvOf(IReadOnlyList<PublicStudy> studies)
    {
        var csv = new StringBuilder("study,version,title,title_ar,by,respondents,source,indicator,label,label_ar,share,reading,open_questions\r\n");
        foreach (var (study, version, _) in studies)
        {
            // A study that gave no figures is a line too: that it gave none is worth knowing.
            foreach (var figure in study.Figures.DefaultIfEmpty())
                csv.Append(SpreadsheetText.Line([study.Code, version, study.Title["en"], study.Title["ar"], study.By, study.Respondents, study.Source, figure?.Indicator, figure?.Label["en"], figure?.Label["ar"],
                    figure?.Share, figure?.Reading, string.Join("; ", study.Ambiguities.Select(a => a.About["en"]))]));
        }
        return csv.ToString();
    }

    private static string PageOf(IReadOnlyList<PublicStudy> studies, PublicPage page)
    {
        var body = new StringBuilder($"<p>{page.Say("As they published them. None of our own numbers rests on these; how they asked and whom is not fully known, so that no interval can be given.", "كما نشروها. لا يستند أي من أرقامنا إليها، ولا يُعرف تمامًا كيف سألوا ومن سألوا، فلا يمكن إعطاء فترة ثقة.")}</p>");
        foreach (var (study, version, _) in studies) Append(body, page, study, version);
        return page.Of(page.Say("Studies by others", "دراسات أجراها آخرون"), body.ToString());
    }

    private static void Append(StringBuilder body, PublicPage page, StudyDefinition study, int version)
    {
        string In(Dictionary<string, string> text) => PublicPage.Html(text[page.Language]);
        body.Append($"""
            <h2 id="{study.Code}">{In(study.Title)}</h2>
            <p><bdi>{PublicPage.Html(study.By)}</bdi>. {In(study.Purpose)}. {page.Say("People asked", "عدد من سُئلوا")}: {(study.Respondents is { } asked ? PublicPage.Count(asked) : page.Say("not given", "غير مذكور"))}.</p>
            <p>{page.Say("Method", "المنهج")}: {In(study.Method)}</p>

            """);
        if (study.Figures.Count > 0)
        {
            var table = new PublicTable(page.Say("As published, in whole percent", "كما نُشرت، بنسب مئوية صحيحة"), page.Say("Finding", "النتيجة"), page.Say("Share", "النسبة"), page.Say("What the number may mean", "ما قد يعنيه الرقم"));
            foreach (var figure in study.Figures)
                table.Row(In(figure.Label), $"<b><bdi>{SentenceParts.Percent(figure.Share)}</bdi></b>", string.Join("<br>", (figure.Readings ?? []).OrderByDescending(r => r.Code == figure.Reading)
                    .Select(r => In(r.Text) + (r.Code == figure.Reading ? $" <small>{page.Say("the reading taken here", "القراءة المعتمدة هنا")}</small>" : ""))));
            body.Append(table);
        }
        foreach (var ambiguity in study.Ambiguities)
            body.Append($"<h3>{page.Say("Not settled", "غير محسوم")}: {In(ambiguity.About)}</h3><ul>{string.Concat(ambiguity.Readings.Select(r => $"<li>{In(r.Text)}</li>"))}</ul>\n");
        body.Append($"""
            <p><small>{page.Say("Source", "المصدر")}: <bdi>{PublicPage.Html(study.Source)}</bdi> ({page.Say("version", "الإصدار")} {version})</small></p>
            <details><summary>{page.Say("In the source's own words", "بنص المصدر")}</summary><blockquote dir="auto">{PublicPage.Html(study.Quote)}</blockquote></details>

            """);
    }
}
