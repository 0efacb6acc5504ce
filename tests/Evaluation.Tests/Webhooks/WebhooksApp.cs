using BetterConnections.Contracts;
using BetterConnections.Evaluation.Webhooks;
using BetterConnections.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace BetterConnections.Evaluation.Tests.Webhooks;

/// <summary>A service that may deliver to loopback and whose delivery loop runs only when a test takes the step.</summary>
public sealed class WebhooksApp() : EvaluationApp
{
    public const string Path = "/api/evaluation/webhooks";

    protected override IEnumerable<(string Name, string Value)> Settings =>
    [
        .. base.Settings, ("Webhooks:AllowLocal", "true"), ("Webhooks:AnswerWithin", "00:00:02"),
        ("Evaluation:KeyEncryptionKey", Convert.ToBase64String(Enumerable.Range(1, 32).Select(i => (byte)i).ToArray())),
    ];

    protected override void Change(IServiceCollection services) =>
        services.Remove(services.Single(s => s.ServiceType == typeof(IHostedService) && s.ImplementationFactory?.Method.ReturnType == typeof(WebhookDelivering)));

    public Task DeliverDueAsync() => Services.GetRequiredService<WebhookDelivering>().DeliverDueAsync(TestContext.Current.CancellationToken);

    public Task ForgetOldAsync() => Services.GetRequiredService<WebhookDelivering>().ForgetOldAsync(TestContext.Current.CancellationToken);

    internal async Task<EndpointView> SubscribeAsync(HttpClient partner, string url, params string[] types) =>
        await partner.PostAsync<EndpointView>(Path, new { url, types });

    internal static async Task<string> SecretAsync(HttpClient partner, EndpointView endpoint) => (await partner.GetAsync<SecretView>($"{Path}/{endpoint.Id}/secret")).Secret;

    internal static async Task<IReadOnlyList<DeliveryView>> LogAsync(HttpClient partner, EndpointView endpoint) =>
        (await partner.GetAsync<Postgres.Page<DeliveryView>>($"{Path}/{endpoint.Id}/deliveries")).Items;

    internal Task<WebhookEndpoint> EndpointAsync(EndpointView view) => InDbAsync(db => db.WebhookEndpoints.AsNoTracking().SingleAsync(e => e.Id == view.Id));
}
