using BetterConnections.ServiceDefaults;

namespace BetterConnections.Gateway.Sessions;

/// <summary>
/// A browser's request counts as its person's: the token out of the cookie takes the place of the Authorization header, before anybody has
/// looked for one. So the check of tokens, the limits and the services know one way of being signed in. A request that has such a header is left as it is.
/// </summary>
internal static class ActingBySession
{
    public const string FormToken = "X-Form-Token";

    public static void UseSessions(this IApplicationBuilder app) => app.Use((http, next) =>
    {
        var isApi = http.Request.Path.StartsWithSegments("/api");
        if ((isApi || http.Request.Path.StartsWithSegments("/ops")) && http.Request.Headers.Authorization.Count == 0
            && http.RequestServices.GetRequiredService<SessionCookie>().Read(http) is { } session
            && session.IsSignedIn(http.RequestServices.GetRequiredService<TimeProvider>()))
        {
            if (isApi) http.RequireFormToken(session); // the forms of /ops bring it in a field
            http.Features.Set(session);
            http.Request.Headers.Authorization = $"Bearer {session.AccessToken}";
        }
        return next();
    });

    /// <summary>The session that the request counts by; null where it counts by a header of its own, or as nobody's.</summary>
    public static Session? Session(this HttpContext http) => http.Features.Get<Session>();

    /// <exception cref="Refused">The request changes something, and may come from another site.</exception>
    public static void RequireFormToken(this HttpContext http, Session? session)
    {
        var method = http.Request.Method;
        if (HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method)) return;
        if (session?.IsFormToken(http.Request.Headers[FormToken].ToString()) != true)
            throw new Refused(StatusCodes.Status403Forbidden, "form_token_missing", "This page is too old to change anything. Load it again and repeat.");
    }
}
