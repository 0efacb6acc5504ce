using System.Security.Cryptography;
using BetterConnections.ServiceDefaults;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace BetterConnections.Gateway.Tests;

public class CheckedTokensTests
{
    private readonly ECDsaSecurityKey _key = new(ECDsa.Create(ECCurve.NamedCurves.nistP256));
    private readonly CheckedTokens _tokens = new(TimeProvider.System);

    [Fact]
    public async Task A_token_found_good_is_not_checked_against_the_key_again()
    {
        var token = Token(endedAgo: TimeSpan.FromMinutes(-5));

        Assert.True((await _tokens.ValidateTokenAsync(token, Rules(_key))).IsValid);

        Assert.True((await _tokens.ValidateTokenAsync(token, Rules(Another()))).IsValid);
    }

    [Fact]
    public async Task A_token_found_good_ends_when_it_says_all_the_same()
    {
        var token = Token(endedAgo: TimeSpan.FromMinutes(5));
        Assert.True((await _tokens.ValidateTokenAsync(token, Rules(_key, skew: TimeSpan.FromMinutes(10)))).IsValid);

        Assert.False((await _tokens.ValidateTokenAsync(token, Rules(_key))).IsValid);
    }

    [Fact]
    public async Task A_token_found_bad_or_changed_after_it_was_found_good_is_checked_anew()
    {
        var token = Token(endedAgo: TimeSpan.FromMinutes(-5));
        Assert.False((await _tokens.ValidateTokenAsync(token, Rules(Another()))).IsValid);
        Assert.True((await _tokens.ValidateTokenAsync(token, Rules(_key))).IsValid);

        var (head, body) = (token[..token.LastIndexOf('.')], token[(token.LastIndexOf('.') + 1)..]);
        Assert.False((await _tokens.ValidateTokenAsync($"{head}.{(body[0] == 'A' ? 'B' : 'A')}{body[1..]}", Rules(_key))).IsValid);
    }

    private string Token(TimeSpan endedAgo) => new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
    {
        Issuer = "issuer", Audience = "audience", NotBefore = DateTime.UtcNow.AddHours(-1), Expires = DateTime.UtcNow - endedAgo,
        SigningCredentials = new(_key, SecurityAlgorithms.EcdsaSha256),
    });

    private static TokenValidationParameters Rules(SecurityKey key, TimeSpan skew = default) =>
        new() { ValidIssuer = "issuer", ValidAudience = "audience", IssuerSigningKey = key, ClockSkew = skew };

    private static ECDsaSecurityKey Another() => new(ECDsa.Create(ECCurve.NamedCurves.nistP256));
}
