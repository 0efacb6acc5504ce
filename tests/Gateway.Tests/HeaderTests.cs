using System.Diagnostics;
using System.Net;
using System.Text.Json;
using BetterConnections.Contracts;
using BetterConnections.ServiceDefaults;
using BetterConnections.Testing;
using Microsoft.AspNetCore.Http;

namespace BetterConnections.Gateway.Tests;

public class HeaderTests(GatewayApp gateway)
{
    [Theory]
    [InlineData("/api/inventory/devices"), InlineData("/api/nothing"), InlineData("/docs/index.html"), InlineData("/health")]
    public async Task Every_answer_has_the_security_headers_and_names_no_server(string path)
    {
        var answer = await gateway.SignedIn().GetAsync(path);

        Assert.Equal("nosniff", Header(answer, "X-Content-Type-Options"));
        Assert.Equal("DENY", Header(answer, "X-Frame-Options"));
        Assert.Equal("no-referrer", Header(answer, "Referrer-Policy"));
        Assert.Contains("frame-ancestors 'none'", Header(answer, "Content-Security-Policy"));
        Assert.False(answer.Headers.Contains("Server"));
        Assert.False(answer.Headers.Contains("Strict-Transport-Security")); // not asked over https
    }

    [Fact]
    public async Task A_service_may_state_a_content_policy_of_its_own()
    {
        await using var service = await Backend.StartAsync(answer: http =>
        {
            http.Response.Headers.ContentSecurityPolicy = "default-src 'none'";
            return Task.CompletedTask;
        });
        await using var own = await GatewayApp.StartAsync(("services:inventory:http:0", service.Address));

        Assert.Equal("default-src 'none'", Header(await own.SignedIn().GetAsync("/api/inventory/labels"), "Content-Security-Policy"));
    }

    [Theory]
    [InlineData(null), InlineData("10.0.0.0/8")]
    public async Task What_a_client_claims_about_itself_is_not_passed_on(string? trusted)
    {
        await using var own = await GatewayApp.StartAsync(("Gateway:TrustedProxies:0", trusted));
        var client = own.SignedIn();

        await client.SendAsync(Claiming("203.0.113.7"));

        var headers = Assert.Single(own.Backend.Seen).Headers;
        Assert.Equal("127.0.0.1", headers["X-Forwarded-For"]);
        Assert.Equal("http", headers["X-Forwarded-Proto"]);
        Assert.Equal(client.BaseAddress!.Authority, headers["X-Forwarded-Host"]);
        Assert.DoesNotContain("X-Forwarded-Prefix", headers.Keys);
        Assert.DoesNotContain("Forwarded", headers.Keys);
    }

    [Theory]
    [InlineData("127.0.0.1"), InlineData("127.0.0.0/8")]
    public async Task A_trusted_proxy_is_believed_but_not_the_client_behind_it(string trusted)
    {
        await using var own = await GatewayApp.StartAsync(("Gateway:TrustedProxies:0", trusted));

        var answer = await own.SignedIn().SendAsync(Claiming("198.51.100.1, 203.0.113.7")); // the first is the client's own word

        var headers = Assert.Single(own.Backend.Seen).Headers;
        Assert.Equal(("203.0.113.7", "https", "connections.example"), (headers["X-Forwarded-For"], headers["X-Forwarded-Proto"], headers["X-Forwarded-Host"]));
        Assert.Equal("max-age=31536000", Header(answer, "Strict-Transport-Security"));
    }

    [Fact]
    public async Task A_trusted_proxy_that_is_no_address_stops_the_start()
    {
        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => GatewayApp.StartAsync(("Gateway:TrustedProxies:0", "the load balancer")));
        Assert.Contains("the load balancer", failure.Message);
    }

    [Fact]
    public async Task The_clients_correlation_id_goes_on_and_comes_back()
    {
        await using var own = await GatewayApp.StartAsync();
        var id = new string('a', 58) + "-Z.9:_";

        var answer = await own.SignedIn().SendAsync(With("X-Correlation-Id", id));

        Assert.Equal(id, Header(answer, "X-Correlation-Id"));
        Assert.Equal(id, Assert.Single(own.Backend.Seen).Headers["X-Correlation-Id"]);
    }

    [Theory]
    [InlineData(null), InlineData("two words"), InlineData("<script>"), InlineData("65aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    public async Task Without_a_sane_correlation_id_the_trace_id_is_one(string? given)
    {
        using var telemetry = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Microsoft.AspNetCore",
            Sample = (ref _) => ActivitySamplingResult.AllData,
        };
        ActivitySource.AddActivityListener(telemetry);
        await using var own = await GatewayApp.StartAsync();

        var answer = await own.SignedIn().SendAsync(With("X-Correlation-Id", given));

        var headers = Assert.Single(own.Backend.Seen).Headers;
        Assert.Equal(headers["traceparent"].Split('-')[1], Header(answer, "X-Correlation-Id"));
        Assert.Equal(headers["X-Correlation-Id"], Header(answer, "X-Correlation-Id"));
    }

    [Fact]
    public async Task A_refusal_by_the_gateway_has_a_correlation_id_too() =>
        Assert.NotEmpty(Header(await gateway.Anonymous().GetAsync("/api/inventory/devices"), "X-Correlation-Id"));

    private static HttpRequestMessage Claiming(string address) => new(HttpMethod.Get, "/api/inventory/devices")
    {
        Headers =
        {
            { "X-Forwarded-For", address }, { "X-Forwarded-Proto", "https" }, { "X-Forwarded-Host", "connections.example" },
            { "X-Forwarded-Prefix", "/elsewhere" }, { "Forwarded", $"for={address};proto=https" },
        },
    };

    private static HttpRequestMessage With(string name, string? value)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, "/api/inventory/devices");
        if (value is not null) request.Headers.TryAddWithoutValidation(name, value);
        return request;
    }

    private static string Header(HttpResponseMessage answer, string name) => Assert.Single(answer.Headers.GetValues(name));

    [Fact]
    public async Task Of_health_a_stranger_hears_the_status_and_only_an_operator_the_version_and_the_replicas()
    {
        foreach (var stranger in new[] { gateway.Anonymous(), gateway.SignedIn(Roles.ProgrammeOffice) })
            Assert.Equal("""{"status":"Healthy"}""", await stranger.GetStringAsync("/health"));

        var all = await gateway.SignedIn(Roles.Operator).GetAsync<JsonElement>("/health");
        Assert.Equal(Health.Version, all.GetProperty("version").GetString());
        Assert.Equal(1, all.GetProperty("checks").GetProperty("services").GetProperty("data").GetProperty("inventory").GetProperty("reachable").GetInt32());
    }
}
