using System.Collections.Concurrent;
using BetterConnections.Contracts;
using Microsoft.AspNetCore.Http;

namespace BetterConnections.Gateway.Tests.Sessions;

/// <summary>A gateway, the Identity service behind it as its own tests know it, and browsers before it.</summary>
internal sealed class Entrance : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, string> _refreshTokens = new();

    private Entrance() { }

    public GatewayApp Gateway { get; private set; } = null!;
    public Backend Identity { get; private set; } = null!;
    /// <summary>The other services.</summary>
    public IReadOnlyList<Seen> Reached => Gateway.Backend.Seen;

    public Guid Organisation { get; } = Guid.NewGuid();
    /// <summary>Of the tokens that Identity gives from now on.</summary>
    public TimeSpan TokensLast { get; set; } = TimeSpan.FromMinutes(10);
    /// <summary>Refresh tokens in the order in which they were used.</summary>
    public ConcurrentQueue<string> Used { get; } = new();
    public ConcurrentQueue<string> Revoked { get; } = new();
    public bool AcceptsRefreshTokens { get; set; } = true;

    public static async Task<Entrance> OpenAsync(params (string Name, string? Value)[] settings)
    {
        var entrance = new Entrance();
        entrance.Identity = await Backend.StartAsync(answer: entrance.AnswerAsync);
        entrance.Gateway = await GatewayApp.StartAsync([("services:identity:http:0", entrance.Identity.Address), .. settings]);
        return entrance;
    }

    /// <summary>Another browser, of somebody who is not signed in.</summary>
    public Browser Browser() => new(Gateway.Anonymous());

    public async Task<Browser> SignedInAsync(string userName = "warehouse@example.org")
    {
        var browser = Browser();
        await browser.OpenAsync();
        Assert.Equal(200, (int)(await browser.SignInAsync(userName)).StatusCode);
        return browser;
    }

    private async Task AnswerAsync(HttpContext http)
    {
        if (http.Request.Path == "/api/identity/me") return;
        var form = await http.Request.ReadFormAsync();
        if (http.Request.Path == "/connect/revoke")
        {
            Revoked.Enqueue(form["token"].ToString());
            return;
        }
        var (status, answer) = (form["grant_type"].ToString(), form["password"].ToString()) switch
        {
            ("password", "right") => (200, TokensOf(form["username"].ToString())),
            ("password", "strange") => (200, new { access_token = "eyJ.of.nobody", refresh_token = "r" }),
            ("password", "handed out") => (400, new { error = "password_change_required", error_description = "Choose another." }),
            ("password", _) => (400, new { error = "invalid_grant", error_description = "The user name or the password is wrong." }),
            _ => Refresh(form["refresh_token"].ToString()),
        };
        http.Response.StatusCode = status;
        await http.Response.WriteAsJsonAsync(answer);
    }

    private (int, object) Refresh(string token)
    {
        Used.Enqueue(token);
        return AcceptsRefreshTokens && _refreshTokens.TryGetValue(token, out var userName)
            ? (200, TokensOf(userName)) : (400, new { error = "invalid_grant", error_description = "Sign in again." });
    }

    private object TokensOf(string userName)
    {
        var refreshToken = Guid.NewGuid().ToString("n");
        _refreshTokens[refreshToken] = userName;
        var role = userName.StartsWith("operator", StringComparison.Ordinal) ? Roles.Operator : Roles.Logistics;
        return new { access_token = Gateway.Issuer.Token(userName, role, Organisation, validFor: TokensLast), refresh_token = refreshToken };
    }

    public async ValueTask DisposeAsync()
    {
        await Gateway.DisposeAsync();
        await Identity.DisposeAsync();
    }
}
