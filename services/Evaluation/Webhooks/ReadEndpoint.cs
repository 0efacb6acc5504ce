using System.Linq.Expressions;
using System.Security.Claims;
using BetterConnections.Postgres;
using BetterConnections.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Evaluation.Webhooks;

/// <param name="FormerSecretUntil">Until when deliveries carry a signature by the former secret too.</param>
public sealed record EndpointView(Guid Id, string Owner, string Url, IReadOnlyList<string> Types, EndpointState State, string? Why,
    DateTimeOffset? FailingSince, DateTimeOffset? FormerSecretUntil, DateTimeOffset CreatedAt)
{
    internal static readonly Expression<Func<WebhookEndpoint, EndpointView>> Of =
        e => new(e.Id, e.Owner, e.Url, e.Types, e.State, e.Why, e.FailingSince, e.FormerSecretUntil, e.CreatedAt);

    private static readonly Func<WebhookEndpoint, EndpointView> Compiled = Of.Compile();

    internal static EndpointView From(WebhookEndpoint endpoint) => Compiled(endpoint);
}

public static class ReadEndpoint
{
    public static async Task<EndpointView> Handle(Guid id, EvaluationDb db, ClaimsPrincipal user, HttpResponse response, CancellationToken cancel)
    {
        var endpoint = await db.WebhookEndpoints.AsNoTracking().OneAsync(id, user, cancel);
        response.SetETag(endpoint.Version);
        return EndpointView.From(endpoint);
    }

    public static Task<Page<EndpointView>> List([AsParameters] Paging page, EvaluationDb db, ClaimsPrincipal user, CancellationToken cancel) =>
        db.WebhookEndpoints.SeenBy(user).PageAsync(e => e.Number, page, EndpointView.Of, cancel: cancel);
}

/// <param name="Secret">As Standard Webhooks writes it: <c>whsec_</c> and base64.</param>
public sealed record SecretView(string Secret);

public static class EndpointSecret
{
    /// <summary>Read apart from the endpoint, so that no stored answer to a repeated request holds it.</summary>
    public static async Task<SecretView> Read(Guid id, EvaluationDb db, KeySeal seal, ClaimsPrincipal user, HttpResponse response, CancellationToken cancel)
    {
        var endpoint = await db.WebhookEndpoints.AsNoTracking().OneAsync(id, user, cancel);
        response.Headers.CacheControl = "no-store";
        return new(endpoint.ShownSecret(seal));
    }

    public static async Task<EndpointView> Rotate(Guid id, EvaluationDb db, KeySeal seal, ClaimsPrincipal user, TimeProvider clock, CancellationToken cancel)
    {
        var endpoint = await db.WebhookEndpoints.OneAsync(id, user, cancel);
        endpoint.Rotate(seal, clock.GetUtcNow());
        await db.SaveChangesAsync(cancel);
        return EndpointView.From(endpoint);
    }
}

public static class SwitchEndpoint
{
    /// <summary>What waited meanwhile is delivered; what was abandoned, when it was gone, has to be replayed.</summary>
    public static async Task<EndpointView> Enable(Guid id, EvaluationDb db, ClaimsPrincipal user, CancellationToken cancel)
    {
        var endpoint = await db.WebhookEndpoints.OneAsync(id, user, cancel);
        endpoint.Enable();
        await db.SaveChangesAsync(cancel);
        return EndpointView.From(endpoint);
    }

    /// <summary>Events from now on are not kept for it; what was queued before waits.</summary>
    public static async Task<EndpointView> Disable(Guid id, EvaluationDb db, ClaimsPrincipal user, CancellationToken cancel)
    {
        var endpoint = await db.WebhookEndpoints.OneAsync(id, user, cancel);
        endpoint.Disable(null);
        await db.SaveChangesAsync(cancel);
        return EndpointView.From(endpoint);
    }
}

public static class PingEndpoint
{
    /// <summary>Sends a <c>webhook.ping</c>; how it went is in the delivery log.</summary>
    public static async Task<Accepted> Handle(Guid id, EvaluationDb db, ClaimsPrincipal user, TimeProvider clock, CancellationToken cancel)
    {
        var endpoint = await db.WebhookEndpoints.AsNoTracking().OneAsync(id, user, cancel);
        if (endpoint.State != EndpointState.Active) throw new RuleBroken("webhook_not_active", "Enable the endpoint first.").With("state", endpoint.State);
        var now = clock.GetUtcNow();
        await db.QueueAsync(Guid.CreateVersion7(now), WebhookTypes.Ping, WebhookTypes.Body(WebhookTypes.Ping, now, new System.Text.Json.Nodes.JsonObject { ["endpointId"] = id }), [id], now, cancel);
        return TypedResults.Accepted($"/api/evaluation/webhooks/{id}/deliveries");
    }
}
