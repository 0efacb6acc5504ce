using System.Net;
using System.Text.Json;
using BetterConnections.Contracts;
using BetterConnections.Testing;

namespace BetterConnections.Gateway.Tests.Sessions;

public class CodeFlowTests
{
    private const string Devices = "/api/inventory/devices";

    [Fact]
    public async Task A_person_signs_in_at_the_authoritys_page_and_comes_back_to_where_the_way_began()
    {
        await using var authority = await Authority.StartAsync();
        await using var gateway = await StartAsync(authority);
        var browser = new Browser(gateway.Anonymous());
        Assert.Equal("/session/challenge", (await browser.OpenAsync()).GetProperty("signInAt").GetString());

        var back = await GoAsync(browser, "/training/sessions?day=1&b=2");

        Assert.Equal(HttpStatusCode.OK, back.StatusCode);
        // No redirect: the cookie is for requests that our own pages begin.
        Assert.Contains("content=\"0;url=/training/sessions?day=1&amp;b=2\"", await back.Content.ReadAsStringAsync());
        var view = await browser.OpenAsync();
        Assert.Equal("somebody", view.GetProperty("id").GetString());
        Assert.Equal([Roles.Evaluator, Roles.Operator], view.GetProperty("roles").EnumerateArray().Select(r => r.GetString()));
        Assert.Equal(HttpStatusCode.OK, (await browser.SendAsync(HttpMethod.Post, Devices, new { })).StatusCode);
        Assert.Single(gateway.Backend.Seen);
        Assert.Equal("/session/challenge?returnTo=/ops", (await gateway.Anonymous().GetAsync("/ops/sign-in")).Headers.Location?.OriginalString);
    }

    [Fact]
    public async Task The_session_is_renewed_and_ended_at_the_authority()
    {
        await using var authority = await Authority.StartAsync();
        authority.TokensLast = TimeSpan.FromMinutes(2); // the id token has to be good
        await using var gateway = await StartAsync(authority);
        var browser = new Browser(gateway.Anonymous());
        await GoAsync(browser);
        var before = (await browser.OpenAsync()).GetProperty("endsAt").GetDateTimeOffset();
        authority.TokensLast = TimeSpan.FromMinutes(10);

        var view = await (await browser.RenewAsync()).ReadAsync<JsonElement>();

        Assert.True(view.GetProperty("endsAt").GetDateTimeOffset() > before);
        Assert.Equal(HttpStatusCode.OK, (await browser.RenewAsync()).StatusCode); // by the same refresh token, for it gave no other
        Assert.Equal(HttpStatusCode.NoContent, (await browser.SignOutAsync()).StatusCode);
        Assert.Equal("refresh", Assert.Single(authority.Revoked));
        await browser.SendAsync(HttpMethod.Get, Devices).RefusesAsync(HttpStatusCode.Unauthorized, "unauthorized");
    }

    [Fact]
    public async Task A_sign_in_that_this_browser_did_not_begin_does_not_end_here()
    {
        await using var authority = await Authority.StartAsync();
        await using var gateway = await StartAsync(authority);
        var (attacker, victim) = (gateway.Anonymous(), gateway.Anonymous());
        var attackers = await AtAuthorityAsync(await attacker.GetAsync("/session/challenge"));
        await victim.GetAsync("/session/challenge"); // has begun one of its own

        await victim.GetAsync(attackers).RefusesAsync(HttpStatusCode.BadRequest, "sign_in_out_of_date");
        await gateway.Anonymous().GetAsync(attackers).RefusesAsync(HttpStatusCode.BadRequest, "sign_in_out_of_date");
        await gateway.Anonymous().GetAsync("/session/callback").RefusesAsync(HttpStatusCode.BadRequest, "sign_in_out_of_date");

        Assert.Equal(HttpStatusCode.OK, (await attacker.GetAsync(attackers)).StatusCode);
        await attacker.GetAsync(attackers).RefusesAsync(HttpStatusCode.BadRequest, "sign_in_out_of_date"); // it serves once
    }

    [Theory]
    [InlineData("code", "stolen-code"), InlineData("iss", "https://elsewhere.example"), InlineData("error", "access_denied")]
    public async Task What_the_authority_did_not_say_signs_nobody_in(string name, string value)
    {
        await using var authority = await Authority.StartAsync();
        await using var gateway = await StartAsync(authority);
        var browser = new Browser(gateway.Anonymous());
        var back = await AtAuthorityAsync(await browser.Client.GetAsync("/session/challenge"));
        var query = back.Query.TrimStart('?').Split('&').Where(pair => !pair.StartsWith(name + "=", StringComparison.Ordinal)).Append($"{name}={Uri.EscapeDataString(value)}");

        await browser.Client.GetAsync("/session/callback?" + string.Join('&', query)).RefusesAsync(HttpStatusCode.Unauthorized, "sign_in_failed");

        Assert.False((await browser.OpenAsync()).GetProperty("signedIn").GetBoolean());
    }

    [Fact]
    public async Task A_code_that_somebody_else_fetched_is_of_no_use_without_the_verifier_of_its_browser()
    {
        await using var authority = await Authority.StartAsync();
        await using var gateway = await StartAsync(authority);
        var (victim, thief) = (gateway.Anonymous(), gateway.Anonymous());
        var victims = await AtAuthorityAsync(await victim.GetAsync("/session/challenge"));
        var thiefs = await AtAuthorityAsync(await thief.GetAsync("/session/challenge"));
        static string Of(Uri address, string name) => System.Web.HttpUtility.ParseQueryString(address.Query)[name]!;

        await thief.GetAsync($"/session/callback?code={Of(victims, "code")}&state={Of(thiefs, "state")}").RefusesAsync(HttpStatusCode.Unauthorized, "sign_in_failed");
    }

    [Theory]
    [InlineData("another nonce", null), InlineData(null, "another client")]
    public async Task An_id_token_of_another_sign_in_or_for_another_client_signs_nobody_in(string? nonce, string? audience)
    {
        await using var authority = await Authority.StartAsync();
        (authority.OtherNonce, authority.OtherAudience) = (nonce, audience);
        await using var gateway = await StartAsync(authority);
        var browser = new Browser(gateway.Anonymous());

        await GoAsync(browser).RefusesAsync(HttpStatusCode.Unauthorized, "sign_in_failed");

        Assert.False((await browser.OpenAsync()).GetProperty("signedIn").GetBoolean());
    }

    [Fact]
    public async Task An_id_token_that_signed_somebody_in_opens_nothing_by_itself()
    {
        await using var authority = await Authority.StartAsync();
        await using var gateway = await StartAsync(authority);
        await GoAsync(new(gateway.Anonymous()));

        await gateway.With(authority.LastIdToken!).GetAsync(Devices).RefusesAsync(HttpStatusCode.Unauthorized, "unauthorized");
    }

    [Theory]
    [InlineData("https://elsewhere.example/"), InlineData("//elsewhere.example"), InlineData("/\\elsewhere.example"), InlineData("javascript:alert(1)"), InlineData("/\t/elsewhere.example")]
    public async Task Nobody_is_sent_on_to_another_site(string returnTo)
    {
        await using var authority = await Authority.StartAsync();
        await using var gateway = await StartAsync(authority);

        Assert.Contains("content=\"0;url=/\"", await (await GoAsync(new(gateway.Anonymous()), returnTo)).Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task No_password_is_taken_where_people_sign_in_elsewhere_and_no_other_page_where_they_sign_in_here()
    {
        await using var authority = await Authority.StartAsync();
        await using var gateway = await StartAsync(authority);
        var browser = new Browser(gateway.Anonymous());
        await browser.OpenAsync();

        await browser.SignInAsync().RefusesAsync(HttpStatusCode.Conflict, "sign_in_elsewhere");

        await using var ours = await Entrance.OpenAsync();
        await ours.Browser().Client.GetAsync("/session/challenge").RefusesAsync(HttpStatusCode.NotFound, "sign_in_here");
    }

    [Fact]
    public async Task While_the_authority_is_away_the_answer_says_when_to_try_again()
    {
        await using var gateway = await GatewayApp.StartAsync(("Authentication:Authority", "http://127.0.0.1:1"), ("Gateway:SignIn:ClientId", Authority.Client));

        var answer = await gateway.Anonymous().GetAsync("/session/challenge");

        await Task.FromResult(answer).RefusesAsync(HttpStatusCode.ServiceUnavailable, "service_unavailable");
        Assert.NotNull(answer.Headers.RetryAfter);
    }

    private static Task<GatewayApp> StartAsync(Authority authority) => GatewayApp.StartAsync(("Authentication:Authority", authority.Address),
        ("Gateway:SignIn:ClientId", Authority.Client), ("Gateway:SignIn:ClientSecret", Authority.ClientSecret));

    /// <summary>The whole way, from our page to the authority's and back.</summary>
    private static async Task<HttpResponseMessage> GoAsync(Browser browser, string returnTo = "/")
    {
        var challenge = await browser.Client.GetAsync($"/session/challenge?returnTo={Uri.EscapeDataString(returnTo)}");
        return await browser.Client.GetAsync(await AtAuthorityAsync(challenge));
    }

    /// <summary>Where the authority sends the browser.</summary>
    private static async Task<Uri> AtAuthorityAsync(HttpResponseMessage challenge)
    {
        Assert.Equal(HttpStatusCode.Found, challenge.StatusCode);
        using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });
        var answer = await client.GetAsync(challenge.Headers.Location);
        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        return answer.Headers.Location!;
    }
}
