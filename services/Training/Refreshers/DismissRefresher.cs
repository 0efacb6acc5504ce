using System.Security.Claims;
using BetterConnections.Postgres;
using BetterConnections.ServiceDefaults;

namespace BetterConnections.Training.Refreshers;

public static class DismissRefresher
{
    public static Task<RefresherView> Handle(Guid id, Reason request, TrainingDb db, ClaimsPrincipal user, TimeProvider clock, CancellationToken cancel) =>
        db.InTransactionAsync(async () =>
        {
            var proposal = await db.LockRefresherAsync(id, cancel);
            proposal.Dismiss(request.Why.Trim(), user.Subject(), clock.GetUtcNow());
            await db.SaveChangesAsync(cancel);
            return await db.RefresherAsync(id, cancel);
        }, cancel);
}
