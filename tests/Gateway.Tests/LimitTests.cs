using System.Net;
using System.Net.Http.Json;
using BetterConnections.Testing;

namespace BetterConnections.Gateway.Tests;

public class LimitTests
{
    [Fact]
    public async Task A_client_that_asks_too_much_has_to_wait_while_another_goes_on()
    {
        await using var gateway = await GatewayApp.StartAsync(("Gateway:Limits:SignedIn:Burst", "5"), ("Gateway:Limits:SignedIn:PerSecond", "1"));
        var (greedy, modest) = (gateway.SignedIn(), gateway.SignedIn());

        var refused = await FirstRefusedAsync(greedy, () => new(HttpMethod.Get, "/api/inventory/devices"), atMost: 30);
        var passed = gateway.Backend.Seen.Count;

        await Task.FromResult(refused).RefusesAsync(HttpStatusCode.TooManyRequests, "rate_limited");
        Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 2);
        Assert.InRange(passed, 5, 29);
        Assert.Equal(HttpStatusCode.OK, (await modest.GetAsync("/api/inventory/devices")).StatusCode);
    }

    [Theory]
    [InlineData("Passwords", "/connect/token"), InlineData("Passwords", "/api/identity/me/password"), InlineData("Passwords", "/ops/sign-in"), InlineData("Passwords", "/session"), InlineData("Registrations", "/api/identity/registrations")]
    public async Task Guessing_passwords_and_registering_in_bulk_are_limited_by_address(string limit, string path)
    {
        await using var gateway = await GatewayApp.StartAsync(($"Gateway:Limits:{limit}:Burst", "3"), ($"Gateway:Limits:{limit}:PerSecond", "1"));

        // A token of one's own makes no new client of the same address.
        var refused = await FirstRefusedAsync(gateway.SignedIn(), () => new(HttpMethod.Post, path) { Content = JsonContent.Create(new { }) }, atMost: 30);

        await Task.FromResult(refused).RefusesAsync(HttpStatusCode.TooManyRequests, "rate_limited");
        Assert.NotNull(refused.Headers.RetryAfter);
        Assert.Equal(HttpStatusCode.OK, (await gateway.Anonymous().GetAsync("/.well-known/openid-configuration")).StatusCode);
    }

    [Theory]
    [InlineData("203.0.113.7", "203.0.113.7", "203.0.113.8")]
    [InlineData("2001:db8:0:1::7", "2001:db8:0:1:ffff::9", "2001:db8:0:2::7")] // one subscriber has a whole network
    public async Task Who_is_not_signed_in_is_known_by_address(string address, string same, string other)
    {
        await using var gateway = await GatewayApp.StartAsync(
            ("Gateway:Limits:Address:Burst", "5"), ("Gateway:Limits:Address:PerSecond", "1"), ("Gateway:TrustedProxies:0", "127.0.0.1"));
        var client = gateway.Anonymous();

        await FirstRefusedAsync(client, () => From(address), atMost: 30);
        var fromSame = await FirstRefusedAsync(client, () => From(same), atMost: 2);
        var fromOther = await client.SendAsync(From(other));

        Assert.Equal(HttpStatusCode.TooManyRequests, fromSame.StatusCode);
        Assert.Equal(HttpStatusCode.OK, fromOther.StatusCode);

        static HttpRequestMessage From(string address) => new(HttpMethod.Get, "/api/inventory/public/figures") { Headers = { { "X-Forwarded-For", address } } };
    }

    [Fact]
    public async Task A_warehouse_that_scans_is_not_limited()
    {
        await using var gateway = await GatewayApp.StartAsync();
        var warehouse = gateway.SignedIn();

        var answers = await Task.WhenAll(Enumerable.Range(0, 300).Select(_ => warehouse.GetAsync("/api/inventory/devices")));

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
    }

    private static async Task<HttpResponseMessage> FirstRefusedAsync(HttpClient client, Func<HttpRequestMessage> request, int atMost)
    {
        for (var i = 0; i < atMost; i++)
            if (await client.SendAsync(request()) is { StatusCode: HttpStatusCode.TooManyRequests } refused) return refused;
        throw new InvalidOperationException($"{atMost} requests passed.");
    }
}
