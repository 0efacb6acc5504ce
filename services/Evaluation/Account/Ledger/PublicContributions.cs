using System.Globalization;
using System.Text;
using BetterConnections.Documents;
using BetterConnections.Evaluation.Account.Figures;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Evaluation.Account.Ledger;

/// <param name="Leverage">In kind for each unit of cash; null while there is no cash.</param>
/// <param name="Unvalued">Gifts that events told of and that wait for a rate.</param>
/// <param name="Published">What others published, not part of the sums.</param>
public sealed record ContributionsView(string Programme, string Licence, string Currency, decimal? Leverage, long Unvalued, IReadOnlyList<ContributionKind> Kinds,
    IReadOnlyList<PublishedLeverage> Published);

/// <param name="Contributions">Without those that were taken back.</param>
/// <param name="ValuedBy">How many of them came by their value in which way.</param>
public sealed record ContributionKind(Nature Nature, decimal Amount, int Contributions, int Givers, IReadOnlyDictionary<Valuation, int> ValuedBy);

/// <summary>What the programme was given, for everybody: sums by kind. What a single partner gave is between it and the programme.</summary>
public static class PublicContributions
{
    public static async Task<IResult> Handle([AsParameters] OpenDataRequest request, EvaluationDb db, FigureCatalogue catalogue, CancellationToken cancel)
    {
        var view = await db.ContributionsAsync(request.Settings, cancel);
        return request.Answer("contributions", () => request.Json(view), () => CsvOf(view), page => PageOf(view, catalogue, page));
    }

    internal static async Task<ContributionsView> ContributionsAsync(this EvaluationDb db, AccountSettings settings, CancellationToken cancel)
    {
        var books = await ReadLedger.Leverage(db, settings, cancel);
        var standing = db.LedgerEntries.Where(e => e.Reverses == null && !db.LedgerEntries.Any(r => r.Reverses == e.Id));
        var valued = await standing.GroupBy(e => new { e.Nature, e.Valuation }).Select(g => new { g.Key.Nature, g.Key.Valuation, Count = g.Count() }).ToListAsync(cancel);
        var givers = await standing.SelectMany(e => e.Lines.Where(l => l.Line == 2), (e, l) => new { e.Nature, l.AccountCode }).Distinct()
            .GroupBy(g => g.Nature).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, cancel);
        ContributionKind Of(Nature nature, decimal amount) => new(nature, amount, valued.Where(v => v.Nature == nature).Sum(v => v.Count), givers.GetValueOrDefault(nature),
            valued.Where(v => v.Nature == nature).OrderBy(v => v.Valuation).ToDictionary(v => v.Valuation, v => v.Count));
        return new(settings.ProgrammeName, settings.Licence, books.Currency, books.Leverage, books.Unvalued, [Of(Nature.Cash, books.Cash), Of(Nature.InKind, books.InKind)], books.Published);
    }

    private static string CsvOf(ContributionsView view)
    {
        var csv = new StringBuilder("nature,amount,currency,contributions,givers,valued_by,leverage\r\n");
        foreach (var kind in view.Kinds)
            csv.Append(SpreadsheetText.Line([kind.Nature, kind.Amount.ToString("0.00", CultureInfo.InvariantCulture), view.Currency, kind.Contributions, kind.Givers,
                string.Join(' ', kind.ValuedBy.Select(v => $"{v.Key}:{v.Value}")), kind.Nature == Nature.InKind ? view.Leverage : null]));
        return csv.ToString();
    }

    private static string PageOf(ContributionsView view, FigureCatalogue catalogue, PublicPage page)
    {
        var table = new PublicTable(page.Say("Sums of the books, each contribution once; what was taken back is not in them", "مجاميع الدفاتر، كل مساهمة مرة واحدة، دون ما أُلغي"), page.Say("Kind", "النوع"),
            page.Say("Worth", "القيمة"), page.Say("Contributions", "المساهمات"), page.Say("Givers", "المساهمون"), page.Say("Valued by", "أساس التقييم"));
        foreach (var kind in view.Kinds)
            table.Row(kind.Nature == Nature.Cash ? page.Say("In cash", "نقدًا") : page.Say("In kind", "عينًا"), $"<b>{Amount(view.Currency, kind.Amount)}</b>", PublicPage.Count(kind.Contributions), PublicPage.Count(kind.Givers),
                string.Join("<br>", kind.ValuedBy.Select(v => $"{Valued(page, v.Key)}: {PublicPage.Count(v.Value)}")));
        var published = new PublicTable(page.Say("Not part of the sums above", "لا تدخل في المجاميع أعلاه"), page.Say("Source", "المصدر"), page.Say("In cash", "نقدًا"), page.Say("In kind", "عينًا"), page.Say("Leverage", "المضاعفة"));
        foreach (var p in view.Published)
            published.Row(PublicPage.Html(p.Source.In(page.Language)), Amount(p.Currency, p.Cash), Amount(p.Currency, p.InKind), p.Leverage.ToString(CultureInfo.InvariantCulture));
        return page.Of(page.Say("What was given", "ما قُدّم للبرنامج"), $"""
            <p>{page.Say("Money, devices, licences, hours and services that partners gave, from books in double entry where each line names how it was valued and its evidence. What a single partner gave is between it and the programme.",
                "ما قدمه الشركاء من أموال وأجهزة وتراخيص وساعات وخدمات، من دفاتر مزدوجة القيد يبين كل سطر فيها أساس تقييمه ومستنده. وما قدمه كل شريك شأن بينه وبين البرنامج.")}</p>
            {(view.Leverage is { } leverage ? $"<p>{page.Say("In kind for each unit of cash", "العيني مقابل كل وحدة نقدية")}: <b><bdi>{leverage.ToString(CultureInfo.InvariantCulture)}</bdi></b></p>" : "")}
            {table}
            {(view.Unvalued == 0 ? "" : $"<p>{page.Say("Gifts that are recorded and wait for a rate to value them", "هبات مسجلة تنتظر سعرًا لتقييمها")}: {PublicPage.Count(view.Unvalued)}</p>")}
            <p class="quiet">{page.Say("What events told of these gifts", "ما روته الأحداث عن هذه الهبات")}: {string.Join(" · ", Valuing.Purposes.Keys.Select(f => $"<a href=\"{page.To($"figures/{f}")}\">{PublicPage.Html(catalogue.Demand(f).Name.In(page.Language))}</a>"))}.
            {page.Say("Each line of the books is told to those who are signed in and may see it", "تُعرض سطور الدفاتر لمن سجل الدخول وله حق الاطلاع")}: <code dir="ltr">GET /api/evaluation/ledger/entries</code></p>
            <h2>{page.Say("Published by others", "ما نشره آخرون")}</h2>
            {published}
            """);
    }

    private static string Amount(string currency, decimal amount) => $"<bdi class=\"number\">{PublicPage.Html(string.Create(CultureInfo.InvariantCulture, $"{currency} {amount:#,0.##}"))}</bdi>";

    private static string Valued(PublicPage page, Valuation by) => by switch
    {
        Valuation.AsPaid => page.Say("as paid", "كما دُفع"),
        Valuation.Invoice => page.Say("invoice", "فاتورة"),
        Valuation.MarketPrice => page.Say("market price", "سعر السوق"),
        Valuation.ListPrice => page.Say("list price", "سعر القائمة"),
        Valuation.Rate => page.Say("the programme's rate", "سعر البرنامج"),
        _ => page.Say("the giver's statement", "إقرار المساهم"),
    };
}
