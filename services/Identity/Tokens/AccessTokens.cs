using BetterConnections.Identity.Accounts;
using BetterConnections.Identity.Clients;
using BetterConnections.Identity.Keys;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace BetterConnections.Identity.Tokens;

/// <summary>JWT access tokens (RFC 9068), signed with ES256. They hold ids, roles and scopes and no personal data: tokens end up in logs.</summary>
public sealed class AccessTokens(KeyRing keys, IdentitySettings settings, TimeProvider clock)
{
    private static readonly JsonWebTokenHandler Writer = new() { SetDefaultTimesOnTokenCreation = false };

    public Task<string> ForAsync(Account account, CancellationToken cancel)
    {
        var claims = new Dictionary<string, object>
        {
            ["sub"] = account.Id.ToString(),
            // RFC 9068 asks for one; people use the programme's own clients, which are not told apart.
            ["client_id"] = settings.Audience,
            ["role"] = account.Roles is [var only] ? only : account.Roles,
        };
        if (account.OrganisationId is { } organisation) claims["org"] = organisation.ToString();
        return SignAsync(claims, cancel);
    }

    public Task<string> ForAsync(Client client, IEnumerable<string> scopes, CancellationToken cancel) => SignAsync(new()
    {
        ["sub"] = client.Id.ToString(),
        ["client_id"] = client.Id.ToString(),
        ["scope"] = string.Join(' ', scopes),
    }, cancel);

    private async Task<string> SignAsync(Dictionary<string, object> claims, CancellationToken cancel)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        claims["jti"] = Guid.NewGuid().ToString();
        return Writer.CreateToken(new SecurityTokenDescriptor
        {
            TokenType = "at+jwt",
            Issuer = settings.Issuer,
            Audience = settings.Audience,
            IssuedAt = now,
            Expires = now + settings.AccessTokenLifetime,
            Claims = claims,
            SigningCredentials = new((await keys.CurrentAsync(cancel)).Signing, SecurityAlgorithms.EcdsaSha256),
        });
    }
}
