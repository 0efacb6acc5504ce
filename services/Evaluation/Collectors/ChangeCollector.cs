using BetterConnections.Postgres;

namespace BetterConnections.Evaluation.Collectors;

public static class ChangeCollector
{
    /// <summary>Needs <c>If-Match</c>. The token and the phone's settings stay; what was refused before can be sent again.</summary>
    public static async Task<CollectorView> Handle(Guid id, CollectorScope request, EvaluationDb db, TimeProvider clock, HttpContext http, CancellationToken cancel)
    {
        var collector = await db.CollectorAsync(id, cancel);
        http.Request.RequireMatch((uint)collector.Version);
        await db.RequireKnownAsync(request, cancel);
        collector.Limit(request, clock.GetUtcNow());
        await db.SaveChangesAsync(cancel);
        http.Response.SetETag((uint)collector.Version);
        return CollectorView.From(collector);
    }
}
