using System.Security.Claims;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.IdentityModel.Tokens;

namespace BetterConnections.ServiceDefaults;

/// <summary>
/// Bearer tokens of one OpenID Connect authority: the embedded Identity service or any other. Deny is the default:
/// a route without a policy still demands a signed-in caller, and a missing authority stops the start.
/// </summary>
public static class SignIn
{
    public static IHostApplicationBuilder AddSignIn(this IHostApplicationBuilder builder)
    {
        var settings = builder.Configuration.GetSection("Authentication");
        var authority = settings["Authority"] ?? throw new InvalidOperationException(
            "Authentication:Authority is not set. Give the address of the OpenID Connect issuer whose tokens are accepted.");

        builder.Services.AddAuthentication(JwtBearerDefaults.AuthenticationScheme).AddJwtBearer(o =>
        {
            o.Authority = authority;
            // Where the issuer's public address is not reachable from inside, its documents are read from here instead.
            if (settings["MetadataAddress"] is { Length: > 0 } metadata) o.MetadataAddress = metadata;
            o.RequireHttpsMetadata = settings.GetValue("RequireHttps", true);
            o.BackchannelHttpHandler = Resilience.Handler();
            o.TokenValidationParameters = new()
            {
                ValidIssuer = authority,
                ValidAudience = settings["Audience"] ?? "better-connections",
                ValidAlgorithms = [SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSsaPssSha256],
                NameClaimType = "sub",
                RoleClaimType = settings["RoleClaim"] ?? "role",
                ClockSkew = TimeSpan.FromSeconds(30),
            };
            o.Events = new() { OnMessageReceived = RefuseWhileIssuerIsAway };
        });
        builder.Services.AddOptions<JwtBearerOptions>(JwtBearerDefaults.AuthenticationScheme).Configure<TimeProvider>((o, clock) =>
        {
            o.TokenHandlers.Clear();
            o.TokenHandlers.Add(new CheckedTokens(clock) { MapInboundClaims = false });
        });
        builder.Services.AddAuthorizationBuilder().SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
        return builder;
    }

    /// <summary>
    /// Until the issuer's keys have been read once no token can be judged. That is not the caller's fault, and a 401 would make
    /// clients throw away a good sign-in just because everything is starting. Later this is a look at what is kept in memory.
    /// </summary>
    private static async Task RefuseWhileIssuerIsAway(MessageReceivedContext context)
    {
        if (context.Request.Headers.Authorization.Count == 0) return;
        try
        {
            await context.Options.ConfigurationManager!.GetConfigurationAsync(context.HttpContext.RequestAborted);
        }
        catch (InvalidOperationException)
        {
            throw new Refused(StatusCodes.Status503ServiceUnavailable, "issuer_unavailable", "Who signs the tokens is not reachable; try again shortly.");
        }
    }
}

/// <summary>Who may: the policies that route groups state.</summary>
public static class Access
{
    /// <summary>A person with one of <paramref name="roles"/>, or a partner system whose token carries <paramref name="scope"/>.</summary>
    /// <exception cref="ArgumentException">No client can be given that scope, so nobody could ever come in by it.</exception>
    public static AuthorizationPolicy For(string? scope, params string[] roles)
    {
        if (scope is not null && !Scopes.All.Contains(scope)) throw new ArgumentException($"{scope} is not among the scopes that clients can be given.", nameof(scope));
        return new AuthorizationPolicyBuilder()
            .RequireAuthenticatedUser()
            .RequireAssertion(context => roles.Any(context.User.IsInRole) || (scope is not null && context.User.HasScope(scope)))
            .Build();
    }

    public static AuthorizationPolicy ForRoles(params string[] roles) => For(null, roles);
}

/// <summary>Who is asking, read from the token.</summary>
public static class Caller
{
    /// <summary>The stable id of the account or partner system; what histories record as "who".</summary>
    public static string Subject(this ClaimsPrincipal user) =>
        user.FindFirstValue("sub") ?? throw new Refused(401, "token_without_subject", "The token names nobody.");

    /// <summary>The caller's organisation; null for those who have none.</summary>
    public static Guid? Organisation(this ClaimsPrincipal user) => Guid.TryParse(user.FindFirstValue("org"), out var id) ? id : null;

    /// <summary>The caller's organisation, where the role cannot act without one.</summary>
    public static Guid RequiredOrganisation(this ClaimsPrincipal user) => user.Organisation()
        ?? throw new Refused(403, "organisation_missing", "This account belongs to no organisation; ask the programme office to set it.");

    /// <summary>
    /// A partner system with this scope. A person's token carries a role, and no scope on it counts: what a person may see
    /// is decided by role and ownership, whatever an external issuer adds.
    /// </summary>
    public static bool HasScope(this ClaimsPrincipal user, string scope) =>
        !user.Identities.Any(i => i.HasClaim(c => c.Type == i.RoleClaimType)) && user.FindAll("scope").Any(c => c.Value.Split(' ').Contains(scope));
}
