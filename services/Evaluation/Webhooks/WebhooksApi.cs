using System.Security.Claims;
using BetterConnections.Contracts;
using BetterConnections.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Evaluation.Webhooks;

public static class WebhooksApi
{
    /// <summary>A partner system's scope: it is told what happens in the whole programme, and sees its own endpoints.</summary>
    public const string Scope = "evaluation.webhooks";

    public static void AddWebhooks(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton(builder.Configuration.GetSection("Webhooks").Get<WebhookSettings>() ?? new());
        builder.Services.AddSingleton<WebhookTypes>();
        builder.Services.AddSingleton<WebhookSender>();
        builder.Services.AddSingleton<WebhookDelivering>();
        builder.Services.AddHostedService(services => services.GetRequiredService<WebhookDelivering>());
    }

    public static void MapWebhooks(this IEndpointRouteBuilder app)
    {
        var webhooks = app.MapGroup("/api/evaluation/webhooks").WithTags("Webhooks").RequireAuthorization(Access.For(Scope, Roles.ProgrammeOffice));
        webhooks.MapGet("/types", (WebhookTypes types) => types.All);
        webhooks.MapPost("/", AddEndpoint.Handle);
        webhooks.MapGet("/", ReadEndpoint.List);
        webhooks.MapGet("/{id:guid}", ReadEndpoint.Handle);
        webhooks.MapPut("/{id:guid}", ChangeEndpoint.Handle);
        webhooks.MapDelete("/{id:guid}", RemoveEndpoint.Handle);
        webhooks.MapGet("/{id:guid}/secret", EndpointSecret.Read);
        webhooks.MapPost("/{id:guid}/rotate-secret", EndpointSecret.Rotate);
        webhooks.MapPost("/{id:guid}/enable", SwitchEndpoint.Enable);
        webhooks.MapPost("/{id:guid}/disable", SwitchEndpoint.Disable);
        webhooks.MapPost("/{id:guid}/ping", PingEndpoint.Handle);
        webhooks.MapGet("/{id:guid}/deliveries", ListDeliveries.Handle);
        webhooks.MapPost("/{id:guid}/deliveries/{number:long}/replay", ReplayDeliveries.One);
        webhooks.MapPost("/{id:guid}/replay", ReplayDeliveries.Since);
    }

    /// <summary>The programme office sees all, a partner system its own.</summary>
    internal static IQueryable<WebhookEndpoint> SeenBy(this IQueryable<WebhookEndpoint> endpoints, ClaimsPrincipal user)
    {
        var subject = user.Subject();
        return user.IsInRole(Roles.ProgrammeOffice) ? endpoints : endpoints.Where(e => e.Owner == subject);
    }

    internal static async Task<WebhookEndpoint> OneAsync(this IQueryable<WebhookEndpoint> endpoints, Guid id, ClaimsPrincipal user, CancellationToken cancel) =>
        await endpoints.SeenBy(user).SingleOrDefaultAsync(e => e.Id == id, cancel) ?? throw new NotThere("webhook_unknown", "There is no such webhook endpoint.");
}
