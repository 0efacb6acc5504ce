using System.Net;
using System.Text.Json;
using BetterConnections.Contracts;
using BetterConnections.Testing;

namespace BetterConnections.Journeys.Tests;

public sealed class NightJourneyTests(WholeSystem system)
{
    private const string Queue = "inventory.reserve-kit-when-facility-space-ready", Failed = $"action=\"/ops/inventory/queues/{Queue}/replay\"";

    [Fact]
    public async Task What_was_given_up_is_seen_and_replayed_at_the_operators_page_and_the_audit_trail_says_by_whom()
    {
        var operators = await system.Staff.HireAsync(Roles.Operator);
        using var browser = system.Browser();
        await browser.SendFormAsync("/ops/sign-in", "/ops/sign-in", ("username", operators.UserName), ("password", operators.Password));
        await system.Books.PutInQueueAsync(Queue, "no message at all");

        await Eventually.BecomesAsync(() => browser.GetStringAsync("/ops"), page => page.Contains(Failed));
        var answer = await browser.SendFormAsync("/ops", $"/ops/inventory/queues/{Queue}/replay");

        Assert.Equal((HttpStatusCode.Found, "/ops?replayed=1&left=0"), (answer.StatusCode, answer.Headers.Location?.OriginalString));
        var by = (await operators.GetAsync<JsonElement>("/api/identity/me")).GetProperty("id").GetString();
        var trail = await operators.GetAsync<JsonElement>($"/api/inventory/audit?subject={by}");
        var entry = Assert.Single(trail.GetProperty("items").EnumerateArray());
        Assert.Equal("POST /api/inventory/messaging/queues/{queue}/replay", entry.GetProperty("action").GetString());
        Assert.Equal($"queue={Queue}", entry.GetProperty("target").GetString());
        await Audit.TrailIsIntactAsync(operators, "inventory");
        // It is no better than before.
        await Eventually.BecomesAsync(() => browser.GetStringAsync("/ops"), page => page.Contains(Failed));
        await system.Books.EmptyAsync($"{Queue}_error");
    }
}
