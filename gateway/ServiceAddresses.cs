using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Primitives;
using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.ServiceDiscovery;

namespace BetterConnections.Gateway;

/// <summary>The machine's own way from a host name to its addresses.</summary>
/// <exception cref="SocketException">Nobody knows the name, or who would know does not answer.</exception>
public delegate Task<IPAddress[]> HostLookup(string host, CancellationToken cancel);

/// <summary>
/// Where the replicas of a service are. The destination <c>http://inventory</c> of a cluster stands for the addresses that are configured
/// under <c>services:inventory:http:0</c>, <c>:1</c>, … (or <c>https</c>), the names that Aspire and everything else that starts the system
/// sets. Where such an address names a host, all addresses of the host are replicas: those of a service that Docker has scaled, or the pods
/// behind a headless service of Kubernetes. They are asked for again at every round of probes. A service without an address stops the start.
/// </summary>
internal sealed class ServiceAddresses(IConfiguration configuration, GatewaySettings settings, HostLookup lookup) : IDestinationResolver
{
    private readonly ConcurrentDictionary<string, IPAddress[]> _lastKnown = new();

    public async ValueTask<ResolvedDestinationCollection> ResolveDestinationsAsync(IReadOnlyDictionary<string, DestinationConfig> destinations, CancellationToken cancel)
    {
        var configured = destinations.Values.SelectMany(d => Configured(new Uri(d.Address).Host)).ToList();
        var replicas = await Task.WhenAll(configured.Select(address => ReplicasAsync(address, cancel)));
        var mayChange = configured.Exists(NamesHost) ? new CancellationChangeToken(new CancellationTokenSource(settings.ProbeInterval).Token) : null;
        return new(replicas.SelectMany(r => r).DistinctBy(r => r.Address).ToDictionary(r => r.Address), mayChange);
    }

    private IReadOnlyList<Uri> Configured(string service)
    {
        var named = configuration.GetSection($"services:{service}");
        // A replica that has both schemes is one replica.
        var section = named.GetSection("http").GetChildren().Any() ? named.GetSection("http") : named.GetSection("https");
        var addresses = section.GetChildren().Select(replica => replica.Value ?? "").ToList();
        if (addresses.Count == 0)
            throw new InvalidOperationException($"services:{service}:http:0 is not set. Give the address of the {service} service, e.g. http://localhost:8482.");
        return [.. addresses.Select(a => Uri.TryCreate(a, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" ? uri
            : throw new InvalidOperationException($"services:{service} has \"{a}\", which is not an http address."))];
    }

    private async Task<IEnumerable<DestinationConfig>> ReplicasAsync(Uri address, CancellationToken cancel)
    {
        if (NamesHost(address))
        {
            try
            {
                var found = await lookup(address.Host, cancel);
                // A host with addresses of both families has two for each replica.
                _lastKnown[address.Host] = [.. found.Where(ip => ip.AddressFamily == found[0].AddressFamily)];
            }
            catch (SocketException)
            {
                // All its replicas are down, or only the name server is: the probes will tell.
            }
        }
        return _lastKnown.TryGetValue(address.Host, out var known)
            ? known.Select(ip => new DestinationConfig { Address = new UriBuilder(address) { Host = ip.ToString() }.Uri.ToString(), Host = address.Authority })
            : [new() { Address = address.ToString() }];
    }

    private static bool NamesHost(Uri address) => address is { HostNameType: UriHostNameType.Dns, IsLoopback: false };
}
