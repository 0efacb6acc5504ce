using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using BetterConnections.Testing;
using Microsoft.AspNetCore.Http;
using Microsoft.IdentityModel.Tokens;

namespace BetterConnections.Gateway.Tests;

public class RoutingTests(GatewayApp gateway)
{
    [Theory]
    [InlineData("identity"), InlineData("inventory"), InlineData("enrollment"), InlineData("volunteer"), InlineData("training"), InlineData("evaluation")]
    public async Task A_request_reaches_the_service_that_owns_the_path_as_it_is(string service)
    {
        await using var owner = await Backend.StartAsync();
        await using var own = await GatewayApp.StartAsync(($"services:{service}:http:0", owner.Address));
        var path = $"/api/{service}/things/a%20b?state=InStock&after=1%2F2";

        Assert.Equal(HttpStatusCode.OK, (await own.SignedIn().DeleteAsync(path)).StatusCode);

        var seen = Assert.Single(owner.Seen);
        Assert.Equal(("DELETE", path), (seen.Method, seen.PathAndQuery));
        Assert.StartsWith("Bearer ", seen.Headers["Authorization"]);
        Assert.Empty(own.Backend.Seen);
    }

    [Theory]
    [InlineData("/api/nothing"), InlineData("/connected"), InlineData("/admin.php"), InlineData("/openapi/gateway.json")]
    public async Task An_unknown_path_is_a_404_problem(string path)
    {
        await gateway.Anonymous().GetAsync(path).RefusesAsync(HttpStatusCode.NotFound, "not_found");
        await gateway.SignedIn().GetAsync(path).RefusesAsync(HttpStatusCode.NotFound, "not_found");
    }

    [Fact]
    public async Task Nobody_tunnels_through_the_gateway()
    {
        // In raw bytes, for an HttpClient keeps CONNECT to its proxies.
        var address = gateway.Anonymous().BaseAddress!;
        using var connection = new TcpClient(address.Host, address.Port);
        await connection.GetStream().WriteAsync("CONNECT /api/inventory/public/figures HTTP/1.1\r\nHost: gateway\r\nConnection: close\r\n\r\n"u8.ToArray());
        var answer = await new StreamReader(connection.GetStream()).ReadToEndAsync();
        Assert.StartsWith("HTTP/1.1 405", answer);
        Assert.Contains("method_not_allowed", answer);
    }

    [Fact]
    public async Task Without_a_valid_token_nothing_reaches_a_service()
    {
        await using var own = await GatewayApp.StartAsync();
        var issuer = own.Issuer;
        HttpClient[] callers =
        [
            own.Anonymous(),
            own.With("nonsense"),
            own.With(issuer.Token("late", "logistics", validFor: TimeSpan.FromMinutes(-5))),
            own.With(issuer.Token("elsewhere", "logistics", audience: "another-system")),
            own.With(issuer.Token("forged", "logistics", key: new ECDsaSecurityKey(ECDsa.Create(ECCurve.NamedCurves.nistP256)))),
        ];

        foreach (var caller in callers)
            foreach (var service in GatewayApp.Services)
                await caller.GetAsync($"/api/{service}/things").RefusesAsync(HttpStatusCode.Unauthorized, "unauthorized");

        Assert.Empty(own.Backend.Seen);
    }

    [Theory]
    [InlineData("identity", "/connect/token")]
    [InlineData("identity", "/connect/authorize?client_id=portal")]
    [InlineData("identity", "/.well-known/openid-configuration")]
    [InlineData("identity", "/api/identity/registrations")]
    [InlineData("identity", "/api/identity/me/password")]
    [InlineData("inventory", "/api/inventory/certificates/abc/verification")]
    [InlineData("inventory", "/api/inventory/public/figures")]
    [InlineData("enrollment", "/api/enrollment/public/facilities")]
    [InlineData("training", "/api/training/public/certificates/7?language=ar")]
    [InlineData("evaluation", "/openrosa/key/7/projects/1/formList?deviceID=a%3Ab")]
    [InlineData("inventory", "/openapi/inventory.json")]
    [InlineData("enrollment", "/openapi/enrollment.json")]
    public async Task What_is_public_needs_no_token(string service, string path)
    {
        await using var owner = await Backend.StartAsync();
        await using var own = await GatewayApp.StartAsync(($"services:{service}:http:0", owner.Address));

        Assert.Equal(HttpStatusCode.OK, (await own.Anonymous().GetAsync(path)).StatusCode);

        Assert.Equal(path, Assert.Single(owner.Seen).PathAndQuery);
    }

    [Theory]
    [InlineData(409, "application/problem+json", """{"status":409,"code":"serial_already_known","detail":"as the service wrote it"}""")]
    [InlineData(500, "text/plain", "oh")]
    [InlineData(404, null, "")]
    [InlineData(304, null, "")]
    public async Task What_a_service_answers_is_passed_on_as_it_is(int status, string? type, string body)
    {
        await using var service = await Backend.StartAsync(answer: async http =>
        {
            http.Response.StatusCode = status;
            http.Response.ContentType = type;
            http.Response.Headers.ETag = "\"7\"";
            if (body != "") await http.Response.WriteAsync(body);
        });
        await using var own = await GatewayApp.StartAsync(("services:inventory:http:0", service.Address));

        var answer = await own.SignedIn().GetAsync("/api/inventory/devices/BC-000123-C");

        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal(type, answer.Content.Headers.ContentType?.ToString());
        Assert.Equal(body, await answer.Content.ReadAsStringAsync());
        Assert.Equal("\"7\"", answer.Headers.ETag?.Tag);
    }

    [Fact]
    public async Task Where_the_portal_is_not_built_a_devices_label_leads_to_the_API() =>
        Assert.Equal("/api/inventory/public/devices/BC-000123-C", (await gateway.Anonymous().GetAsync("/devices/BC-000123-C")).Headers.Location?.OriginalString);

    [Fact]
    public async Task The_documentation_lists_every_service_and_asks_no_third_party()
    {
        var client = gateway.Anonymous();
        Assert.Equal("/docs", (await client.GetAsync("/")).Headers.Location?.OriginalString);

        var page = await client.GetStringAsync("/docs/index.html");
        var script = await client.GetStringAsync("/docs/index.js");

        Assert.DoesNotContain("//", page.Replace("<!--", "").Replace("-->", ""));
        foreach (var service in GatewayApp.Services) Assert.Contains($"\"/openapi/{service}.json\"", script);
        foreach (var file in new[] { "swagger-ui-bundle.js", "swagger-ui-standalone-preset.js", "swagger-ui.css", "index.css" })
            Assert.Equal(HttpStatusCode.OK, (await client.GetAsync($"/docs/{file}")).StatusCode);
    }
}
