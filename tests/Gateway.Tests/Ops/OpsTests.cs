using System.Net;
using System.Text.RegularExpressions;
using BetterConnections.Contracts;
using BetterConnections.Gateway.Ops;
using BetterConnections.Testing;

namespace BetterConnections.Gateway.Tests.Ops;

public class OpsTests
{
    [Fact]
    public async Task Who_is_not_signed_in_is_sent_to_the_form_and_a_bearer_token_does_not_help()
    {
        await using var night = await Night.FallsAsync();
        foreach (var browser in new[] { night.Browser(), night.Gateway.With(night.Gateway.Issuer.Token("operator", Roles.Operator)) })
        {
            var answer = await browser.GetAsync("/ops");
            Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
            Assert.Equal("/ops/sign-in", answer.Headers.Location!.OriginalString);
        }
        Assert.DoesNotContain(night.Services.Seen, s => s.PathAndQuery.EndsWith("/messaging"));
    }

    [Fact]
    public void What_replicas_have_in_hand_is_added_up_and_the_newest_effect_of_all_is_told()
    {
        var (at, outbox) = (DateTimeOffset.UtcNow, new OutboxReport(0, null, null));
        MessagingReport Replica(long inHand, NewestEffect? newest) => new(outbox, [new("inventory.one", Waiting: 7, Failed: 1, inHand, newest)]);

        var told = MessagingReport.Of([Replica(3, new(at.AddMinutes(-1), 9)), Replica(16, new(at, 2)), Replica(0, null)])!;

        Assert.Equal([new QueueReport("inventory.one", Waiting: 7, Failed: 1, InHand: 19, new(at, 2))], told.Queues);
        Assert.Null(MessagingReport.Of([]));
        Assert.Equal(outbox, MessagingReport.Of([new(null, []), Replica(0, null)])!.Outbox); // one replica has lost its database
    }

    [Fact]
    public async Task An_operator_sees_how_every_service_is_and_what_waits()
    {
        await using var night = await Night.FallsAsync();
        var browser = await night.SignedInAsync();

        var page = await browser.GetStringAsync("/ops");

        foreach (var service in GatewayApp.Services) Assert.Contains($"<td>{service}</td>", page);
        Assert.Contains("<td>gateway</td><td class=\"good\">Healthy</td><td></td>", page.Flat());
        Assert.Contains("queues: Messages were given up.", page);
        Assert.DoesNotContain("database:", page); // it is healthy
        Assert.Contains("1.2.3&#x2B;abc", page);
        Assert.Contains("2026-11-22 01:02:03Z", page);
        Assert.Contains("<td>17</td>", page);
        Assert.Contains($"<td>{Night.Failed}</td>", page);
        Assert.Contains("<td>5</td><td>16</td>", page.Flat());
        Assert.Contains("<td>2.5 s</td>", page);
        Assert.Matches(@"<td>\d+ s ago</td>", page);
        Assert.DoesNotContain("inventory.quiet", page);
        Assert.Contains("2 queues in all", page);
        var asked = night.Services.Seen.Where(s => s.PathAndQuery.EndsWith("/messaging")).ToList();
        Assert.Equal(GatewayApp.Services.Length, asked.Count);
        Assert.All(asked, s => Assert.StartsWith("Bearer ", s.Headers["Authorization"]));
    }

    [Fact]
    public async Task While_a_database_is_away_the_queues_are_shown_and_the_outbox_is_unknown()
    {
        await using var night = await Night.FallsAsync(isDatabaseAway: true);
        var browser = await night.SignedInAsync();

        var page = (await browser.GetStringAsync("/ops")).Flat();

        Assert.Contains("<td>inventory</td><td class=\"bad\" colspan=\"3\">Unknown: the database does not answer.</td>", page);
        Assert.Contains($"<td>{Night.Failed}</td><td>5</td><td>16</td>", page);
    }

    [Fact]
    public async Task The_pages_run_no_script_whatever_a_service_says_and_are_kept_nowhere()
    {
        await using var night = await Night.FallsAsync();
        var browser = await night.SignedInAsync();

        foreach (var path in new[] { "/ops", "/ops/sign-in", $"/ops/inventory/queues/{Night.Failed}" })
        {
            var answer = await browser.GetAsync(path);
            Assert.Equal("text/html", answer.Content.Headers.ContentType?.MediaType);
            Assert.DoesNotContain("<script", await answer.Content.ReadAsStringAsync());
            Assert.Equal("default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'", Assert.Single(answer.Headers.GetValues("Content-Security-Policy")));
            Assert.True(answer.Headers.CacheControl?.NoStore);
        }
        Assert.Equal("text/css", (await browser.GetAsync("/ops/ops.css")).Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task One_click_replays_a_queue_and_the_page_says_how_many_went_back_and_how_many_are_left()
    {
        await using var night = await Night.FallsAsync();
        var browser = await night.SignedInAsync();

        var answer = await browser.SendFormAsync("/ops", $"/ops/inventory/queues/{Night.Failed}/replay");

        Assert.Equal((HttpStatusCode.Found, "/ops?replayed=3&left=5"), (answer.StatusCode, answer.Headers.Location?.OriginalString));
        var replay = Assert.Single(night.Services.Seen, s => s.PathAndQuery.EndsWith("/replay"));
        Assert.Equal("POST", replay.Method);
        Assert.StartsWith("Bearer ", replay.Headers["Authorization"]);
        Assert.Contains("3 messages went back into the queue; 5 are left: replay again.", await browser.GetStringAsync("/ops?replayed=3&left=5"));
        Assert.Contains("1 message went back into the queue.", await browser.GetStringAsync("/ops?replayed=1&left=0"));
    }

    [Fact]
    public async Task The_errors_of_a_queue_are_shown_without_the_messages()
    {
        await using var night = await Night.FallsAsync();
        var browser = await night.SignedInAsync();

        var page = await browser.GetStringAsync($"/ops/inventory/queues/{Night.Failed}");

        Assert.Contains("<td>FacilitySpaceReady</td><td>2026-11-22 01:02:03Z</td><td>No kit &lt;b&gt;left&lt;/b&gt;.</td>", page);
    }

    [Theory]
    [InlineData("/ops/inventory/queues/none", "inventory has no queue none.")]
    [InlineData("/ops/nothing/queues/none", "There is no service nothing.")]
    public async Task What_is_not_there_is_a_404_on_the_page_from_which_one_goes_on(string path, string sentence)
    {
        await using var night = await Night.FallsAsync();
        var browser = await night.SignedInAsync();

        await RefusesOnPageAsync(await browser.GetAsync(path), HttpStatusCode.NotFound, sentence);
        // So it is for a form of a page that knew another release.
        var token = Regex.Match(await browser.GetStringAsync("/ops"), "name=\"formToken\" value=\"([^\"]+)\"").Groups[1].Value;
        await RefusesOnPageAsync(await browser.PostAsync($"{path}/replay", new FormUrlEncodedContent([new("formToken", token)])), HttpStatusCode.NotFound, sentence);
    }

    [Fact]
    public async Task A_replay_that_is_not_confirmed_is_said_on_the_page_and_can_be_repeated_there()
    {
        await using var night = await Night.FallsAsync();
        night.ReplayStatus = 503;
        var browser = await night.SignedInAsync();

        var answer = await browser.SendFormAsync("/ops", $"/ops/inventory/queues/{Night.Failed}/replay");

        await RefusesOnPageAsync(answer, HttpStatusCode.ServiceUnavailable, "inventory did not confirm the replay.");
        Assert.NotNull(answer.Headers.RetryAfter);
    }

    [Fact]
    public async Task A_service_that_does_not_tell_of_a_queue_is_no_queue_without_errors()
    {
        await using var night = await Night.FallsAsync(settings: ("services:training:http:0", "http://127.0.0.1:1"));

        var answer = await (await night.SignedInAsync()).GetAsync("/ops/training/queues/training.any");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Contains("training does not tell", await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_form_of_another_site_changes_nothing()
    {
        await using var night = await Night.FallsAsync();
        var browser = await night.SignedInAsync();

        foreach (var form in new[] { $"/ops/inventory/queues/{Night.Failed}/replay", "/ops/sign-out" })
            await RefusesOnPageAsync(await browser.PostAsync(form, new FormUrlEncodedContent([])), HttpStatusCode.BadRequest, "Nothing was done:");
        var signIn = await night.Browser().PostAsync("/ops/sign-in", new FormUrlEncodedContent([new("username", "x"), new("password", "right")]));
        Assert.Equal((HttpStatusCode.BadRequest, "text/html"), (signIn.StatusCode, signIn.Content.Headers.ContentType?.MediaType));
        Assert.Contains("<p class=\"bad\" role=\"alert\">Nothing was done:", await signIn.Content.ReadAsStringAsync());
        Assert.Contains("action=\"/ops/sign-in\"", await signIn.Content.ReadAsStringAsync());

        Assert.DoesNotContain(night.Services.Seen, s => s.PathAndQuery.EndsWith("/replay"));
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/ops")).StatusCode);
    }

    [Fact]
    public async Task A_dead_service_and_one_that_hangs_are_shown_as_such_and_the_page_comes()
    {
        await using var hanging = await Backend.StartAsync(answer: http => Task.Delay(Timeout.Infinite, http.RequestAborted));
        await using var night = await Night.FallsAsync(settings: [("services:training:http:0", "http://127.0.0.1:1"), ("services:volunteer:http:0", hanging.Address)]);
        var browser = await night.SignedInAsync();

        var page = await browser.GetStringAsync("/ops").WaitAsync(TimeSpan.FromSeconds(8));

        foreach (var service in new[] { "training", "volunteer" }) Assert.Contains($"<td>{service}</td><td class=\"bad\">Dead</td><td>Does not answer.</td>", page.Flat());
        Assert.Contains("<td>inventory</td><td class=\"bad\">Degraded</td>", page.Flat());
    }

    /// <summary>A person can read why, and go on from there.</summary>
    private static async Task RefusesOnPageAsync(HttpResponseMessage answer, HttpStatusCode status, string sentence)
    {
        Assert.Equal((status, "text/html"), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
        var page = await answer.Content.ReadAsStringAsync();
        Assert.Contains($"<p class=\"bad\" role=\"alert\">{sentence}", page);
        Assert.Contains($"action=\"/ops/inventory/queues/{Night.Failed}/replay\"", page);
        Assert.Contains("frame-ancestors 'none'", Assert.Single(answer.Headers.GetValues("Content-Security-Policy")));
        Assert.True(answer.Headers.CacheControl?.NoStore);
    }
}
