using System.Security.Claims;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace BetterConnections.Testing;

/// <summary>A real OpenID Connect issuer on loopback: services under test read its discovery document and keys as in production.</summary>
public sealed class TestIssuer : IAsyncDisposable
{
    private readonly ECDsaSecurityKey _key = new(ECDsa.Create(ECCurve.NamedCurves.nistP256)) { KeyId = Guid.NewGuid().ToString("n") };
    private readonly WebApplication _app;

    private TestIssuer(WebApplication app) => _app = app;

    public string Authority => _app.Urls.Single();

    public static async Task<TestIssuer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var issuer = new TestIssuer(builder.Build());
        issuer._app.MapGet("/.well-known/openid-configuration", () => Results.Json(new { issuer = issuer.Authority, jwks_uri = issuer.Authority + "/jwks" }));
        issuer._app.MapGet("/jwks", () =>
        {
            var jwk = JsonWebKeyConverter.ConvertFromECDsaSecurityKey(issuer._key);
            return Results.Json(new { keys = new[] { new { kty = jwk.Kty, crv = jwk.Crv, x = jwk.X, y = jwk.Y, kid = jwk.Kid, use = "sig", alg = "ES256" } } });
        });
        await issuer._app.StartAsync();
        return issuer;
    }

    /// <summary>A token as the issuer would give it; the arguments after <paramref name="role"/> make the wrong ones.</summary>
    public string Token(string subject, string? role, Guid? organisation = null, string? scope = null, TimeSpan? validFor = null,
        string audience = "better-connections", SecurityKey? key = null)
    {
        var claims = new List<Claim> { new("sub", subject) };
        claims.AddRange((role?.Split(' ') ?? []).Select(each => new Claim("role", each)));
        if (organisation is { } org) claims.Add(new("org", org.ToString()));
        if (scope is not null) claims.Add(new("scope", scope));
        var expires = DateTime.UtcNow + (validFor ?? TimeSpan.FromHours(1));
        return new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
        {
            Issuer = Authority,
            Audience = audience,
            Subject = new(claims),
            NotBefore = expires.AddHours(-2),
            IssuedAt = expires.AddHours(-2),
            Expires = expires,
            SigningCredentials = new(key ?? _key, SecurityAlgorithms.EcdsaSha256),
        });
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
