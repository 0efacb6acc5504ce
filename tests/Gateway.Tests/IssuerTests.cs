using System.Net;
using BetterConnections.Testing;

namespace BetterConnections.Gateway.Tests;

public class IssuerTests
{
    [Fact]
    public async Task A_token_that_cannot_be_judged_because_the_issuer_is_away_is_no_401()
    {
        await using var issuer = await TestIssuer.StartAsync();
        await using var line = CuttableLine.To(new Uri(issuer.Authority));
        line.Cut();
        await using var gateway = await GatewayApp.StartAsync(("Authentication:Authority", issuer.Authority),
            ("Authentication:MetadataAddress", new Uri(line.Address, "/.well-known/openid-configuration").ToString()));
        using var client = gateway.With(issuer.Token("somebody", "logistics"));

        await client.GetAsync("/api/inventory/devices").RefusesAsync(HttpStatusCode.ServiceUnavailable, "issuer_unavailable");
        Assert.NotNull((await client.GetAsync("/api/inventory/devices")).Headers.RetryAfter);

        line.Mend();
        await Eventually.BecomesAsync(async () => (await client.GetAsync("/api/inventory/devices")).StatusCode, status => status == HttpStatusCode.OK);
        // Now that the keys are known, a token that nobody known has signed is the caller's fault.
        await using var stranger = await TestIssuer.StartAsync();
        line.Cut();
        using var forger = gateway.With(stranger.Token("somebody", "logistics"));
        await forger.GetAsync("/api/inventory/devices").RefusesAsync(HttpStatusCode.Unauthorized, "unauthorized");
    }
}
