using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using BetterConnections.Postgres;
using BetterConnections.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Evaluation.Webhooks;

/// <param name="NextAttemptAt">Null once it is delivered or given up.</param>
public sealed record DeliveryView(long Number, string WebhookId, string Type, DateTimeOffset At, DeliveryState State, int Attempts, DateTimeOffset? LastAttemptAt,
    int? LastStatus, string? LastError, DateTimeOffset? NextAttemptAt);

public static class ListDeliveries
{
    /// <summary>The delivery log, the newest first.</summary>
    public static async Task<Page<DeliveryView>> Handle(Guid id, [AsParameters] Paging page, DeliveryState? state, string? type, EvaluationDb db, ClaimsPrincipal user, CancellationToken cancel)
    {
        await db.WebhookEndpoints.AsNoTracking().OneAsync(id, user, cancel);
        return await db.WebhookDeliveries.Where(d => d.EndpointId == id && (state == null || d.State == state) && (type == null || d.Message.Type == type))
            .PageAsync(d => d.Number, page, d => new DeliveryView(d.Number, "msg_" + d.MessageId.ToString().Replace("-", ""), d.Message.Type, d.Message.At, d.State, d.Attempts,
                d.LastAttemptAt, d.LastStatus, d.LastError, d.State == DeliveryState.Pending ? d.DueAt : null), descending: true, cancel);
    }
}

/// <param name="Since">Of when the events were received here.</param>
public sealed record ReplaySince([Required] DateTimeOffset? Since);

/// <param name="Deliveries">How many are sent again.</param>
public sealed record ReplayView(int Deliveries);

public static class ReplayDeliveries
{
    /// <summary>From the first attempt on, under the same <c>webhook-id</c>.</summary>
    public static async Task<ReplayView> One(Guid id, long number, EvaluationDb db, ClaimsPrincipal user, TimeProvider clock, CancellationToken cancel)
    {
        await db.WebhookEndpoints.AsNoTracking().OneAsync(id, user, cancel);
        return await AgainAsync(db.WebhookDeliveries.Where(d => d.EndpointId == id && d.Number == number), clock, cancel) is { Deliveries: > 0 } replayed ? replayed
            : throw new NotThere("delivery_unknown", "There is no such delivery; they are kept for some weeks.");
    }

    /// <summary>Everything that was queued for this endpoint since then. What happened while its owner had it off was not.</summary>
    public static async Task<ReplayView> Since(Guid id, ReplaySince request, EvaluationDb db, ClaimsPrincipal user, TimeProvider clock, CancellationToken cancel)
    {
        await db.WebhookEndpoints.AsNoTracking().OneAsync(id, user, cancel);
        return await AgainAsync(db.WebhookDeliveries.Where(d => d.EndpointId == id && d.Message.At >= request.Since), clock, cancel);
    }

    private static async Task<ReplayView> AgainAsync(IQueryable<WebhookDelivery> deliveries, TimeProvider clock, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        return new(await deliveries.ExecuteUpdateAsync(set => set
            .SetProperty(d => d.State, DeliveryState.Pending).SetProperty(d => d.Attempts, 0).SetProperty(d => d.DueAt, now), cancel));
    }
}
