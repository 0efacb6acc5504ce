using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using BetterConnections.Contracts;
using BetterConnections.Testing;

namespace BetterConnections.Gateway.Tests.Sessions;

public class SignInTests
{
    [Fact]
    public async Task A_browser_that_comes_for_the_first_time_is_nobody()
    {
        await using var entrance = await Entrance.OpenAsync();
        var browser = entrance.Browser();

        var view = await browser.OpenAsync();

        Assert.Equal(["signedIn", "signInAt", "formToken"], view.EnumerateObject().Select(p => p.Name));
        Assert.False(view.GetProperty("signedIn").GetBoolean());
        Assert.Equal(JsonValueKind.Null, view.GetProperty("signInAt").ValueKind); // a password is asked for here
        Assert.Equal(view.GetProperty("formToken").GetString(), (await browser.OpenAsync()).GetProperty("formToken").GetString());
        await browser.Client.GetAsync("/api/inventory/devices").RefusesAsync(HttpStatusCode.Unauthorized, "unauthorized");
    }

    [Fact]
    public async Task A_password_signs_in_and_the_page_learns_who_it_is_but_no_token()
    {
        await using var entrance = await Entrance.OpenAsync();
        var browser = entrance.Browser();
        await browser.OpenAsync();
        var before = browser.FormToken;

        var answer = await browser.SignInAsync();

        var view = await answer.ReadAsync<JsonElement>();
        Assert.True(view.GetProperty("signedIn").GetBoolean());
        Assert.Equal("warehouse@example.org", view.GetProperty("id").GetString());
        Assert.Equal([Roles.Logistics], view.GetProperty("roles").EnumerateArray().Select(r => r.GetString()));
        Assert.Equal(entrance.Organisation, view.GetProperty("organisation").GetGuid());
        Assert.InRange(view.GetProperty("endsAt").GetDateTimeOffset() - DateTimeOffset.UtcNow, TimeSpan.FromMinutes(8), TimeSpan.FromMinutes(10));
        Assert.NotEqual(before, browser.FormToken); // whoever planted a session before the sign-in does not know it
        Assert.DoesNotContain("eyJ", await answer.Content.ReadAsStringAsync() + answer.SetCookie());
        Assert.True(answer.Headers.CacheControl?.NoStore);
        Assert.Equal(view.ToString(), (await browser.OpenAsync()).ToString());
    }

    [Theory]
    [InlineData("http", "bc-session=", false), InlineData("https", "__Host-bc-session=", true)]
    public async Task The_cookie_is_for_this_host_alone_out_of_reach_of_scripts_and_of_other_sites(string scheme, string name, bool secure)
    {
        await using var entrance = await Entrance.OpenAsync(("Gateway:TrustedProxies:0", "127.0.0.1"));
        var client = entrance.Gateway.Anonymous();
        client.DefaultRequestHeaders.Add("X-Forwarded-Proto", scheme);

        var cookie = (await client.GetAsync("/session")).SetCookie();

        Assert.StartsWith(name, cookie);
        foreach (var word in new[] { "path=/;", "samesite=strict", "httponly", "max-age=604800" }) Assert.Contains(word, cookie + ";");
        Assert.Equal(secure, cookie.Contains("; secure"));
        Assert.DoesNotContain("domain", cookie);
    }

    [Theory]
    [InlineData("wrong", HttpStatusCode.Unauthorized, "sign_in_failed")]
    [InlineData("handed out", HttpStatusCode.Forbidden, "password_change_required")]
    [InlineData("strange", HttpStatusCode.ServiceUnavailable, "token_not_accepted")]
    public async Task Who_is_not_signed_in_is_told_why_and_can_try_again(string password, HttpStatusCode status, string code)
    {
        await using var entrance = await Entrance.OpenAsync();
        var browser = entrance.Browser();
        await browser.OpenAsync();

        await browser.SignInAsync(password: password).RefusesAsync(status, code);

        await browser.Client.GetAsync("/api/inventory/devices").RefusesAsync(HttpStatusCode.Unauthorized, "unauthorized");
        Assert.Equal(HttpStatusCode.OK, (await browser.SignInAsync()).StatusCode);
    }

    [Fact]
    public async Task While_Identity_is_away_the_answer_says_when_to_try_again()
    {
        await using var entrance = await Entrance.OpenAsync(("services:identity:http:0", "http://127.0.0.1:1"));
        var browser = entrance.Browser();
        await browser.OpenAsync();

        var answer = await browser.SignInAsync();

        await Task.FromResult(answer).RefusesAsync(HttpStatusCode.ServiceUnavailable, "service_unavailable");
        Assert.NotNull(answer.Headers.RetryAfter);
    }

    [Fact]
    public async Task Another_site_signs_nobody_in()
    {
        await using var entrance = await Entrance.OpenAsync();
        var browser = entrance.Browser();
        await browser.OpenAsync();
        var others = (await entrance.Browser().OpenAsync()).GetProperty("formToken").GetString();

        foreach (var token in new[] { null, "", "guessed", others })
        {
            browser.FormToken = token;
            await browser.SignInAsync().RefusesAsync(HttpStatusCode.Forbidden, "form_token_missing");
        }
        // A form, which is all that another site can send without asking first, is not even looked at.
        await browser.Client.PostAsync("/session", new FormUrlEncodedContent([new("userName", "x"), new("password", "right")])).RefusesAsync(HttpStatusCode.NotFound, "not_found");

        Assert.DoesNotContain(entrance.Identity.Seen, s => s.PathAndQuery == "/connect/token");
    }
}
