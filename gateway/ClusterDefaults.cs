using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.Forwarder;
using Yarp.ReverseProxy.Health;
using Yarp.ReverseProxy.Model;

namespace BetterConnections.Gateway;

/// <summary>How long the services of a cluster may take and how their replicas are watched, where the cluster says nothing else.</summary>
internal sealed class ClusterDefaults(GatewaySettings settings) : IProxyConfigFilter
{
    public ValueTask<ClusterConfig> ConfigureClusterAsync(ClusterConfig cluster, CancellationToken cancel) => new(cluster with
    {
        HttpRequest = cluster.HttpRequest ?? new() { ActivityTimeout = settings.AnswerTimeout },
        HealthCheck = new()
        {
            // Two probes in a row have to fail. A service that is frozen would keep every caller waiting; once it is known to be, they hear 503 at once.
            Active = new() { Enabled = true, Path = "/alive", Interval = settings.ProbeInterval, Timeout = 4 * settings.ProbeInterval },
            AvailableDestinationsPolicy = HealthCheckConstants.AvailableDestinations.HealthyAndUnknown,
        },
    });

    /// <summary>False for the clusters of imports, which are the same services again.</summary>
    public static bool IsService(ClusterState cluster) => !cluster.ClusterId.EndsWith("-imports", StringComparison.Ordinal);

    public ValueTask<RouteConfig> ConfigureRouteAsync(RouteConfig route, ClusterConfig? cluster, CancellationToken cancel) => new(route);
}
