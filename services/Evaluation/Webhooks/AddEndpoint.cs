using System.ComponentModel.DataAnnotations;
using System.Net;
using System.Security.Claims;
using BetterConnections.Postgres;
using BetterConnections.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Evaluation.Webhooks;

/// <param name="Url">https, on the public internet.</param>
/// <param name="Types">Event types wanted; none means all.</param>
public sealed record EndpointFacts([Required, StringLength(2000)] string Url, IReadOnlyList<string>? Types = null)
{
    internal string CheckedUrl(WebhookSettings settings)
    {
        if (!Uri.TryCreate(Url, UriKind.Absolute, out var uri) || uri.UserInfo.Length > 0 || !(uri.Scheme == "https" || (settings.AllowLocal && uri.Scheme == "http")))
            throw new BadInput("webhook_url_not_valid", "Give an absolute https address without a user name in it.");
        // Names are checked at each connection; this spares the partner a riddle.
        if (!settings.AllowLocal && (uri.IsLoopback || (IPAddress.TryParse(uri.DnsSafeHost, out var address) && !PublicAddresses.IsPublic(address))))
            throw new BadInput("webhook_url_not_public", "This address is not on the public internet.");
        return uri.AbsoluteUri;
    }
}

public static class AddEndpoint
{
    private const int Most = 20;

    public static async Task<Created<EndpointView>> Handle(EndpointFacts request, EvaluationDb db, WebhookTypes types, WebhookSettings settings, KeySeal seal,
        ClaimsPrincipal user, TimeProvider clock, HttpResponse response, CancellationToken cancel)
    {
        var owner = user.Subject();
        if (await db.WebhookEndpoints.CountAsync(e => e.Owner == owner, cancel) >= Most)
            throw new RuleBroken("webhooks_too_many", $"At most {Most} endpoints each; remove one first.");
        var endpoint = WebhookEndpoint.Create(owner, request.CheckedUrl(settings), types.Known(request.Types ?? []), seal, clock.GetUtcNow());
        db.WebhookEndpoints.Add(endpoint);
        await db.SaveChangesAsync(cancel);
        response.SetETag(endpoint.Version);
        return TypedResults.Created($"/api/evaluation/webhooks/{endpoint.Id}", EndpointView.From(endpoint));
    }
}

public static class ChangeEndpoint
{
    public static async Task<EndpointView> Handle(Guid id, EndpointFacts request, EvaluationDb db, WebhookTypes types, WebhookSettings settings,
        ClaimsPrincipal user, HttpRequest http, CancellationToken cancel)
    {
        var endpoint = await db.WebhookEndpoints.OneAsync(id, user, cancel);
        http.RequireMatch(endpoint.Version);
        endpoint.Change(request.CheckedUrl(settings), types.Known(request.Types ?? []));
        await db.SaveChangesAsync(cancel);
        http.HttpContext.Response.SetETag(endpoint.Version);
        return EndpointView.From(endpoint);
    }
}

public static class RemoveEndpoint
{
    /// <summary>With its deliveries; what was not delivered yet is not delivered any more.</summary>
    public static async Task<NoContent> Handle(Guid id, EvaluationDb db, ClaimsPrincipal user, CancellationToken cancel)
    {
        db.WebhookEndpoints.Remove(await db.WebhookEndpoints.OneAsync(id, user, cancel));
        await db.SaveChangesAsync(cancel);
        return TypedResults.NoContent();
    }
}
