using System.Net.Http.Headers;
using System.Text.Json;
using Yarp.ReverseProxy;
using Yarp.ReverseProxy.Model;

namespace BetterConnections.Gateway.Ops;

/// <summary>Asks the services for the operators' page. Who does not answer within three seconds counts as dead, and the page comes all the same.</summary>
public sealed class ServiceCalls(IProxyStateLookup proxy, GatewaySettings settings)
{
    private readonly HttpClient _client = new(new SocketsHttpHandler
    {
        ConnectTimeout = settings.ConnectTimeout,
        AllowAutoRedirect = false,
        UseCookies = false,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
    })
    { Timeout = TimeSpan.FromSeconds(3) };

    /// <summary>The services by name, each with the addresses of its replicas.</summary>
    public IReadOnlyList<(string Name, IReadOnlyList<string> Replicas)> Services => [.. proxy.GetClusters()
        .Where(ClusterDefaults.IsService)
        .Select(c => (c.ClusterId, (IReadOnlyList<string>)[.. c.Destinations.Values.Select(d => d.Model.Config.Address)]))
        .OrderBy(s => s.ClusterId)];

    /// <summary>Null where there is no answer.</summary>
    public Task<(int Status, JsonElement Json)?> GetAsync(string address, string path, AuthenticationHeaderValue? token, CancellationToken cancel) =>
        SendAsync(new(HttpMethod.Get, new Uri(new(address), path)) { Headers = { Authorization = token } }, cancel);

    /// <summary>To a replica that is alive, once.</summary>
    public Task<(int Status, JsonElement Json)?> PostAsync(string service, string path, AuthenticationHeaderValue token, CancellationToken cancel) =>
        SendAsync(new(HttpMethod.Post, new Uri(new(AliveOf(service)), path)) { Headers = { Authorization = token } }, cancel);

    /// <summary>A replica that the probes found alive; any where they found none, for they can be wrong.</summary>
    public string AliveOf(string service) => proxy.TryGetCluster(service, out var cluster)
        ? cluster.Destinations.Values.OrderBy(d => d.Health.Active == DestinationHealth.Unhealthy).First().Model.Config.Address
        : throw new ServiceDefaults.NotThere("service_unknown", $"There is no service {service}. Those that there are stand below.");

    private async Task<(int Status, JsonElement Json)?> SendAsync(HttpRequestMessage request, CancellationToken cancel)
    {
        try
        {
            using (request)
            {
                using var response = await _client.SendAsync(request, cancel);
                var text = await response.Content.ReadAsStringAsync(cancel);
                return ((int)response.StatusCode, text.StartsWith('{') || text.StartsWith('[') ? JsonDocument.Parse(text).RootElement : default);
            }
        }
        catch (Exception e) when (e is HttpRequestException or JsonException || (e is OperationCanceledException && !cancel.IsCancellationRequested))
        {
            return null;
        }
    }
}
