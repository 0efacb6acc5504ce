using System.Globalization;
using System.Text;
using BetterConnections.Documents;
using Microsoft.EntityFrameworkCore;
using Microsoft.Net.Http.Headers;

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
    public static async Task<IResult> Handle(EvaluationDb db, AccountSettings settings, HttpContext http, CancellationToken cancel)
    {
        var view = await db.ContributionsAsync(settings, cancel);
        http.Response.Headers.CacheControl = "public, max-age=60";
        http.Response.Headers.Vary = HeaderNames.Accept;
        return http.Request.Choose("application/json", "text/csv") == "text/csv" ? TypedResults.Text(CsvOf(view), "text/csv; charset=utf-8") : TypedResults.Json(view);
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
}
