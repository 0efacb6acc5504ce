using System.Net.Http.Headers;
using System.Security.Claims;
using System.Text.Json;
using BetterConnections.Contracts;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;

namespace BetterConnections.Gateway.Ops;

/// <summary>
/// How a browser signs in to <c>/ops</c>: a user name and password become a token of the Identity service, which the browser keeps in
/// an encrypted cookie that no script reads and no other site sends. It ends with the token, after some minutes.
/// </summary>
internal static class OpsSession
{
    /// <summary>The name of the authentication scheme, and of the policy that admits operators by it.</summary>
    public const string Scheme = "ops";

    public static void AddOpsSession(this IServiceCollection services, GatewaySettings settings)
    {
        services.AddAuthentication().AddCookie(Scheme, o =>
        {
            Harden(o.Cookie, "bc-ops");
            (o.LoginPath, o.AccessDeniedPath, o.SlidingExpiration) = ("/ops/sign-in", "/ops/sign-in", false);
        });
        services.AddAuthorizationBuilder().AddPolicy(Scheme, p => p.AddAuthenticationSchemes(Scheme).RequireRole(Roles.Operator));
        services.AddAntiforgery(o => Harden(o.Cookie, "bc-ops-form"));
        var protection = services.AddDataProtection().SetApplicationName("better-connections-gateway");
        if (settings.SessionKeys is { } folder) protection.PersistKeysToFileSystem(new(folder));
        else protection.UseEphemeralDataProtectionProvider();
    }

    private static void Harden(CookieBuilder cookie, string name)
    {
        (cookie.Name, cookie.Path, cookie.HttpOnly, cookie.IsEssential) = (name, "/ops", true, true);
        (cookie.SameSite, cookie.SecurePolicy) = (SameSiteMode.Strict, CookieSecurePolicy.SameAsRequest);
    }

    /// <summary>The token that stands for the signed-in operator at the services.</summary>
    public static async Task<AuthenticationHeaderValue> TokenAsync(this HttpContext http) => new("Bearer", await http.GetTokenAsync(Scheme, "access_token"));

    /// <summary>Until when the operator is signed in.</summary>
    public static async Task<DateTimeOffset?> EndsAsync(this HttpContext http) => (await http.AuthenticateAsync(Scheme)).Properties?.ExpiresUtc;

    /// <summary>Signs in. Answers why not, as a status and a sentence for the person; null when it is done.</summary>
    public static async Task<(int Status, string Sentence)?> SignInAsync(HttpContext http, string userName, string password, ServiceCalls services,
        IOptionsMonitor<JwtBearerOptions> bearer)
    {
        var answer = await services.PostFormAsync("identity", "/connect/token",
            new() { ["grant_type"] = "password", ["username"] = userName, ["password"] = password }, http.RequestAborted);
        if (answer is not var (status, json)) return (503, "The Identity service does not answer, so nobody can sign in. Its log says why.");
        if (status != 200) return (status is 400 ? 401 : status, json.TryGetProperty("error_description", out var why) ? why.GetString()! : "Identity refused.");

        var token = json.GetProperty("access_token").GetString()!;
        var found = await ValidateAsync(token, bearer.Get(JwtBearerDefaults.AuthenticationScheme));
        if (!found.IsValid) return (503, "Identity signed a token that this gateway does not accept: their settings of the issuer differ.");
        var person = new ClaimsPrincipal(found.ClaimsIdentity);
        if (!person.IsInRole(Roles.Operator)) return (403, "This account is not an operator's. The programme office can give it the role.");

        var properties = new AuthenticationProperties { ExpiresUtc = found.SecurityToken.ValidTo, AllowRefresh = false };
        properties.StoreTokens([new() { Name = "access_token", Value = token }]);
        await http.SignInAsync(Scheme, person, properties);
        return null;
    }

    /// <summary>By the same rules as the token of any request.</summary>
    private static Task<TokenValidationResult> ValidateAsync(string token, JwtBearerOptions options)
    {
        var rules = options.TokenValidationParameters.Clone();
        rules.ConfigurationManager = (BaseConfigurationManager)options.ConfigurationManager!;
        return options.TokenHandlers.Single().ValidateTokenAsync(token, rules);
    }
}
