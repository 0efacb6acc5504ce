using System.Diagnostics;
using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.HttpOverrides;

namespace BetterConnections.Gateway;

/// <summary>What the gateway believes of a request's headers and adds to every answer's.</summary>
internal static partial class EdgeHeaders
{
    private const string CorrelationId = "X-Correlation-Id";

    /// <summary>Everything from this origin, nothing inline but styles, shown in no frame; for answers that have no policy of their own.</summary>
    private const string ContentPolicy =
        "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    /// <summary>
    /// Takes the client's address, scheme and host from the proxies that are trusted, and from nobody else: services believe
    /// the gateway, so what a client writes into X-Forwarded-* must end here.
    /// </summary>
    public static void UseTrustedProxies(this IApplicationBuilder app, string[] trusted)
    {
        if (trusted.Length == 0) return;
        var options = new ForwardedHeadersOptions
        {
            ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedHost,
            ForwardLimit = null, // as many as are trusted in a row
        };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var proxy in trusted)
            if (IPAddress.TryParse(proxy, out var address)) options.KnownProxies.Add(address);
            else if (System.Net.IPNetwork.TryParse(proxy, out var network)) options.KnownIPNetworks.Add(network);
            else throw new InvalidOperationException($"Gateway:TrustedProxies has \"{proxy}\", which is neither an address nor a network.");
        app.UseForwardedHeaders(options);
    }

    /// <summary>One id per request that the client may choose, sent on to the service, returned, and in every line that is logged.</summary>
    public static void UseCorrelationId(this IApplicationBuilder app) => app.Use(async (http, next) =>
    {
        var given = http.Request.Headers[CorrelationId].ToString();
        var id = Sane().IsMatch(given) ? given : Activity.Current?.TraceId.ToString() ?? Guid.NewGuid().ToString("n");
        http.Request.Headers[CorrelationId] = id;
        http.Response.OnStarting(() =>
        {
            http.Response.Headers[CorrelationId] = id;
            return Task.CompletedTask;
        });
        Activity.Current?.SetTag("correlation.id", id);
        var log = http.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger("BetterConnections.Gateway");
        using (log.BeginScope(new Dictionary<string, object> { ["CorrelationId"] = id })) await next();
    });

    [GeneratedRegex(@"\A[A-Za-z0-9._:-]{1,64}\z")]
    private static partial Regex Sane();

    public static void UseSecurityHeaders(this IApplicationBuilder app) => app.Use((http, next) =>
    {
        http.Response.OnStarting(() =>
        {
            var headers = http.Response.Headers;
            headers.XContentTypeOptions = "nosniff";
            headers.XFrameOptions = "DENY";
            headers["Referrer-Policy"] = "no-referrer";
            headers.ContentSecurityPolicy = headers.ContentSecurityPolicy is { Count: > 0 } own ? own : ContentPolicy;
            headers.Remove("Server"); // of the service behind
            return Task.CompletedTask;
        });
        return next();
    });
}
