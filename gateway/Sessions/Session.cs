using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;
using BetterConnections.ServiceDefaults;
using Microsoft.IdentityModel.JsonWebTokens;

namespace BetterConnections.Gateway.Sessions;

/// <summary>
/// What a browser keeps between its requests, sealed in a cookie that no script reads. Everything is in it and nothing at the gateway,
/// so any gateway goes on with it.
/// </summary>
/// <param name="FormToken">Has to come with whatever changes something, in a header or in a form: another site can make a browser send the cookie, but cannot read this.</param>
/// <param name="AccessToken">Null before the sign-in.</param>
/// <param name="RefreshToken">Null where the issuer gave none; the session then ends with the access token.</param>
internal sealed record Session(string FormToken, string? AccessToken = null, string? RefreshToken = null)
{
    private readonly JsonWebToken? _claims = AccessToken is null ? null : new(AccessToken);

    public static Session Start() => new(Secret.Create());

    [JsonIgnore]
    public DateTimeOffset EndsAt => _claims!.ValidTo;

    public bool IsSignedIn(TimeProvider clock) => AccessToken is not null && (RefreshToken is not null || EndsAt > clock.GetUtcNow());

    /// <summary>Signed in anew, so nothing that was known of it before counts.</summary>
    public static Session Of(Tokens tokens) => new(Secret.Create(), tokens.AccessToken, tokens.RefreshToken);

    /// <summary>The same sign-in a while later; the page's other tabs go on with the form token they have.</summary>
    public Session With(Tokens? tokens) => new(FormToken, tokens?.AccessToken, tokens?.RefreshToken);

    public bool IsFormToken(string given) => CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given), Encoding.UTF8.GetBytes(FormToken));

    /// <param name="signInAt">The address of the sign-in at another authority; null where a password is asked for here.</param>
    /// <param name="roleClaim">Where the authority writes roles.</param>
    /// <param name="clock">The time.</param>
    public SessionView View(string? signInAt, string roleClaim, TimeProvider clock) => !IsSignedIn(clock) ? new(false, signInAt, FormToken) : new(true, signInAt, FormToken)
    {
        Id = _claims!.Subject,
        Roles = [.. _claims.Claims.Where(c => c.Type == roleClaim).Select(c => c.Value)],
        Organisation = _claims.TryGetPayloadValue<string>("org", out var organisation) ? organisation : null,
        EndsAt = EndsAt,
    };
}

/// <summary>What the page may know of its session.</summary>
/// <param name="SignedIn">Whether requests count as somebody's. The rest of the members say whose, and are missing otherwise.</param>
/// <param name="SignInAt">Where to send the browser to sign in; null where <c>POST /session</c> takes a password.</param>
/// <param name="FormToken">For the header <c>X-Form-Token</c>.</param>
internal sealed record SessionView(bool SignedIn, string? SignInAt, string FormToken)
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Id { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Roles { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Organisation { get; init; }
    /// <summary>When the access token ends. Shortly before, <c>POST /session/renewal</c> gets another.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? EndsAt { get; init; }
}
