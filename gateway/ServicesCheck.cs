using Microsoft.Extensions.Diagnostics.HealthChecks;
using Yarp.ReverseProxy;
using Yarp.ReverseProxy.Model;

namespace BetterConnections.Gateway;

/// <summary>
/// Tells which services have replicas to go to. A service that is away makes the gateway degraded, not unhealthy:
/// the gateway still serves the others, and taking it out would take them out too.
/// </summary>
internal sealed class ServicesCheck(IProxyStateLookup proxy) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancel)
    {
        var services = proxy.GetClusters().Where(ClusterDefaults.IsService).ToDictionary(c => c.ClusterId, State);
        var away = services.Where(s => s.Value.Reachable == 0).Select(s => s.Key).Order().ToList();
        var data = services.ToDictionary(s => s.Key, s => (object)s.Value);
        return Task.FromResult(away.Count == 0
            ? HealthCheckResult.Healthy(data: data)
            : HealthCheckResult.Degraded($"Not reachable: {string.Join(", ", away)}.", data: data));
    }

    private static Replicas State(ClusterState cluster) => new(cluster.Destinations.Count, cluster.Destinations.Values
        .Count(d => d.Health.Active != DestinationHealth.Unhealthy));

    private sealed record Replicas(int Configured, int Reachable);
}
