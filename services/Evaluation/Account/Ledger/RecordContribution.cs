using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using BetterConnections.Postgres;
using BetterConnections.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Evaluation.Account.Ledger;

public sealed record NewLedgerAccount(
    [Required, RegularExpression("^(giver|purpose):[a-z0-9-]{2,60}$")] string Code,
    [Required, StringLength(200, MinimumLength = 2)] string Name);

/// <param name="Amount">In the programme's currency.</param>
/// <param name="Evidence">Where it can be looked up.</param>
/// <param name="EvidenceSha256">Of the file that is the evidence.</param>
public sealed record NewContribution(
    [Required] string Giver,
    [Required] string Purpose,
    [Range(0.01, 100_000_000_000)] decimal Amount,
    [Required] DateOnly? On,
    [Required] Nature? Nature,
    [Required] Valuation? Valuation,
    [Required, StringLength(500, MinimumLength = 3)] string Description,
    [Required, StringLength(500, MinimumLength = 3)] string Evidence,
    [RegularExpression("^[0-9a-f]{64}$")] string? EvidenceSha256 = null);

public sealed record Reversal([Required, StringLength(500, MinimumLength = 3)] string Why);

public sealed record LedgerAccountView(string Code, string Name, LedgerAccountKind Kind);

public static class RecordContribution
{
    public static async Task<Created<LedgerAccountView>> OpenAccount(NewLedgerAccount request, EvaluationDb db, CancellationToken cancel)
    {
        var kind = request.Code.StartsWith("giver:", StringComparison.Ordinal) ? LedgerAccountKind.Giver : LedgerAccountKind.Purpose;
        var account = new LedgerAccount { Code = request.Code, Name = request.Name.Trim(), Kind = kind };
        if (await db.LedgerAccounts.AnyAsync(a => a.Code == account.Code, cancel)) throw new RuleBroken("account_already_there", $"There is an account {account.Code}.");
        db.LedgerAccounts.Add(account);
        await db.SaveChangesAsync(cancel);
        return TypedResults.Created($"/api/evaluation/ledger/accounts/{account.Code}/statement", new LedgerAccountView(account.Code, account.Name, account.Kind));
    }

    public static Task<Created<LedgerEntryView>> Handle(NewContribution request, EvaluationDb db, ClaimsPrincipal user, TimeProvider clock, CancellationToken cancel) =>
        db.InTransactionAsync(async () =>
        {
            await DemandAsync(db, request.Giver, LedgerAccountKind.Giver, cancel);
            await DemandAsync(db, request.Purpose, LedgerAccountKind.Purpose, cancel);
            var now = clock.GetUtcNow();
            if (decimal.Round(request.Amount, 2) != request.Amount) throw new BadInput("amount_too_fine", "Amounts go to the hundredth.");
            if (request.On < LedgerEntry.Earliest) throw new BadInput("time_before_programme", $"Nothing was given before {LedgerEntry.Earliest:yyyy-MM-dd}.");
            if (request.On > DateOnly.FromDateTime(now.UtcDateTime.AddDays(1))) throw new BadInput("time_in_future", "A contribution is recorded when it has been made.");
            var entry = LedgerEntry.Contribution(request.Giver, request.Purpose, request.Amount, request.On!.Value, request.Nature!.Value, request.Description,
                request.Valuation!.Value, request.Evidence, request.EvidenceSha256, user.Subject(), now);
            db.LedgerEntries.Add(entry);
            await db.SaveChangesAsync(cancel);
            return TypedResults.Created($"/api/evaluation/ledger/entries?id={entry.Id}", LedgerEntryView.From(entry));
        }, cancel);

    /// <summary>A second entry that takes the first one back; both stay.</summary>
    public static Task<LedgerEntryView> Reverse(Guid id, Reversal request, EvaluationDb db, ClaimsPrincipal user, TimeProvider clock, CancellationToken cancel) =>
        db.InTransactionAsync(async () =>
        {
            var entry = await db.LedgerEntries.Include(e => e.Lines).SingleOrDefaultAsync(e => e.Id == id, cancel)
                ?? throw new NotThere("entry_unknown", "There is no such ledger entry.");
            var now = clock.GetUtcNow();
            var reversal = entry.Reverse(request.Why, DateOnly.FromDateTime(now.UtcDateTime), user.Subject(), now);
            db.LedgerEntries.Add(reversal);
            await db.SaveChangesAsync(cancel);
            return LedgerEntryView.From(reversal);
        }, cancel);

    private static async Task DemandAsync(EvaluationDb db, string code, LedgerAccountKind kind, CancellationToken cancel)
    {
        if (!await db.LedgerAccounts.AnyAsync(a => a.Code == code && a.Kind == kind, cancel))
            throw new BadInput("account_unknown", $"There is no {(kind == LedgerAccountKind.Giver ? "giver" : "purpose")} '{code}'; open the account first.");
    }
}
