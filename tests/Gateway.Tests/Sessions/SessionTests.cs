using System.Net;
using System.Text.Json;
using BetterConnections.Testing;
using Microsoft.IdentityModel.JsonWebTokens;

namespace BetterConnections.Gateway.Tests.Sessions;

public class SessionTests
{
    private const string Devices = "/api/inventory/devices";

    [Fact]
    public async Task A_signed_in_browsers_requests_reach_services_with_its_token_and_without_its_cookie()
    {
        await using var entrance = await Entrance.OpenAsync();
        var browser = await entrance.SignedInAsync();

        Assert.Equal(HttpStatusCode.OK, (await browser.SendAsync(HttpMethod.Get, Devices)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await browser.SendAsync(HttpMethod.Post, Devices, new { })).StatusCode);

        Assert.Equal(2, entrance.Reached.Count);
        Assert.All(entrance.Reached, seen =>
        {
            Assert.Equal("warehouse@example.org", Subject(seen));
            Assert.DoesNotContain("Cookie", seen.Headers.Keys);
            Assert.DoesNotContain("X-Form-Token", seen.Headers.Keys);
        });
    }

    [Theory]
    [InlineData("POST"), InlineData("PUT"), InlineData("PATCH"), InlineData("DELETE")]
    public async Task Without_the_form_token_of_its_session_a_browser_changes_nothing(string method)
    {
        await using var entrance = await Entrance.OpenAsync();
        var (browser, other) = (await entrance.SignedInAsync(), await entrance.SignedInAsync());

        foreach (var token in new[] { null, "guessed", other.FormToken })
        {
            browser.FormToken = token;
            await browser.SendAsync(new(method), Devices, new { }).RefusesAsync(HttpStatusCode.Forbidden, "form_token_missing");
            await browser.SendAsync(new(method), "/api/inventory/public/figures", new { }).RefusesAsync(HttpStatusCode.Forbidden, "form_token_missing");
        }

        Assert.Empty(entrance.Reached);
        Assert.Equal(HttpStatusCode.OK, (await browser.SendAsync(HttpMethod.Get, Devices)).StatusCode);
    }

    [Fact]
    public async Task A_header_of_its_own_counts_more_than_the_cookie_and_needs_no_form_token()
    {
        await using var entrance = await Entrance.OpenAsync();
        var browser = await entrance.SignedInAsync();
        browser.FormToken = null;

        var answer = await browser.SendAsync(HttpMethod.Post, Devices, new { }, $"Bearer {entrance.Gateway.Issuer.Token("scanner", "logistics")}");
        await browser.SendAsync(HttpMethod.Post, Devices, new { }, "Bearer nonsense").RefusesAsync(HttpStatusCode.Unauthorized, "unauthorized");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("scanner", Subject(Assert.Single(entrance.Reached)));
    }

    [Fact]
    public async Task Outside_the_API_the_cookie_counts_for_nothing()
    {
        await using var entrance = await Entrance.OpenAsync();
        var browser = await entrance.SignedInAsync();
        browser.FormToken = null;

        await browser.SendAsync(HttpMethod.Post, "/xapi/statements", new { }).RefusesAsync(HttpStatusCode.Unauthorized, "unauthorized");
        Assert.Equal(HttpStatusCode.OK, (await browser.SendAsync(HttpMethod.Post, "/openrosa/key/7/projects/1/submission")).StatusCode);

        Assert.DoesNotContain(Assert.Single(entrance.Reached).Headers.Keys, header => header is "Authorization" or "Cookie");
    }

    [Fact]
    public async Task A_signed_in_browser_is_limited_as_its_person_and_not_as_its_address()
    {
        await using var entrance = await Entrance.OpenAsync(("Gateway:Limits:Address:Burst", "5"), ("Gateway:Limits:Address:PerSecond", "1"));
        var browser = await entrance.SignedInAsync();

        for (var i = 0; i < 30; i++) Assert.Equal(HttpStatusCode.OK, (await browser.SendAsync(HttpMethod.Get, Devices)).StatusCode);
    }

    [Fact]
    public async Task A_session_goes_on_after_its_token_has_ended()
    {
        await using var entrance = await Entrance.OpenAsync();
        entrance.TokensLast = TimeSpan.FromMinutes(-5);
        var browser = await entrance.SignedInAsync();
        var formToken = browser.FormToken;
        await browser.SendAsync(HttpMethod.Get, Devices).RefusesAsync(HttpStatusCode.Unauthorized, "unauthorized");
        Assert.Equal(HttpStatusCode.OK, (await browser.SendAsync(HttpMethod.Get, "/api/inventory/public/figures")).StatusCode);
        Assert.True((await browser.OpenAsync()).GetProperty("signedIn").GetBoolean());

        entrance.TokensLast = TimeSpan.FromMinutes(10);
        var view = await (await browser.RenewAsync()).ReadAsync<JsonElement>();

        Assert.True(view.GetProperty("endsAt").GetDateTimeOffset() > DateTimeOffset.UtcNow);
        Assert.Equal(formToken, view.GetProperty("formToken").GetString()); // other tabs go on with it
        Assert.Equal(HttpStatusCode.OK, (await browser.SendAsync(HttpMethod.Post, Devices, new { })).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await browser.RenewAsync()).StatusCode);
        Assert.Equal(2, entrance.Used.Distinct().Count());
    }

    [Fact]
    public async Task A_renewal_whose_answer_was_lost_is_asked_for_again_with_the_same_refresh_token()
    {
        await using var entrance = await Entrance.OpenAsync();
        var phone = entrance.Browser();
        await phone.OpenAsync();
        var signedIn = await phone.SignInAsync();
        var before = phone.Client.BaseAddress!.Holding(signedIn.Cookie());
        var phoneOffline = new Browser(before) { FormToken = phone.FormToken };
        await phoneOffline.RenewAsync(); // it forgets the cookie of the answer, as if that had not arrived

        var answer = await phoneOffline.RenewAsync();

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Single(entrance.Used.Distinct());
        Assert.Equal(HttpStatusCode.OK, (await phone.Client.BaseAddress!.Holding(answer.Cookie()).GetAsync(Devices)).StatusCode);
    }

    [Fact]
    public async Task When_Identity_has_ended_the_session_the_browser_hears_it_and_is_nobody()
    {
        await using var entrance = await Entrance.OpenAsync();
        var browser = await entrance.SignedInAsync();
        entrance.AcceptsRefreshTokens = false;

        await browser.RenewAsync().RefusesAsync(HttpStatusCode.Unauthorized, "session_ended");

        await browser.SendAsync(HttpMethod.Get, Devices).RefusesAsync(HttpStatusCode.Unauthorized, "unauthorized");
        await browser.RenewAsync().RefusesAsync(HttpStatusCode.Unauthorized, "session_ended");
        Assert.Equal(HttpStatusCode.OK, (await browser.SignInAsync()).StatusCode); // with the form token that the page already has
    }

    [Fact]
    public async Task While_Identity_is_away_nobody_is_signed_out()
    {
        await using var entrance = await Entrance.OpenAsync();
        var browser = await entrance.SignedInAsync();
        await entrance.Identity.DisposeAsync();

        await browser.RenewAsync().RefusesAsync(HttpStatusCode.ServiceUnavailable, "service_unavailable");

        Assert.Equal(HttpStatusCode.OK, (await browser.SendAsync(HttpMethod.Get, Devices)).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await browser.SignOutAsync()).StatusCode); // who leaves a shared computer cannot wait for it
        await browser.SendAsync(HttpMethod.Get, Devices).RefusesAsync(HttpStatusCode.Unauthorized, "unauthorized");
    }

    [Fact]
    public async Task Signing_out_ends_the_session_at_Identity_and_takes_the_cookie_away()
    {
        await using var entrance = await Entrance.OpenAsync();
        var browser = await entrance.SignedInAsync();
        await browser.RenewAsync();

        var answer = await browser.SignOutAsync();

        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        Assert.StartsWith("bc-session=;", answer.SetCookie());
        Assert.NotEqual(Assert.Single(entrance.Used), Assert.Single(entrance.Revoked)); // the newest
        await browser.SendAsync(HttpMethod.Get, Devices).RefusesAsync(HttpStatusCode.Unauthorized, "unauthorized");
        Assert.Equal(HttpStatusCode.NoContent, (await browser.SignOutAsync()).StatusCode);
    }

    [Fact]
    public async Task Another_site_neither_renews_nor_signs_out()
    {
        await using var entrance = await Entrance.OpenAsync();
        var browser = await entrance.SignedInAsync();
        browser.FormToken = "guessed";

        await browser.RenewAsync().RefusesAsync(HttpStatusCode.Forbidden, "form_token_missing");
        await browser.SignOutAsync().RefusesAsync(HttpStatusCode.Forbidden, "form_token_missing");

        Assert.Empty(entrance.Used);
        Assert.Empty(entrance.Revoked);
    }

    [Fact]
    public async Task A_cookie_that_was_changed_is_none()
    {
        await using var entrance = await Entrance.OpenAsync();
        var browser = entrance.Browser();
        await browser.OpenAsync();
        var cookie = (await browser.SignInAsync()).Cookie();
        var address = browser.Client.BaseAddress!;
        Assert.Equal(HttpStatusCode.OK, (await address.Holding(cookie).GetAsync(Devices)).StatusCode);

        var middle = cookie.Length / 2;
        var changed = cookie[..middle] + (cookie[middle] == 'A' ? 'B' : 'A') + cookie[(middle + 1)..];
        foreach (var bad in new[] { changed, cookie[..^20], "bc-session=", "bc-session=nonsense", "bc-session=chunks-2", cookie.Replace("bc-session", "bc-other") })
            await address.Holding(bad).GetAsync(Devices).RefusesAsync(HttpStatusCode.Unauthorized, "unauthorized");
    }

    [Fact]
    public async Task A_cookie_that_was_not_used_for_long_is_none_whatever_the_browser_says()
    {
        await using var entrance = await Entrance.OpenAsync(("Gateway:SessionLifetime", "00:00:03"));
        var browser = entrance.Browser();
        await browser.OpenAsync();
        var held = browser.Client.BaseAddress!.Holding((await browser.SignInAsync()).Cookie());

        await Eventually.BecomesAsync(async () => (await held.GetAsync(Devices)).StatusCode, status => status == HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Tokens_too_large_for_one_cookie_are_kept_in_several()
    {
        await using var entrance = await Entrance.OpenAsync();
        var browser = await entrance.SignedInAsync(new string('w', 4000) + "@example.org");

        Assert.Equal(HttpStatusCode.OK, (await browser.SendAsync(HttpMethod.Get, Devices)).StatusCode);
        Assert.Equal(4012, Subject(Assert.Single(entrance.Reached)).Length);
    }

    [Fact]
    public async Task Gateways_that_share_a_folder_of_keys_share_sessions_and_others_do_not()
    {
        var keys = Directory.CreateTempSubdirectory("bc-keys-");
        try
        {
            await using var one = await Entrance.OpenAsync(("Gateway:SessionKeys", keys.FullName));
            await using var two = await GatewayApp.StartAsync(("Gateway:SessionKeys", keys.FullName), ("Authentication:Authority", one.Gateway.Issuer.Authority));
            await using var stranger = await GatewayApp.StartAsync(("Authentication:Authority", one.Gateway.Issuer.Authority));
            var browser = one.Browser();
            await browser.OpenAsync();
            var cookie = (await browser.SignInAsync()).Cookie();

            Assert.Equal(HttpStatusCode.OK, (await two.Anonymous().BaseAddress!.Holding(cookie).GetAsync(Devices)).StatusCode);
            await stranger.Anonymous().BaseAddress!.Holding(cookie).GetAsync(Devices).RefusesAsync(HttpStatusCode.Unauthorized, "unauthorized");
        }
        finally
        {
            keys.Delete(recursive: true);
        }
    }

    private static string Subject(Seen seen) => new JsonWebToken(seen.Headers["Authorization"]["Bearer ".Length..]).Subject;
}
