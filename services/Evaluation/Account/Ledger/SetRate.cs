using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using BetterConnections.Postgres;
using BetterConnections.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Evaluation.Account.Ledger;

/// <param name="Figure">What is valued: volunteer-hours or devices-donated.</param>
/// <param name="Amount">Of one unit, in the programme's currency.</param>
/// <param name="ValidFrom">Until the next rate of the figure begins.</param>
public sealed record NewRate(
    [Required] string Figure,
    [Range(0.01, 1_000_000)] decimal Amount,
    [Required] DateOnly? ValidFrom,
    [Required, StringLength(500, MinimumLength = 3)] string Source);

public sealed record RateView(Guid Id, string Figure, decimal Amount, DateOnly ValidFrom, string Source);

/// <param name="Valued">How many facts had waited for a rate and are in the ledger now.</param>
public sealed record RateSet(RateView Rate, int Valued);

public static class SetRate
{
    /// <summary>Facts that wait for a rate are entered at once, also those whose entry was taken back. What else is in the ledger keeps its value.</summary>
    public static Task<Created<RateSet>> Handle(NewRate request, EvaluationDb db, ClaimsPrincipal user, TimeProvider clock, CancellationToken cancel) =>
        db.InTransactionAsync(async () =>
        {
            if (!Valuing.Purposes.ContainsKey(request.Figure))
                throw new BadInput("figure_not_valued", $"Only {string.Join(" and ", Valuing.Purposes.Keys)} are valued by a rate.");
            if (request.ValidFrom < LedgerEntry.Earliest) throw new BadInput("time_before_programme", $"Nothing was given before {LedgerEntry.Earliest:yyyy-MM-dd}.");
            var now = clock.GetUtcNow();
            var rate = new ValuationRate
            {
                Id = Guid.CreateVersion7(now),
                Figure = request.Figure,
                Amount = request.Amount,
                ValidFrom = request.ValidFrom!.Value,
                Source = request.Source.Trim(),
                SetBy = user.Subject(),
                SetAt = now,
            };
            db.ValuationRates.Add(rate);
            await db.SaveChangesAsync(cancel);
            var valued = await db.ValueFactsAsync(rate.Figure, cancel);
            return TypedResults.Created("/api/evaluation/ledger/rates", new RateSet(new(rate.Id, rate.Figure, rate.Amount, rate.ValidFrom, rate.Source), valued));
        }, cancel);

    public static async Task<IReadOnlyList<RateView>> List(EvaluationDb db, CancellationToken cancel) =>
        await db.ValuationRates.OrderBy(r => r.Figure).ThenBy(r => r.ValidFrom)
            .Select(r => new RateView(r.Id, r.Figure, r.Amount, r.ValidFrom, r.Source)).ToListAsync(cancel);
}
