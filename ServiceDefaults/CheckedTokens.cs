using Microsoft.Extensions.Caching.Memory;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace BetterConnections.ServiceDefaults;

/// <summary>
/// Remembers for a minute that a token was found good. Its signature costs more than all else the gateway does for a request, and a caller
/// sends the same token with each. Its end is looked at every time; a signing key that is withdrawn counts a minute longer.
/// It knows the rules for the token of a request only: what is checked by others wants a handler of its own.
/// </summary>
public sealed class CheckedTokens(TimeProvider clock) : JsonWebTokenHandler
{
    private const int Most = 10_000;
    private static readonly TimeSpan For = TimeSpan.FromMinutes(1);

    private readonly MemoryCache _good = new(new MemoryCacheOptions { SizeLimit = Most });

    public override async Task<TokenValidationResult> ValidateTokenAsync(string token, TokenValidationParameters rules)
    {
        if (_good.TryGetValue(token, out TokenValidationResult? known) && clock.GetUtcNow().UtcDateTime < known!.SecurityToken.ValidTo + rules.ClockSkew) return known;

        var result = await base.ValidateTokenAsync(token, rules);
        if (result.IsValid) _good.Set(token, result, new MemoryCacheEntryOptions { Size = 1, AbsoluteExpirationRelativeToNow = For });
        return result;
    }
}
