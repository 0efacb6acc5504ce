using System.Linq.Expressions;
using BetterConnections.Evaluation.Account.Figures;
using BetterConnections.Postgres;
using BetterConnections.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Evaluation.Account.Ledger;

public sealed record LedgerLineView(string Account, decimal Amount);

public sealed record LedgerEntryView(Guid Id, long Number, DateOnly On, Nature Nature, string Description, Valuation Valuation, string Evidence, string? EvidenceSha256,
    long? FactNumber, Guid? Reverses, IReadOnlyList<LedgerLineView> Lines, string RecordedBy, DateTimeOffset RecordedAt)
{
    internal static readonly Expression<Func<LedgerEntry, LedgerEntryView>> Of = e => new(e.Id, e.Number, e.On, e.Nature, e.Description, e.Valuation, e.Evidence,
        e.EvidenceSha256, e.FactNumber, e.Reverses, e.Lines.OrderBy(l => l.Line).Select(l => new LedgerLineView(l.AccountCode, l.Amount)).ToList(), e.RecordedBy, e.RecordedAt);

    private static readonly Func<LedgerEntry, LedgerEntryView> Compiled = Of.Compile();

    internal static LedgerEntryView From(LedgerEntry entry) => Compiled(entry);
}

/// <param name="Id">Only this one.</param>
public sealed record LedgerFilter(Guid? Id = null, Nature? Nature = null, DateOnly? From = null, DateOnly? To = null, string? After = null, int Limit = 50) : Paging(After, Limit);

/// <param name="Balance">Debit above nothing. A giver's is what it gave, below nothing.</param>
public sealed record AccountBalance(string Code, string Name, LedgerAccountKind Kind, decimal Cash, decimal InKind, decimal Balance);

/// <param name="Difference">Nothing, or the books are wrong.</param>
public sealed record TrialBalance(IReadOnlyList<AccountBalance> Accounts, decimal Difference);

/// <param name="Leverage">In kind for each unit of cash; null while there is no cash.</param>
/// <param name="Unvalued">Facts of valued figures that wait for a rate.</param>
/// <param name="Published">What others published, not part of the sums.</param>
public sealed record LeverageView(string Currency, decimal Cash, decimal InKind, decimal? Leverage, long Unvalued, IReadOnlyList<PublishedLeverage> Published);

public sealed record PublishedLeverage(decimal Cash, decimal InKind, decimal Leverage, string Currency, Words Source);

public static class ReadLedger
{
    public static Task<Page<LedgerEntryView>> Entries([AsParameters] LedgerFilter filter, EvaluationDb db, CancellationToken cancel) =>
        db.LedgerEntries.AsNoTracking().Where(e => (filter.Id == null || e.Id == filter.Id) && (filter.Nature == null || e.Nature == filter.Nature)
            && (filter.From == null || e.On >= filter.From) && (filter.To == null || e.On <= filter.To)).PageAsync(e => e.Number, filter, LedgerEntryView.Of, cancel: cancel);

    public static async Task<Page<LedgerEntryView>> Statement(string code, [AsParameters] Paging page, EvaluationDb db, CancellationToken cancel) =>
        await db.LedgerAccounts.AnyAsync(a => a.Code == code, cancel)
            ? await db.LedgerEntries.AsNoTracking().Where(e => e.Lines.Any(l => l.AccountCode == code)).PageAsync(e => e.Number, page, LedgerEntryView.Of, cancel: cancel)
            : throw new NotThere("account_unknown", "There is no such account.");

    public static async Task<TrialBalance> TrialBalance(EvaluationDb db, CancellationToken cancel)
    {
        var accounts = await db.LedgerAccounts.OrderBy(a => a.Code).Select(a => new
        {
            a.Code, a.Name, a.Kind,
            Cash = db.LedgerLines.Where(l => l.AccountCode == a.Code && db.LedgerEntries.Any(e => e.Id == l.EntryId && e.Nature == Nature.Cash)).Sum(l => l.Amount),
            InKind = db.LedgerLines.Where(l => l.AccountCode == a.Code && db.LedgerEntries.Any(e => e.Id == l.EntryId && e.Nature == Nature.InKind)).Sum(l => l.Amount),
        }).ToListAsync(cancel);
        return new([.. accounts.Select(a => new AccountBalance(a.Code, a.Name, a.Kind, a.Cash, a.InKind, a.Cash + a.InKind))], accounts.Sum(a => a.Cash + a.InKind));
    }

    public static async Task<LeverageView> Leverage(EvaluationDb db, AccountSettings settings, CancellationToken cancel)
    {
        // Debits alone: a contribution stands in the books twice, and a reversal takes its debit back.
        var sums = await db.LedgerLines.Where(l => l.Line == 1)
            .Join(db.LedgerEntries, l => l.EntryId, e => e.Id, (l, e) => new { e.Nature, l.Amount })
            .GroupBy(l => l.Nature).Select(g => new { g.Key, Sum = g.Sum(l => l.Amount) }).ToDictionaryAsync(s => s.Key, s => s.Sum, cancel);
        var (cash, inKind) = (sums.GetValueOrDefault(Nature.Cash), sums.GetValueOrDefault(Nature.InKind));
        var figures = Valuing.Purposes.Keys.ToArray();
        var unvalued = await db.Facts.LongCountAsync(f => figures.Contains(f.Figure) && f.Amount > 0 && !db.LedgerEntries.Any(e => e.FactNumber == f.Number && !db.LedgerEntries.Any(r => r.Reverses == e.Id)), cancel);
        return new(settings.Currency, cash, inKind, cash > 0 ? Math.Round(inKind / cash, 2) : null, unvalued, settings.PublishedLeverage);
    }
}
