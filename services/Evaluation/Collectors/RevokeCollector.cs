using System.Security.Claims;
using BetterConnections.ServiceDefaults;

namespace BetterConnections.Evaluation.Collectors;

public static class RevokeCollector
{
    /// <summary>From the next request on the address opens nothing. Doing it twice is doing it once.</summary>
    public static async Task<CollectorView> Handle(Guid id, EvaluationDb db, ClaimsPrincipal user, TimeProvider clock, CancellationToken cancel)
    {
        var collector = await db.CollectorAsync(id, cancel);
        collector.Revoke(user.Subject(), clock.GetUtcNow());
        await db.SaveChangesAsync(cancel);
        return CollectorView.From(collector);
    }
}
