using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;
using BetterConnections.ServiceDefaults;
using Microsoft.AspNetCore.RateLimiting;

namespace BetterConnections.Gateway;

/// <summary>A bucket of requests per client, so that one who asks too much is told to wait while the others go on.</summary>
internal static class ClientLimits
{
    public static void AddClientLimits(this IServiceCollection services, Limits limits) => services.AddRateLimiter(o =>
    {
        o.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(http => http.User.FindFirst("sub") is { Value: var subject }
            ? Bucket($"subject {subject}", limits.SignedIn)
            : Bucket(Address(http), limits.Address));
        // The names that routes in appsettings.json state as their RateLimiterPolicy.
        o.AddPolicy("passwords", http => Bucket(Address(http), limits.Passwords));
        o.AddPolicy("registrations", http => Bucket(Address(http), limits.Registrations));
        o.AddPolicy("keys", http => Bucket($"key {CapabilityPaths.TokenIn(http.Request.Path.Value ?? "")}", limits.Keys));
        o.OnRejected = (context, _) => RefuseAsync(context);
    });

    private static RateLimitPartition<string> Bucket(string client, Limit limit) => RateLimitPartition.GetTokenBucketLimiter(client, _ => new()
    {
        TokenLimit = limit.Burst,
        TokensPerPeriod = limit.PerSecond,
        ReplenishmentPeriod = TimeSpan.FromSeconds(1),
    });

    /// <summary>The caller's address; of IPv6 the network of 64 bits, for that is what one subscriber gets.</summary>
    private static string Address(HttpContext http)
    {
        var address = http.Connection.RemoteIpAddress ?? IPAddress.None;
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        return address.AddressFamily == AddressFamily.InterNetworkV6
            ? $"network {Convert.ToHexStringLower(address.GetAddressBytes().AsSpan(0, 8))}"
            : $"address {address}";
    }

    private static async ValueTask RefuseAsync(OnRejectedContext context)
    {
        var http = context.HttpContext;
        var wait = context.Lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after : TimeSpan.FromSeconds(1);
        var seconds = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds));
        http.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        await http.RequestServices.GetRequiredService<IProblemDetailsService>().WriteAsync(http, StatusCodes.Status429TooManyRequests,
            "rate_limited", $"Too many requests. Wait {seconds} s and go on more slowly.");
    }
}
