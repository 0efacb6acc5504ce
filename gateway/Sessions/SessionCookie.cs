using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.DataProtection;

namespace BetterConnections.Gateway.Sessions;

/// <summary>Where a browser keeps its <see cref="Session"/>: encrypted, out of reach of scripts, never sent from another site.</summary>
internal sealed class SessionCookie(IDataProtectionProvider protection, GatewaySettings settings)
{
    private readonly ITimeLimitedDataProtector _seal = protection.CreateProtector("session").ToTimeLimitedDataProtector();
    private readonly ChunkingCookieManager _cookies = new(); // an authority's tokens may be larger than a cookie may be

    /// <summary>Null where there is none, or none that a gateway has sealed in time.</summary>
    public Session? Read(HttpContext http)
    {
        try
        {
            return _cookies.GetRequestCookie(http, Name(http)) is { Length: > 0 } text ? JsonSerializer.Deserialize<Session>(_seal.Unprotect(text)) : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    /// <summary>The session, or a new one in which nobody is signed in: its form token protects the sign-in too.</summary>
    public Session ReadOrStart(HttpContext http)
    {
        if (Read(http) is { } session) return session;
        session = Session.Start();
        Write(http, session);
        return session;
    }

    public void Write(HttpContext http, Session session) =>
        _cookies.AppendResponseCookie(http, Name(http), _seal.Protect(JsonSerializer.Serialize(session), settings.SessionLifetime), Options(http));

    public void Delete(HttpContext http) => _cookies.DeleteCookie(http, Name(http), Options(http));

    /// <summary>Under a name with this prefix a browser takes a cookie from this very host and over TLS only, not from a neighbour below the same domain.</summary>
    private static string Name(HttpContext http) => http.Request.IsHttps ? "__Host-bc-session" : "bc-session";

    private CookieOptions Options(HttpContext http) => new()
    {
        HttpOnly = true,
        Secure = http.Request.IsHttps,
        SameSite = SameSiteMode.Strict,
        Path = "/",
        MaxAge = settings.SessionLifetime,
        IsEssential = true,
    };
}
