using System.Net;
using System.Text.RegularExpressions;
using BetterConnections.Contracts;
using BetterConnections.Testing;
using BetterConnections.Gateway.Tests.Sessions;

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

        var answer = await browser.SendFormAsync("/ops/sign-in", "/ops/sign-in", ("username", "somebody@example.org"), ("password", password));

        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Contains(sentence, await answer.Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.Found, (await browser.GetAsync("/ops")).StatusCode);
    }

    [Fact]
    public async Task While_Identity_is_away_the_form_says_so()
    {
        await using var night = await Night.FallsAsync(settings: ("services:identity:http:0", "http://127.0.0.1:1"));

        var answer = await night.Browser().SendFormAsync("/ops/sign-in", "/ops/sign-in", ("username", "operator@example.org"), ("password", "right"));

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Contains("Who signs people in does not answer.", await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task The_sign_in_ends_with_its_token()
    {
        await using var night = await Night.FallsAsync(signedInFor: TimeSpan.FromMinutes(-5));
        Assert.Equal(HttpStatusCode.Found, (await (await night.SignedInAsync()).GetAsync("/ops")).StatusCode);
    }

    [Theory]
    [InlineData(Roles.Operator, HttpStatusCode.OK), InlineData(Roles.ProgrammeOffice, HttpStatusCode.Found)]
    public async Task Who_signed_in_at_the_portal_is_signed_in_here_too_if_an_operator(string role, HttpStatusCode status)
    {
        await using var night = await Night.FallsAsync(role);
        var browser = new Browser(night.Browser());
        await browser.OpenAsync();

        await browser.SignInAsync();

        Assert.Equal(status, (await browser.Client.GetAsync("/ops")).StatusCode);
    }

    [Fact]
    public async Task Signed_out_is_signed_out()
    {
        await using var night = await Night.FallsAsync();
        var browser = await night.SignedInAsync();

        Assert.Equal("/ops/sign-in", (await browser.SendFormAsync("/ops", "/ops/sign-out")).Headers.Location?.OriginalString);

        Assert.Equal(HttpStatusCode.Found, (await browser.GetAsync("/ops")).StatusCode);
    }
}

internal static partial class Html
{
    /// <summary>Without the white space between elements.</summary>
    public static string Flat(this string html) => BetweenElements().Replace(html, "><");

    [GeneratedRegex(@">\s+<")]
    private static partial Regex BetweenElements();
}
