using System.Net;
using BetterConnections.Contracts;
using BetterConnections.Testing;
using Microsoft.AspNetCore.Http;

namespace BetterConnections.Gateway.Tests.Ops;

/// <summary>A gateway whose services answer as they do at night, and a browser before it.</summary>
internal sealed class Night : IAsyncDisposable
{
    public const string Failed = "inventory.reserve-kit-when-facility-space-ready";

    private Night() { }

    public GatewayApp Gateway { get; private set; } = null!;
    /// <summary>Identity, Inventory and all the others in one.</summary>
    public Backend Services { get; private set; } = null!;
    /// <summary>Of the account whose password is "right".</summary>
    public string Role { get; init; } = Roles.Operator;
    public TimeSpan SignedInFor { get; init; } = TimeSpan.FromMinutes(10);
    public int ReplayStatus { get; set; } = 200;
    /// <summary>Inventory's.</summary>
    public bool IsDatabaseAway { get; init; }
    private string Outbox => IsDatabaseAway ? "null" : """{"unsent":17,"oldestUnsentAt":"2026-11-22T01:02:03+00:00","lastError":"<script>alert(1)</script>"}""";

    public static async Task<Night> FallsAsync(string role = Roles.Operator, TimeSpan? signedInFor = null, bool isDatabaseAway = false, params (string Name, string? Value)[] settings)
    {
        var night = new Night { Role = role, SignedInFor = signedInFor ?? TimeSpan.FromMinutes(10), IsDatabaseAway = isDatabaseAway };
        night.Services = await Backend.StartAsync(answer: night.AnswerAsync);
        night.Gateway = await GatewayApp.StartAsync([.. GatewayApp.Services.Select(s => ($"services:{s}:http:0", (string?)night.Services.Address)), .. settings]);
        return night;
    }

    /// <summary>Keeps cookies and follows no redirect by itself.</summary>
    public HttpClient Browser() => Gateway.Anonymous();

    public async Task<HttpClient> SignedInAsync()
    {
        var browser = Browser();
        var answer = await browser.SendFormAsync("/ops/sign-in", "/ops/sign-in", ("username", "operator@example.org"), ("password", "right"));
        Assert.Equal((HttpStatusCode.Found, "/ops"), (answer.StatusCode, answer.Headers.Location?.OriginalString));
        return browser;
    }

    private async Task AnswerAsync(HttpContext http)
    {
        var path = http.Request.Path.Value!;
        var (status, json) = path switch
        {
            "/connect/token" when (await http.Request.ReadFormAsync())["password"] == "right" =>
                (200, $$"""{"access_token":"{{Gateway.Issuer.Token("operator-7", Role, validFor: SignedInFor)}}","refresh_token":"r"}"""),
            "/connect/token" => (400, """{"error":"invalid_grant","error_description":"The user name or the password is wrong."}"""),
            "/health" => (200, """
                {"status":"Degraded","version":"1.2.3+abc","startedAt":"2026-11-22T01:02:03+00:00",
                 "checks":{"database":{"status":"Healthy","description":null},"queues":{"status":"Degraded","description":"Messages were given up."}}}
                """),
            "/api/inventory/messaging" => (200, $$"""
                {"outbox":{{Outbox}},
                 "queues":[{"queue":"{{Failed}}","waiting":5,"failed":3,"inHand":16,"newest":{"at":"2026-11-22T01:02:03+00:00","lagSeconds":2.46} },{"queue":"inventory.quiet","waiting":0,"failed":0}]}
                """),
            $"/api/inventory/messaging/queues/{Failed}/failed" => (200, """[{"id":"7","event":"FacilitySpaceReady","failedAt":"2026-11-22T01:02:03+00:00","error":"No kit <b>left</b>."}]"""),
            $"/api/inventory/messaging/queues/{Failed}/replay" => (ReplayStatus, $$"""{"queue":"{{Failed}}","replayed":3,"left":5}"""),
            _ => (404, "{}"),
        };
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/json";
        await http.Response.WriteAsync(json);
    }

    public async ValueTask DisposeAsync()
    {
        await Gateway.DisposeAsync();
        await Services.DisposeAsync();
    }
}
