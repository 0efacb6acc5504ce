using BetterConnections.ServiceDefaults;
using Microsoft.IdentityModel.Tokens;

namespace BetterConnections.Identity.Keys;

/// <summary>OpenID Connect Discovery 1.0 and the key set (RFC 7517).</summary>
public static class Discovery
{
    public static void MapDiscovery(this IEndpointRouteBuilder app)
    {
        var documents = app.MapGroup("/.well-known").WithTags("Discovery").AllowAnonymous();
        documents.MapGet("/openid-configuration", Document);
        documents.MapGet("/jwks.json", KeySet);
    }

    /// <summary>The issuer is fixed; the addresses are those of the request, so that services may read it inside and people outside.</summary>
    private static IResult Document(HttpRequest request, IdentitySettings settings)
    {
        var here = $"{request.Scheme}://{request.Host}";
        return Results.Json(new
        {
            issuer = settings.Issuer,
            jwks_uri = here + "/.well-known/jwks.json",
            token_endpoint = here + "/connect/token",
            revocation_endpoint = here + "/connect/revoke",
            grant_types_supported = new[] { "password", "refresh_token", "client_credentials" },
            token_endpoint_auth_methods_supported = new[] { "client_secret_basic", "client_secret_post", "none" },
            scopes_supported = Scopes.All,
            claims_supported = new[] { "sub", "role", "org", "scope", "client_id" },
            response_types_supported = Array.Empty<string>(), // required by the standard; there is no authorization endpoint
            subject_types_supported = new[] { "public" },
            id_token_signing_alg_values_supported = new[] { SecurityAlgorithms.EcdsaSha256 },
        });
    }

    private static async Task<IResult> KeySet(KeyRing keys, HttpResponse response, CancellationToken cancel)
    {
        response.Headers.CacheControl = "public, max-age=3600"; // a new key is published a day before it signs
        return Results.Json(new { keys = (await keys.CurrentAsync(cancel)).Published.Select(Public) });
    }

    private static object Public(ECDsaSecurityKey key)
    {
        var point = key.ECDsa.ExportParameters(includePrivateParameters: false).Q;
        return new
        {
            kty = "EC",
            crv = "P-256",
            x = Base64UrlEncoder.Encode(point.X),
            y = Base64UrlEncoder.Encode(point.Y),
            kid = key.KeyId,
            use = "sig",
            alg = SecurityAlgorithms.EcdsaSha256,
        };
    }
}
