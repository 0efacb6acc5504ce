using System.Net;
using System.Text.RegularExpressions;
using BetterConnections.Contracts;

namespace BetterConnections.Gateway.Tests.Ops;

public class OpsSignInTests
{
    [Theory]
    [InlineData(Roles.Operator, "wrong", 401, "The user name or the password is wrong.")]
    [InlineData(Roles.ProgrammeOffice, "right", 403, "This account is not an operator&#x27;s.")]
    public async Task Who_may_not_in_is_told_why(string role, string password, int status, string sentence)
    {
        await using var night = await Night.FallsAsync(role);
        var browser = night.Browser();

        var answer = await Night.SendFormAsync(browser, "/ops/sign-in", "/ops/sign-in", ("username", "somebody@example.org"), ("password", password));

        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Contains(sentence, await answer.Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.Found, (await browser.GetAsync("/ops")).StatusCode);
    }

    [Fact]
    public async Task While_Identity_is_away_the_form_says_so()
    {
        await using var night = await Night.FallsAsync(settings: ("services:identity:http:0", "http://127.0.0.1:1"));

        var answer = await Night.SendFormAsync(night.Browser(), "/ops/sign-in", "/ops/sign-in", ("username", "operator@example.org"), ("password", "right"));

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Contains("Identity service does not answer", await answer.Content.ReadAsStringAsync());
    }

    [Theory, InlineData("http", false), InlineData("https", true)]
    public async Task The_cookie_is_for_this_page_only_and_holds_no_readable_token(string scheme, bool secure)
    {
        await using var night = await Night.FallsAsync(settings: ("Gateway:TrustedProxies:0", "127.0.0.1"));
        var browser = night.Browser();
        var form = await browser.GetAsync("/ops/sign-in");
        var token = Regex.Match(await form.Content.ReadAsStringAsync(), "Token\" value=\"([^\"]+)\"").Groups[1].Value;
        browser.DefaultRequestHeaders.Add("X-Forwarded-Proto", scheme);

        var answer = await browser.PostAsync("/ops/sign-in", new FormUrlEncodedContent(
            [new("username", "operator@example.org"), new("password", "right"), new("__RequestVerificationToken", token)]));

        var cookie = Assert.Single(answer.Headers.GetValues("Set-Cookie"), c => c.StartsWith("bc-ops="));
        foreach (var word in new[] { "path=/ops", "samesite=strict", "httponly" }) Assert.Contains(word, cookie);
        Assert.Equal(secure, cookie.Contains("; secure"));
        Assert.DoesNotContain("eyJ", cookie);
    }

    [Fact]
    public async Task The_sign_in_ends_with_its_token()
    {
        // Over, but within the 30 seconds by which clocks may differ, so that Identity's token is still taken.
        await using var night = await Night.FallsAsync(signedInFor: TimeSpan.FromSeconds(-5));
        Assert.Equal(HttpStatusCode.Found, (await (await night.SignedInAsync()).GetAsync("/ops")).StatusCode);
    }

    [Fact]
    public async Task Signed_out_is_signed_out()
    {
        await using var night = await Night.FallsAsync();
        var browser = await night.SignedInAsync();

        Assert.Equal("/ops/sign-in", (await Night.SendFormAsync(browser, "/ops", "/ops/sign-out")).Headers.Location?.OriginalString);

        Assert.Equal(HttpStatusCode.Found, (await browser.GetAsync("/ops")).StatusCode);
    }

    [Fact]
    public async Task Gateways_that_share_a_folder_of_keys_share_sign_ins()
    {
        var keys = Directory.CreateTempSubdirectory("bc-keys-");
        try
        {
            await using var one = await Night.FallsAsync(settings: ("Gateway:SessionKeys", keys.FullName));
            await using var two = await Night.FallsAsync(settings: ("Gateway:SessionKeys", keys.FullName));
            var browser = await one.SignedInAsync();

            // Cookies know no ports, so the browser takes its own along.
            var there = new UriBuilder(browser.BaseAddress!) { Port = two.Browser().BaseAddress!.Port, Path = "/ops" }.Uri;
            Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync(there)).StatusCode);
        }
        finally
        {
            keys.Delete(recursive: true);
        }
    }
}

internal static partial class Html
{
    /// <summary>Without the white space between elements.</summary>
    public static string Flat(this string html) => BetweenElements().Replace(html, "><");

    [GeneratedRegex(@">\s+<")]
    private static partial Regex BetweenElements();
}
