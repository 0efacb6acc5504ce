using System.Globalization;
using System.Text;
using BetterConnections.Documents;
using BetterConnections.Evaluation.Account.Figures;
using BetterConnections.Evaluation.Account.Ledger;
using Microsoft.Net.Http.Headers;

namespace BetterConnections.Evaluation.Account.Reports;

/// <param name="Licence">Under which everybody may use it.</param>
public sealed record Scorecard(string Programme, string Licence, DateOnly? Until, IReadOnlyList<FigureView> Figures);

public sealed record SdgView(string Code, Words Title, IReadOnlyList<FigureView> Figures);

/// <summary>The scorecard for everybody: JSON, CSV or a page. Figures that so few people stand behind that they could be guessed are withheld.</summary>
public static class PublicScorecard
{
    private const string Json = "application/json", Csv = "text/csv", Page = "text/html";

    public static async Task<IResult> Handle(string? language, EvaluationDb db, FigureCatalogue catalogue, AccountSettings settings, HttpContext http, CancellationToken cancel)
    {
        var card = await db.ScorecardAsync(catalogue, settings, cancel);
        http.Response.Headers.CacheControl = "public, max-age=60";
        http.Response.Headers.Vary = HeaderNames.Accept;
        return http.Request.Choose(Json, Csv, Page) switch
        {
            Csv => TypedResults.Text(CsvOf(card), "text/csv; charset=utf-8"),
            Page => TypedResults.Text(PageOf(card, await db.ContributionsAsync(settings, cancel), new(language ?? "en", settings.ProgrammeName, settings.Licence)), "text/html; charset=utf-8"),
            _ => TypedResults.Json(card),
        };
    }

    public static async Task<IReadOnlyList<SdgView>> Sdg(EvaluationDb db, FigureCatalogue catalogue, AccountSettings settings, CancellationToken cancel)
    {
        var card = await db.ScorecardAsync(catalogue, settings, cancel);
        return [.. catalogue.Sdg.Select(s => new SdgView(s.Code, s.Title, [.. card.Figures.Where(f => f.Sdg.Contains(s.Code))]))];
    }

    internal static async Task<Scorecard> ScorecardAsync(this EvaluationDb db, FigureCatalogue catalogue, AccountSettings settings, CancellationToken cancel)
    {
        var figures = (await db.FiguresAsync(catalogue, new(), cancel)).Select(f => catalogue.Find(f.Code)!.Withheld(f.Value, settings) ? f with { Value = null, Facts = null } : f).ToList();
        return new(settings.ProgrammeName, settings.Licence, figures.Max(f => f.To), figures);
    }

    internal static bool Withheld(this Figure figure, decimal? value, AccountSettings settings) => figure.People && value is > 0 && value < settings.LeastPublishable;

    private static string CsvOf(Scorecard card)
    {
        var csv = new StringBuilder("\uFEFFfigure,name,unit,value,planned,facts,from,to,sdg,counts_from\r\n"); // the mark lets spreadsheets read the Arabic of later columns
        foreach (var f in card.Figures)
            csv.Append(SpreadsheetText.Line([f.Code, f.Name.En, f.Unit.En, Number(f.Value), Number(f.Planned), f.Facts?.ToString(CultureInfo.InvariantCulture), f.From?.ToString("O"), f.To?.ToString("O"), string.Join(' ', f.Sdg), f.CountsFrom]));
        return csv.ToString();
    }

    private static string Given(ContributionsView given, PublicPage page)
    {
        string Amount(Nature nature) => PublicPage.Html(string.Create(CultureInfo.InvariantCulture, $"{given.Currency} {given.Kinds.Single(k => k.Nature == nature).Amount:#,0.##}"));
        var leverage = given.Leverage is { } times ? $" {page.Say("In kind for each unit of cash:", "العيني مقابل كل وحدة نقدية:")} <b>{times.ToString(CultureInfo.InvariantCulture)}</b>." : "";
        return $"<h2>{page.Say("Contributions", "المساهمات")}</h2><p>{page.Say("In cash", "نقدًا")}: <b><bdi>{Amount(Nature.Cash)}</bdi></b>. {page.Say("In kind", "عينًا")}: <b><bdi>{Amount(Nature.InKind)}</bdi></b>.{leverage}</p>";
    }

    private static string Number(decimal? value) => value?.ToString("0.##", CultureInfo.InvariantCulture) ?? "";

    private static string PageOf(Scorecard card, ContributionsView given, PublicPage page)
    {
        string Shown(decimal? value) => value is { } v ? v.ToString("#,0.##", CultureInfo.InvariantCulture) : page.Say("withheld: fewer than 10 people", "محجوب: أقل من 10 أشخاص");
        var rows = new StringBuilder();
        foreach (var f in card.Figures)
            rows.Append(CultureInfo.InvariantCulture, $"""
                <tr><th scope="row">{PublicPage.Html(f.Name.In(page.Language))}<small>{PublicPage.Html(string.Join(" · ", f.Sdg.Select(s => $"SDG {s}")))}</small></th>
                <td><b>{Shown(f.Value)}</b> {PublicPage.Html(f.Unit.In(page.Language))}</td><td>{(f.Planned is { } planned ? Shown(planned) : "–")}</td>
                <td>{string.Join("<br>", f.Published.Select(p => $"{Shown(p.Value)} <small dir=\"ltr\">{PublicPage.Html(p.Source)}</small>"))}</td>
                <td><code dir="ltr">{PublicPage.Html(f.CountsFrom)}</code> × {f.Facts?.ToString("#,0", CultureInfo.InvariantCulture) ?? "–"}</td></tr>

                """);
        return page.Of(page.Say("Scorecard", "بطاقة الأداء"), page.Say("what was reached", "ما تحقق"), $"""
            <p>{page.Say("Every number is the sum of recorded events and of nothing else; the last column says of which. What others published stands beside it and is not counted in.",
                "كل رقم هو مجموع أحداث مسجلة لا غير، ويبين العمود الأخير أي أحداث. وما نشره آخرون مذكور بجانبه ولا يدخل في الحساب.")}</p>
            <div class="wide"><table><thead><tr><th scope="col">{page.Say("Figure", "المؤشر")}</th><th scope="col">{page.Say("Counted", "المحسوب")}</th><th scope="col">{page.Say("Planned", "المخطط")}</th><th scope="col">{page.Say("Published by others", "ما نشره آخرون")}</th><th scope="col">{page.Say("Made of", "مصدره")}</th></tr></thead>
            <tbody>
            {rows}</tbody></table></div>
            {Given(given, page)}
            """);
    }
}
