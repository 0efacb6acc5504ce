using System.Net;
using BetterConnections.Gateway.Sessions;
using BetterConnections.ServiceDefaults;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.Features;
using Yarp.ReverseProxy.Forwarder;
using Yarp.ReverseProxy.ServiceDiscovery;
using Yarp.ReverseProxy.Transforms;

namespace BetterConnections.Gateway;

/// <summary>The way of a request to a service, and what the caller hears when the service cannot be asked.</summary>
internal static class Forwarding
{
    public static void AddForwarding(this WebApplicationBuilder builder, GatewaySettings settings)
    {
        builder.Services.AddSingleton(settings);
        builder.Services.AddSingleton<HostLookup>(Dns.GetHostAddressesAsync);
        builder.Services.AddSingleton<IDestinationResolver, ServiceAddresses>(); // in the place of YARP's, which takes addresses as they are
        builder.Services.AddReverseProxy()
            .LoadFromConfig(builder.Configuration.GetSection("ReverseProxy"))
            .AddConfigFilter<ClusterDefaults>()
            .AddTransforms(route => route.AddRequestHeaderRemove("Cookie").AddRequestHeaderRemove(ActingBySession.FormToken)) // they are between browser and gateway
            // By default X-Forwarded-For, -Proto and -Host are set over whatever the client sent, and Forwarded is removed.
            .ConfigureHttpClient((_, handler) => handler.ConnectTimeout = settings.ConnectTimeout);
    }

    public static void MapForwarding(this IEndpointRouteBuilder app) => app.MapReverseProxy(proxy =>
    {
        proxy.Use(AnswerFailures);
        proxy.Use(RefuseTunnels);
        proxy.Use(RefuseLargeBodies);
        proxy.Use(TryAnotherReplica);
        proxy.UseLoadBalancing();
    });

    private static async Task AnswerFailures(HttpContext http, RequestDelegate next)
    {
        http.Features.Get<IStatusCodePagesFeature>()?.Enabled = false; // what a service answers is passed on as it is
        await next(http);
        if (http.GetForwarderErrorFeature() is not { } failure || http.Response.HasStarted || http.RequestAborted.IsCancellationRequested) return;

        var (status, code, sentence) = failure switch
        {
            { Error: ForwarderError.RequestBodyClient } when http.Response.StatusCode == StatusCodes.Status413PayloadTooLarge =>
                (413, "request_too_large", "The request body is larger than this route takes."),
            { Error: ForwarderError.RequestBodyClient } => (400, "request_not_readable", "The request body ended before it was complete."),
            { Error: ForwarderError.NoAvailableDestinations } => (503, "service_unavailable", "The service is not reachable at the moment."),
            _ when NeverSent(failure) => (503, "service_unavailable", "The service is not reachable at the moment."),
            _ when http.Response.StatusCode == StatusCodes.Status504GatewayTimeout =>
                (504, "gateway_timeout", "The service took too long. Whether the request took effect is not known; repeat it with the same Idempotency-Key."),
            _ => (502, "bad_gateway", "The service broke off. Whether the request took effect is not known; repeat it with the same Idempotency-Key."),
        };
        http.Response.Clear();
        await http.RequestServices.GetRequiredService<IProblemDetailsService>().WriteAsync(http, status, code, sentence);
    }

    /// <summary>The only method that no service can answer for itself: the client that forwards would take the service for a proxy.</summary>
    private static Task RefuseTunnels(HttpContext http, RequestDelegate next) => HttpMethods.IsConnect(http.Request.Method)
        ? throw new Refused(StatusCodes.Status405MethodNotAllowed, "method_not_allowed", "This is no proxy to tunnel through.")
        : next(http);

    /// <summary>Bodies that say their length are refused before anything is sent on; the others while they stream, by the server's own count.</summary>
    private static Task RefuseLargeBodies(HttpContext http, RequestDelegate next)
    {
        var server = http.Features.GetRequiredFeature<IHttpMaxRequestBodySizeFeature>();
        var limit = http.GetRouteModel().Config.MaxRequestBodySize ?? server.MaxRequestBodySize;
        if (!(http.Request.ContentLength > limit)) return next(http);

        // Most clients listen only when they have sent all. The server reads on for some seconds after the answer if it may.
        server.MaxRequestBodySize = null;
        throw new Refused(StatusCodes.Status413PayloadTooLarge, "request_too_large", $"The request body is larger than the {limit} bytes that this route takes.");
    }

    /// <summary>A request that could not even be sent goes to another replica, once. What may have arrived is never repeated.</summary>
    private static async Task TryAnotherReplica(HttpContext http, RequestDelegate next)
    {
        var request = http.GetReverseProxyFeature();
        var replicas = request.AvailableDestinations;
        await next(http);
        if (http.GetForwarderErrorFeature() is not { } failure || !NeverSent(failure) || http.Response.HasStarted) return;

        var others = replicas.Where(replica => replica != request.ProxiedDestination).ToList();
        if (others.Count == 0) return;
        http.Features.Set<IForwarderErrorFeature>(null);
        http.Response.Clear();
        request.AvailableDestinations = others;
        await next(http);
    }

    private static bool NeverSent(IForwarderErrorFeature failure) => failure.Exception
        is HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError }
        or OperationCanceledException { InnerException: TimeoutException }; // the connect timeout
}
