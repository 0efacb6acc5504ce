using BetterConnections.ServiceDefaults;
using Microsoft.AspNetCore.DataProtection;

namespace BetterConnections.Gateway.Sessions;

internal sealed record PasswordSignIn(string UserName, string Password);

/// <summary><c>/session</c>: how a browser signs in, stays so and leaves. It holds a sealed cookie and never a token (decision 23).</summary>
internal static class SessionsApi
{
    public static void AddSessions(this IServiceCollection services, GatewaySettings settings)
    {
        services.AddSingleton<SessionCookie>();
        services.AddSingleton<TokenSource>();
        services.AddSingleton<CodeFlow>();
        var protection = services.AddDataProtection().SetApplicationName("better-connections-gateway");
        if (settings.SessionKeys is { } folder) protection.PersistKeysToFileSystem(new(folder));
        else protection.UseEphemeralDataProtectionProvider();
    }

    public static void MapSessions(this IEndpointRouteBuilder app)
    {
        var session = app.MapGroup("/session").AllowAnonymous().AddEndpointFilter(KeptNowhere);
        session.MapGet("/", Show);
        session.MapPost("/", SignIn).RequireRateLimiting("passwords");
        session.MapPost("/renewal", Renew);
        session.MapDelete("/", SignOut);
        session.MapGet("/challenge", (CodeFlow flow, HttpContext http, string? returnTo, CancellationToken cancel) => flow.BeginAsync(http, returnTo, cancel));
        session.MapGet("/callback", (CodeFlow flow, HttpContext http, string? state, string? code, string? iss, string? error, CancellationToken cancel) =>
            flow.EndAsync(http, state, code, iss, error, cancel)).RequireRateLimiting("passwords");
    }

    /// <summary>Also of a refusal, which the exception handler writes after it has cleared the answer.</summary>
    public static ValueTask<object?> KeptNowhere(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var response = context.HttpContext.Response;
        response.OnStarting(() =>
        {
            response.Headers.CacheControl = "no-store";
            return Task.CompletedTask;
        });
        return next(context);
    }

    private static SessionView Show(HttpContext http, SessionCookie cookie, TokenSource tokens) => tokens.View(cookie.ReadOrStart(http));

    private static async Task<SessionView> SignIn(PasswordSignIn request, HttpContext http, SessionCookie cookie, TokenSource tokens, CancellationToken cancel)
    {
        http.RequireFormToken(cookie.Read(http));
        var session = Session.Of(await tokens.ByPasswordAsync(request.UserName, request.Password, cancel));
        cookie.Write(http, session);
        return tokens.View(session);
    }

    /// <summary>A page asks for it shortly before the access token ends. An answer that is lost on the way can be asked for again for a minute (<c>Identity:RefreshTokenGrace</c>).</summary>
    private static async Task<IResult> Renew(HttpContext http, SessionCookie cookie, TokenSource tokens, IProblemDetailsService problems, CancellationToken cancel)
    {
        if (cookie.Read(http) is { } session)
        {
            http.RequireFormToken(session);
            var renewed = session.With(await tokens.RenewAsync(session, cancel));
            cookie.Write(http, renewed);
            if (renewed.AccessToken is not null) return Results.Ok(tokens.View(renewed));
        }
        // Not thrown: the cookie goes out with it, and the exception handler would take it off.
        await problems.WriteAsync(http, StatusCodes.Status401Unauthorized, "session_ended", "Your sign-in has ended. Sign in again.");
        return Results.Empty;
    }

    private static async Task<IResult> SignOut(HttpContext http, SessionCookie cookie, TokenSource tokens, CancellationToken cancel)
    {
        if (cookie.Read(http) is { } session)
        {
            http.RequireFormToken(session);
            await tokens.RevokeAsync(session, cancel);
        }
        cookie.Delete(http);
        return Results.NoContent();
    }
}
