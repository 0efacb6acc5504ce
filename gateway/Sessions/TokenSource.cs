using System.Text.Json;
using BetterConnections.Gateway.Ops;
using BetterConnections.ServiceDefaults;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace BetterConnections.Gateway.Sessions;

/// <param name="IdToken">Who signed in, told by an authority at the end of the code flow only.</param>
internal sealed record Tokens(string AccessToken, string? RefreshToken, string? IdToken);

/// <summary>Asks for tokens: the embedded Identity service, or the authority that takes its place (<see cref="SignInSettings"/>).</summary>
internal sealed class TokenSource(ServiceCalls services, GatewaySettings settings, IOptionsMonitor<JwtBearerOptions> bearer, TimeProvider clock, ILogger<TokenSource> log)
{
    /// <summary>Not the one of the requests, which remembers what it found good: an id token is nothing to come with.</summary>
    private static readonly JsonWebTokenHandler Reader = new() { MapInboundClaims = false };

    private readonly HttpClient _client = new(new SocketsHttpHandler
    {
        ConnectTimeout = settings.ConnectTimeout,
        AllowAutoRedirect = false,
        UseCookies = false,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
    })
    { Timeout = settings.AnswerTimeout };

    /// <summary>Whether people sign in at a page of the authority's, and no password ever comes here.</summary>
    public bool IsElsewhere => settings.SignIn.ClientId is { Length: > 0 };

    private JwtBearerOptions Rules => bearer.Get(JwtBearerDefaults.AuthenticationScheme);

    public SessionView View(Session session) => session.View(IsElsewhere ? "/session/challenge" : null, Rules.TokenValidationParameters.RoleClaimType, clock);

    /// <exception cref="Refused">Why not, for the person.</exception>
    public async Task<Tokens> ByPasswordAsync(string userName, string password, CancellationToken cancel)
    {
        if (IsElsewhere) throw new Refused(StatusCodes.Status409Conflict, "sign_in_elsewhere", "Passwords are asked for at another page; GET /session says where.");
        var tokens = await AskAsync(new() { ["grant_type"] = "password", ["username"] = userName, ["password"] = password }, cancel) switch
        {
            (200, var answer) => Read(answer),
            (400, var answer) when Word(answer, "error") == "password_change_required" => throw new Refused(403, "password_change_required", Sentence(answer)),
            (400, var answer) => throw new Refused(401, "sign_in_failed", Sentence(answer)),
            _ => throw Away(),
        };
        return await VerifiedAsync(tokens);
    }

    /// <summary>Null where the sign-in has ended, at the issuer or by age.</summary>
    public async Task<Tokens?> RenewAsync(Session session, CancellationToken cancel)
    {
        if (session.RefreshToken is null) return null;
        return await AskAsync(new() { ["grant_type"] = "refresh_token", ["refresh_token"] = session.RefreshToken }, cancel) switch
        {
            (200, var answer) when Read(answer) is var tokens => tokens with { RefreshToken = tokens.RefreshToken ?? session.RefreshToken }, // not every authority gives another
            (400 or 401, _) => null,
            _ => throw Away(),
        };
    }

    /// <summary>At the end of the code flow.</summary>
    /// <exception cref="Refused">The authority does not take the code, or what it says of the person is not for this sign-in.</exception>
    public async Task<Tokens> ByCodeAsync(string code, string verifier, string redirectAddress, string nonce, CancellationToken cancel)
    {
        var tokens = await AskAsync(new() { ["grant_type"] = "authorization_code", ["code"] = code, ["code_verifier"] = verifier, ["redirect_uri"] = redirectAddress }, cancel) switch
        {
            (200, var answer) => Read(answer),
            (400 or 401, var answer) => throw new Refused(401, "sign_in_failed", Sentence(answer)),
            _ => throw Away(),
        };
        var person = await CheckAsync(tokens.IdToken, rules => rules.ValidAudience = settings.SignIn.ClientId);
        if (!person.IsValid || !person.Claims.TryGetValue("nonce", out var given) || !nonce.Equals(given))
            throw new Refused(401, "sign_in_failed", "The authority's answer is not for this sign-in. Begin again.");
        return await VerifiedAsync(tokens);
    }

    /// <summary>Ends the sign-in at the issuer. Where that does not answer, the browser forgets it all the same.</summary>
    public async Task RevokeAsync(Session session, CancellationToken cancel)
    {
        if (session.RefreshToken is null) return;
        var answer = await SendAsync(document => document.RevocationEndpoint, "/connect/revoke", new() { ["token"] = session.RefreshToken, ["token_type_hint"] = "refresh_token" }, cancel);
        if (answer is not (200, _)) log.LogWarning("A browser was signed out, but the issuer did not confirm the end of its session");
    }

    private Task<(int Status, JsonElement Json)?> AskAsync(Dictionary<string, string> form, CancellationToken cancel) =>
        SendAsync(document => document.TokenEndpoint, "/connect/token", form, cancel);

    private async Task<(int Status, JsonElement Json)?> SendAsync(Func<OpenIdConnectConfiguration, string?> endpoint, string path, Dictionary<string, string> form, CancellationToken cancel)
    {
        try
        {
            var address = IsElsewhere ? endpoint(await DocumentAsync(cancel)) : services.AliveOf("identity").TrimEnd('/') + path;
            if (string.IsNullOrEmpty(address)) return null;
            if (IsElsewhere) form["client_id"] = settings.SignIn.ClientId!;
            if (IsElsewhere && settings.SignIn.ClientSecret is { Length: > 0 } secret) form["client_secret"] = secret;
            using var response = await _client.PostAsync(new Uri(address), new FormUrlEncodedContent(form), cancel);
            var text = await response.Content.ReadAsStringAsync(cancel);
            return ((int)response.StatusCode, text.StartsWith('{') ? JsonDocument.Parse(text).RootElement : default);
        }
        catch (Exception e) when (e is HttpRequestException or JsonException || (e is OperationCanceledException && !cancel.IsCancellationRequested))
        {
            return null;
        }
    }

    /// <summary>The authority's own description of itself.</summary>
    public async Task<OpenIdConnectConfiguration> DocumentAsync(CancellationToken cancel)
    {
        try
        {
            return await Rules.ConfigurationManager!.GetConfigurationAsync(cancel);
        }
        catch (InvalidOperationException)
        {
            throw Away();
        }
    }

    private static Tokens Read(JsonElement answer) => new(Word(answer, "access_token") ?? throw Away(), Word(answer, "refresh_token"), Word(answer, "id_token"));

    /// <summary>What fails here would fail at every request. Each of them asks for the age, too.</summary>
    private async Task<Tokens> VerifiedAsync(Tokens tokens) => (await CheckAsync(tokens.AccessToken, rules => rules.ValidateLifetime = false)).IsValid ? tokens
        : throw new Refused(503, "token_not_accepted", "Whoever signs the tokens signed one that this gateway does not accept: their settings of the issuer differ.");

    /// <summary>By the rules for the token of any request, with a difference.</summary>
    private Task<TokenValidationResult> CheckAsync(string? token, Action<TokenValidationParameters> differ)
    {
        var rules = Rules.TokenValidationParameters.Clone();
        rules.ConfigurationManager = (BaseConfigurationManager)Rules.ConfigurationManager!;
        differ(rules);
        return Reader.ValidateTokenAsync(token, rules);
    }

    private static string? Word(JsonElement answer, string name) =>
        answer.ValueKind == JsonValueKind.Object && answer.TryGetProperty(name, out var word) && word.ValueKind == JsonValueKind.String ? word.GetString() : null;

    private static string Sentence(JsonElement answer) => Word(answer, "error_description") ?? "The sign-in was refused.";

    private static Refused Away() => new(StatusCodes.Status503ServiceUnavailable, "service_unavailable", "Who signs people in does not answer. Try again shortly.");
}
