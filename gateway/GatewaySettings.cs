namespace BetterConnections.Gateway;

/// <summary>What an operator may set; section <c>Gateway</c>.</summary>
public sealed class GatewaySettings
{
    /// <summary>Addresses or networks (<c>10.0.0.0/8</c>) of proxies before the gateway whose X-Forwarded-* headers are believed. None by default.</summary>
    public string[] TrustedProxies { get; init; } = [];
    /// <summary>Bytes of a request body on routes that state no <c>MaxRequestBodySize</c> of their own.</summary>
    public long MaxBodyBytes { get; init; } = 1024 * 1024;
    /// <summary>How long a connection to a service may take to be made.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(2);
    /// <summary>How long a service may keep silent, on clusters that state no <c>ActivityTimeout</c> of their own.</summary>
    public TimeSpan AnswerTimeout { get; init; } = TimeSpan.FromSeconds(9);
    /// <summary>How often each replica is asked whether it is alive; it has four times as long to answer. Two failures in a row take it out, one answer brings it back.</summary>
    public TimeSpan ProbeInterval { get; init; } = TimeSpan.FromSeconds(1);
    /// <summary>A folder, shared by all gateways, of the keys that seal browsers' sessions. Without it a sign-in lasts as long as this process and counts here only.</summary>
    public string? SessionKeys { get; init; }
    /// <summary>A browser is signed out when it was not used for this long. Longer than the issuer's refresh tokens last is of no use.</summary>
    public TimeSpan SessionLifetime { get; init; } = TimeSpan.FromDays(7);
    public SignInSettings SignIn { get; init; } = new();
    public Limits Limits { get; init; } = new();
}

/// <summary>
/// How browsers sign in where <c>Authentication:Authority</c> is not the embedded Identity: by the authority's own page (authorization code
/// flow with PKCE). Without a client id the gateway asks for a password and takes it to Identity.
/// </summary>
public sealed class SignInSettings
{
    /// <summary>As the authority knows the portal. Its redirect address there is <c>https://…/session/callback</c>.</summary>
    public string? ClientId { get; init; }
    /// <summary>None for a public client.</summary>
    public string? ClientSecret { get; init; }
    /// <summary>What is asked for, separated by spaces. Most authorities want one more for access tokens whose audience is this system.</summary>
    public string Scope { get; init; } = "openid offline_access";
}

/// <summary>How much one client may ask. The stricter ones for signing in and registering apply beside the general one.</summary>
public sealed class Limits
{
    /// <summary>Per account or partner system.</summary>
    public Limit SignedIn { get; init; } = new(Burst: 400, PerSecond: 100);
    /// <summary>Per address of callers who are not signed in; whole offices share one.</summary>
    public Limit Address { get; init; } = new(Burst: 200, PerSecond: 50);
    /// <summary>Per address, where a password can be guessed: <c>/connect/token</c>, <c>/session</c>, <c>/ops/sign-in</c> and <c>/api/identity/me/password</c>.</summary>
    public Limit Passwords { get; init; } = new(Burst: 60, PerSecond: 2);
    /// <summary>Per address, on <c>/api/identity/registrations</c>.</summary>
    public Limit Registrations { get; init; } = new(Burst: 20, PerSecond: 1);
    /// <summary>Per address that is a key in itself (<c>/key/{token}/</c>), whoever calls it: a survey app sending a day's interviews, a calendar.</summary>
    public Limit Keys { get; init; } = new(Burst: 120, PerSecond: 20);
}

/// <param name="Burst">Requests at once after a quiet time.</param>
/// <param name="PerSecond">Requests that go on for ever.</param>
public sealed record Limit(int Burst, int PerSecond);
