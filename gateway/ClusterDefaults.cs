using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.Forwarder;
using Yarp.ReverseProxy.Health;

namespace BetterConnections.Gateway;

/// <summary>How long the services of a cluster may take and how their replicas are watched, where the cluster says nothing else.</summary>
internal sealed class ClusterDefaults(GatewaySettings settings) : IProxyConfigFilter
{
    public ValueTask<ClusterConfig> ConfigureClusterAsync(ClusterConfig cluster, CancellationToken cancel) => new(cluster with
    {
        HttpRequest = cluster.HttpRequest ?? new() { ActivityTimeout = settings.AnswerTimeout },
        HealthCheck = cluster.HealthCheck ?? new()
        {
            Active = new() { Enabled = true, Path = "/alive", Interval = settings.ProbeInterval, Timeout = TimeSpan.FromSeconds(2) },
            Passive = new() { Enabled = true, ReactivationPeriod = 2 * settings.ProbeInterval },
            // When every replica looks dead they are tried all the same: a probe can be wrong, and a refused connection is answered at once.
            AvailableDestinationsPolicy = HealthCheckConstants.AvailableDestinations.HealthyOrPanic,
        },
    });

    public ValueTask<RouteConfig> ConfigureRouteAsync(RouteConfig route, ClusterConfig? cluster, CancellationToken cancel) => new(route);
}
