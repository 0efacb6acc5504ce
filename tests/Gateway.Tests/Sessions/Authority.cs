using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using BetterConnections.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace BetterConnections.Gateway.Tests.Sessions;

/// <summary>Another OpenID Connect authority, on loopback: authorization code flow for one client, strict about all that it is told.</summary>
internal sealed class Authority : IAsyncDisposable
{
    public const string Client = "portal", ClientSecret = "of the client";

    private readonly ECDsaSecurityKey _key = new(ECDsa.Create(ECCurve.NamedCurves.nistP256)) { KeyId = "1" };
    private readonly ConcurrentDictionary<string, IReadOnlyDictionary<string, string>> _codes = new();
    private readonly WebApplication _app;

    private Authority(WebApplication app) => _app = app;

    public string Address => _app.Urls.Single();
    /// <summary>In id tokens, in the place of what the browser brought.</summary>
    public string? OtherNonce { get; set; }
    /// <summary>In the place of the client's id.</summary>
    public string? OtherAudience { get; set; }
    public string? LastIdToken { get; private set; }
    public ConcurrentQueue<string> Revoked { get; } = new();
    public TimeSpan TokensLast { get; set; } = TimeSpan.FromMinutes(10);

    public static async Task<Authority> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var authority = new Authority(builder.Build());
        var app = authority._app;
        app.MapGet("/.well-known/openid-configuration", () => Results.Json(new
        {
            issuer = authority.Address,
            jwks_uri = authority.Address + "/keys",
            authorization_endpoint = authority.Address + "/authorize",
            token_endpoint = authority.Address + "/token",
            revocation_endpoint = authority.Address + "/revoke",
        }));
        app.MapGet("/keys", () =>
        {
            var jwk = JsonWebKeyConverter.ConvertFromECDsaSecurityKey(authority._key);
            return Results.Json(new { keys = new[] { new { kty = jwk.Kty, crv = jwk.Crv, x = jwk.X, y = jwk.Y, kid = jwk.Kid, use = "sig", alg = "ES256" } } });
        });
        app.MapGet("/authorize", authority.Authorize);
        app.MapPost("/token", authority.TokenAsync);
        app.MapPost("/revoke", async (HttpRequest request) => authority.Revoked.Enqueue((await request.ReadFormAsync())["token"].ToString()));
        await app.StartAsync();
        return authority;
    }

    /// <summary>The person, who has a session here, is sent back at once.</summary>
    private IResult Authorize(HttpRequest request)
    {
        var asked = request.Query.ToDictionary(q => q.Key, q => q.Value.ToString());
        if (asked["response_type"] != "code" || asked["client_id"] != Client || asked["code_challenge_method"] != "S256"
            || !asked["scope"].Split(' ').Contains("openid") || asked["state"].Length < 20 || asked["nonce"].Length < 20)
            return Results.BadRequest();
        var code = Guid.NewGuid().ToString("n");
        _codes[code] = asked;
        return Results.Redirect(QueryHelpers.AddQueryString(asked["redirect_uri"], new Dictionary<string, string?> { ["code"] = code, ["state"] = asked["state"], ["iss"] = Address }));
    }

    private async Task<IResult> TokenAsync(HttpRequest request)
    {
        var form = await request.ReadFormAsync();
        if (form["client_id"] != Client || form["client_secret"] != ClientSecret) return Results.Json(new { error = "invalid_client" }, statusCode: 401);
        if (form["grant_type"] == "refresh_token" && form["refresh_token"] == "refresh") return Results.Json(new { access_token = AccessToken() });
        if (!_codes.TryRemove(form["code"].ToString(), out var asked) || asked["redirect_uri"] != form["redirect_uri"]
            || asked["code_challenge"] != WebEncoders.Base64UrlEncode(SHA256.HashData(Encoding.ASCII.GetBytes(form["code_verifier"].ToString()))))
            return Results.Json(new { error = "invalid_grant", error_description = "No such code." }, statusCode: 400);
        LastIdToken = Sign(OtherAudience ?? Client, new() { ["sub"] = "somebody", ["nonce"] = OtherNonce ?? asked["nonce"] });
        return Results.Json(new { access_token = AccessToken(), refresh_token = "refresh", id_token = LastIdToken });
    }

    private string AccessToken() => Sign("better-connections", new() { ["sub"] = "somebody", ["role"] = new[] { Roles.Evaluator, Roles.Operator } });

    private string Sign(string audience, Dictionary<string, object> claims) => new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
    {
        Issuer = Address,
        Audience = audience,
        Claims = claims,
        NotBefore = DateTime.UtcNow.AddHours(-1),
        IssuedAt = DateTime.UtcNow.AddHours(-1),
        Expires = DateTime.UtcNow + TokensLast,
        SigningCredentials = new(_key, SecurityAlgorithms.EcdsaSha256),
    });

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
