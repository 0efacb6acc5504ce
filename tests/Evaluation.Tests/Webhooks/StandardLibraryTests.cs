using System.Text.Json;
using BetterConnections.Contracts;
using BetterConnections.Testing;

namespace BetterConnections.Evaluation.Tests.Webhooks;

/// <summary>A class of its own with a service of its own: the library reads the real clock, which no test here moves.</summary>
public class StandardLibraryTests(WebhooksApp evaluation) : IClassFixture<WebhooksApp>
{
    [Fact]
    public async Task The_library_of_the_standard_takes_a_delivery_for_genuine_and_an_altered_one_not()
    {
        await using var receiver = await Receiver.StartAsync();
        var partner = evaluation.WithScope("evaluation.webhooks");
        var endpoint = await evaluation.SubscribeAsync(partner, receiver.Url, "facility.suspended");
        await evaluation.DeliverAsync(new FacilitySuspended(Guid.NewGuid(), "water", evaluation.Clock.GetUtcNow()));
        await evaluation.DeliverDueAsync();
        var (received, secret) = (Assert.Single(receiver.Inbox), await WebhooksApp.SecretAsync(partner, endpoint));

        Assert.Equal("genuine", (await VerifyAsync(received, secret)).Trim());
        var refusal = await Assert.ThrowsAsync<InvalidOperationException>(() => VerifyAsync(received with { Body = received.Body.Replace("water", "wine") }, secret));
        Assert.Contains("No matching signature", refusal.Message);
    }

    private static Task<string> VerifyAsync(Received received, string secret) => Clients.RunAsync("verify-webhook.mjs", JsonSerializer.Serialize(new
    { secret, id = received.Id, timestamp = received.Timestamp, signature = string.Join(' ', received.Signatures), body = received.Body }));
}
