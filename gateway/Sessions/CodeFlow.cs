using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using BetterConnections.ServiceDefaults;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.WebUtilities;
using Secret = BetterConnections.ServiceDefaults.Secret;

namespace BetterConnections.Gateway.Sessions;

/// <summary>
/// Signing in at the page of another OpenID Connect authority: authorization code flow with PKCE (RFC 7636), state and nonce, as RFC 9700 asks
/// for. By hand, because the framework's handler cannot be restored beside this system's packages (decision 23).
/// </summary>
internal sealed class CodeFlow(TokenSource tokens, SessionCookie cookie, IDataProtectionProvider protection, GatewaySettings settings)
{
    private const string Callback = "/session/callback", AttemptCookie = "bc-sign-in";
    private static readonly TimeSpan AttemptLasts = TimeSpan.FromMinutes(15);

    private readonly ITimeLimitedDataProtector _seal = protection.CreateProtector("sign-in").ToTimeLimitedDataProtector();

    /// <summary>What has to fit when the browser comes back. It alone holds it, so nobody can make it end a sign-in that it did not begin.</summary>
    private sealed record Attempt(string State, string Nonce, string Verifier, string ReturnTo)
    {
        public string Challenge => Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(Verifier)));
    }

    /// <summary>Sends the browser to the authority's page.</summary>
    /// <exception cref="NotThere">People sign in here.</exception>
    public async Task<IResult> BeginAsync(HttpContext http, string? returnTo, CancellationToken cancel)
    {
        if (!tokens.IsElsewhere) throw new NotThere("sign_in_here", "People sign in here, by POST /session.");
        var attempt = new Attempt(Secret.Create(), Secret.Create(), Secret.Create(), IsHere(returnTo) ? returnTo! : "/");
        http.Response.Cookies.Append(AttemptCookie, _seal.Protect(JsonSerializer.Serialize(attempt), AttemptLasts), AttemptOptions(http));
        return Results.Redirect(QueryHelpers.AddQueryString((await tokens.DocumentAsync(cancel)).AuthorizationEndpoint, new Dictionary<string, string?>
        {
            ["response_type"] = "code",
            ["client_id"] = settings.SignIn.ClientId,
            ["redirect_uri"] = RedirectAddress(http),
            ["scope"] = settings.SignIn.Scope,
            ["state"] = attempt.State,
            ["nonce"] = attempt.Nonce,
            ["code_challenge"] = attempt.Challenge,
            ["code_challenge_method"] = "S256",
        }));
    }

    /// <summary>The browser is back, with a code or a refusal.</summary>
    public async Task<IResult> EndAsync(HttpContext http, string? state, string? code, string? iss, string? error, CancellationToken cancel)
    {
        var attempt = Read(http);
        http.Response.Cookies.Delete(AttemptCookie, AttemptOptions(http)); // it serves once
        if (attempt is null || state is null || !CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(state), Encoding.UTF8.GetBytes(attempt.State)))
            throw new BadInput("sign_in_out_of_date", "This sign-in was not begun in this browser, or too long ago. Begin again.");
        // RFC 9207: who answers has to be whom we asked.
        if (code is null || error is not null || (iss is not null && iss != (await tokens.DocumentAsync(cancel)).Issuer))
            throw new Refused(StatusCodes.Status401Unauthorized, "sign_in_failed", "The sign-in was refused or broken off. Begin again.");

        cookie.Write(http, Session.Of(await tokens.ByCodeAsync(code, attempt.Verifier, RedirectAddress(http), attempt.Nonce, cancel)));
        return Results.Text(Onward(attempt.ReturnTo), "text/html; charset=utf-8");
    }

    private Attempt? Read(HttpContext http)
    {
        try
        {
            return http.Request.Cookies[AttemptCookie] is { } text ? JsonSerializer.Deserialize<Attempt>(_seal.Unprotect(text)) : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    /// <summary>Lax: the browser has to send it when the authority's page, another site, sends it back to us.</summary>
    private static CookieOptions AttemptOptions(HttpContext http) => new()
    {
        HttpOnly = true,
        Secure = http.Request.IsHttps,
        SameSite = SameSiteMode.Lax,
        Path = Callback,
        MaxAge = AttemptLasts,
        IsEssential = true,
    };

    private static string RedirectAddress(HttpContext http) => $"{http.Request.Scheme}://{http.Request.Host}{Callback}";

    /// <summary>An address of this origin, and none that a browser would take for another's (<c>//elsewhere</c>, <c>/\elsewhere</c>).</summary>
    private static bool IsHere(string? address) => address is ['/', ..] and not ['/', '/' or '\\', ..] && !address.Any(char.IsControl);

    /// <summary>A page and no redirect: one that began at another site would go on without the cookie, which is for our own site's requests alone.</summary>
    private static string Onward(string address) => $"""
        <!DOCTYPE html><html lang="en"><meta charset="utf-8"><title>Better Connections</title>
        <meta http-equiv="refresh" content="0;url={WebUtility.HtmlEncode(address)}"><a href="{WebUtility.HtmlEncode(address)}">Go on</a></html>
        """;
}
