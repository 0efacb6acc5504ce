using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using BetterConnections.Postgres;
using BetterConnections.ServiceDefaults;

namespace BetterConnections.Training.Refreshers;

public sealed record Dismissal([Required, StringLength(500, MinimumLength = 3)] string Why);

public static class DismissRefresher
{
    public static Task<RefresherView> Handle(Guid id, Dismissal request, TrainingDb db, ClaimsPrincipal user, TimeProvider clock, CancellationToken cancel) =>
        db.InTransactionAsync(async () =>
        {
            var proposal = await db.LockRefresherAsync(id, cancel);
            proposal.Dismiss(request.Why.Trim(), user.Subject(), clock.GetUtcNow());
            await db.SaveChangesAsync(cancel);
            return await db.RefresherAsync(id, cancel);
        }, cancel);
}
