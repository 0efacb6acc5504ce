using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.Forwarder;
using Yarp.ReverseProxy.Health;

namespace BetterConnections.Gateway;

/// <summary>
/// Gives each cluster the replicas that are configured under <c>services:{name}:http:0</c>, <c>:1</c>, … (or <c>https</c>), the names
/// that Aspire and everything else that starts the system sets. The name is the cluster's, or its metadata's <c>Service</c>.
/// A service without an address stops the start.
/// </summary>
internal sealed class ServiceAddresses(IConfiguration configuration, GatewaySettings settings) : IProxyConfigFilter
{
    public ValueTask<ClusterConfig> ConfigureClusterAsync(ClusterConfig cluster, CancellationToken cancel)
    {
        var service = cluster.Metadata?.GetValueOrDefault("Service") ?? cluster.ClusterId;
        return new(cluster with
        {
            Destinations = Replicas(service).ToDictionary(address => address, address => new DestinationConfig { Address = address }),
            HttpRequest = cluster.HttpRequest ?? new() { ActivityTimeout = settings.AnswerTimeout },
            HealthCheck = cluster.HealthCheck ?? new()
            {
                Active = new() { Enabled = true, Path = "/alive", Interval = settings.ProbeInterval, Timeout = TimeSpan.FromSeconds(2) },
                Passive = new() { Enabled = true, ReactivationPeriod = 2 * settings.ProbeInterval },
                // When every replica looks dead they are tried all the same: a probe can be wrong, and a refused connection is answered at once.
                AvailableDestinationsPolicy = HealthCheckConstants.AvailableDestinations.HealthyOrPanic,
            },
        });
    }

    public ValueTask<RouteConfig> ConfigureRouteAsync(RouteConfig route, ClusterConfig? cluster, CancellationToken cancel) => new(route);

    private IReadOnlyList<string> Replicas(string service)
    {
        var named = configuration.GetSection($"services:{service}");
        // A replica that has both schemes is one replica.
        var section = named.GetSection("http").GetChildren().Any() ? named.GetSection("http") : named.GetSection("https");
        var addresses = section.GetChildren().Select(replica => replica.Value ?? "").Distinct().ToList();
        if (addresses.Count == 0)
            throw new InvalidOperationException($"services:{service}:http:0 is not set. Give the address of the {service} service, e.g. http://localhost:8482.");
        return addresses.Find(a => !Uri.TryCreate(a, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https")) is { } wrong
            ? throw new InvalidOperationException($"services:{service} has \"{wrong}\", which is not an http address.")
            : addresses;
    }
}
