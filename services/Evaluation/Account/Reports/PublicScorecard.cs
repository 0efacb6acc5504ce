using System.Globalization;
using System.Text;
using BetterConnections.Documents;
using BetterConnections.Evaluation.Account.Figures;

namespace BetterConnections.Evaluation.Account.Reports;

/// <param name="Licence">Under which everybody may use it.</param>
public sealed record Scorecard(string Programme, string Licence, DateOnly? Until, IReadOnlyList<FigureView> Figures);

/// <summary>The scorecard for everybody: JSON, CSV or a page. Figures that so few people stand behind that they could be guessed are withheld.</summary>
public static class PublicScorecard
{
    public static async Task<IResult> Handle([AsParameters] OpenDataRequest request, EvaluationDb db, FigureCatalogue catalogue, CancellationToken cancel)
    {
        var card = await db.ScorecardAsync(catalogue, request.Settings, cancel);
        return request.Answer("scorecard", () => request.Json(card), () => CsvOf(card), page => PageOf(card, page));
    }

    internal static async Task<Scorecard> ScorecardAsync(this EvaluationDb db, FigureCatalogue catalogue, AccountSettings settings, CancellationToken cancel)
    {
        var figures = (await db.FiguresAsync(catalogue, new(), cancel)).Select(f => f.Open(catalogue, settings)).ToList();
        return new(settings.ProgrammeName, settings.Licence, figures.Max(f => f.To), figures);
    }

    internal static bool Withheld(this Figure figure, decimal? value, AccountSettings settings) => figure.People && value is > 0 && value < settings.LeastPublishable;

    /// <summary>As everybody may see it, with what everybody may see of its lineage.</summary>
    internal static FigureView Open(this FigureView figure, FigureCatalogue catalogue, AccountSettings settings)
    {
        var open = figure with { Lineage = $"/api/evaluation/public/figures/{figure.Code}" };
        return catalogue.Find(figure.Code)!.Withheld(figure.Value, settings) ? open with { Value = null, Facts = null } : open;
    }

    internal static string Shown(this PublicPage page, decimal? value) =>
        value is { } v ? $"<bdi>{v.ToString("#,0.##", CultureInfo.InvariantCulture)}</bdi>" : $"<span class=\"quiet\">{page.Say("withheld, so that nothing is told of fewer than ten people", "محجوب كي لا يُعرف شيء عن أقل من عشرة أشخاص")}</span>";

    internal static string Counted(this PublicPage page, FigureView f) => f.Value is null ? page.Shown(null) : $"<b>{page.Shown(f.Value)}</b> {PublicPage.Html(f.Unit.In(page.Language))}";

    internal static string Published(this PublicPage page, FigureView f) =>
        string.Concat(f.Published.Select(p => $"<p>{page.Shown(p.Value)} <small>{PublicPage.Html(p.Source.In(page.Language))}</small></p>"));

    /// <summary>To what it is made of.</summary>
    internal static string Lineage(this PublicPage page, FigureView f) =>
        $"<a href=\"{page.To($"figures/{f.Code}")}\">{page.Say("Recorded events", "الأحداث المسجلة")}{(f.Facts is { } facts ? $": {PublicPage.Count(facts)}" : "")}</a>";

    internal static string Number(decimal? value) => value?.ToString("0.##", CultureInfo.InvariantCulture) ?? "";

    private static string CsvOf(Scorecard card)
    {
        var csv = new StringBuilder("figure,name,name_ar,unit,value,planned,facts,from,to,sdg,counts_from\r\n");
        foreach (var f in card.Figures)
            csv.Append(SpreadsheetText.Line([f.Code, f.Name.En, f.Name.Ar, f.Unit.En, Number(f.Value), Number(f.Planned), f.Facts, f.From?.ToString("O"), f.To?.ToString("O"), string.Join(' ', f.Sdg), f.CountsFrom]));
        return csv.ToString();
    }

    private static string PageOf(Scorecard card, PublicPage page)
    {
        var table = new PublicTable(page.Say("Counted so far, beside what was planned and what others published", "المحسوب حتى الآن بجانب المخطط وما نشره آخرون"),
            page.Say("Figure", "المؤشر"), page.Say("Counted", "المحسوب"), page.Say("Planned", "المخطط"), page.Say("Published by others", "ما نشره آخرون"), page.Say("Where from", "المصدر"));
        foreach (var f in card.Figures)
            table.Row(PublicPage.Html(f.Name.In(page.Language)), page.Counted(f), Planned(page, f), page.Published(f), page.Lineage(f));
        return page.Of(page.Say("What was reached", "ما تحقق"), $"""
            <p>{page.Say("Every number is the sum of recorded events and of nothing else. What others published stands beside it and is not counted in.",
                "كل رقم هو مجموع أحداث مسجلة لا غير. وما نشره آخرون مذكور بجانبه ولا يدخل في الحساب.")}{Until(page, card.Figures)}</p>
            {table}
            """);
    }

    /// <summary>When something was last counted.</summary>
    private static string Until(PublicPage page, IReadOnlyList<FigureView> figures) => figures.Max(f => f.ChangedAt) is not { } at ? ""
        : $" {page.Say("Last counted", "آخر احتساب")}: <bdi>{at.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)} UTC</bdi>.";

    private static string Planned(PublicPage page, FigureView f)
    {
        if (f.Planned is not { } planned) return "";
        if (f.Value is not { } value || planned <= 0) return page.Shown(planned);
        var (share, bar) = ((value / planned).ToString("0.#%", CultureInfo.InvariantCulture), Math.Min(1, value / planned).ToString("0.####", CultureInfo.InvariantCulture));
        return $"{page.Shown(planned)} <small>{page.Say($"{share} reached", $"تحقق {share}")}</small><progress max=\"1\" value=\"{bar}\" aria-hidden=\"true\"></progress>";
    }
}
