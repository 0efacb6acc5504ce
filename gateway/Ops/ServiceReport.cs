using System.Net.Http.Headers;
using System.Text.Json;
using BetterConnections.ServiceDefaults;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace BetterConnections.Gateway.Ops;

/// <summary>How one service is. <paramref name="Messaging"/> is null for one that has no messages or does not tell.</summary>
public sealed record ServiceReport(string Service, IReadOnlyList<ReplicaReport> Replicas, MessagingReport? Messaging)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>Asks every replica how it is and for its messages, all at once.</summary>
    public static async Task<IReadOnlyList<ServiceReport>> AllAsync(ServiceCalls calls, AuthenticationHeaderValue token, CancellationToken cancel) =>
        await Task.WhenAll(calls.Services.Select(async service =>
        {
            var messaging = Task.WhenAll(service.Replicas.Select(address => calls.GetAsync(address, $"/api/{service.Name}/messaging", token, cancel)));
            var replicas = await Task.WhenAll(service.Replicas.Select(address => ReplicaReport.ReadAsync(calls, address, cancel)));
            return new ServiceReport(service.Name, replicas, MessagingReport.Of([.. (await messaging).SelectMany(m => m is (200, var state) ? [state.Deserialize<MessagingReport>(Json)!] : Array.Empty<MessagingReport>())]));
        }));

    /// <summary>What was given up of a queue. Null where nobody tells.</summary>
    /// <exception cref="NotThere">There is no such queue.</exception>
    public static async Task<IReadOnlyList<FailedMessage>?> FailedAsync(ServiceCalls calls, string service, string queue, AuthenticationHeaderValue token, CancellationToken cancel) =>
        await calls.GetAsync(calls.AliveOf(service), $"/api/{service}/messaging/queues/{Uri.EscapeDataString(queue)}/failed", token, cancel) switch
        {
            (200, var failed) => failed.Deserialize<List<FailedMessage>>(Json),
            (404, _) => throw UnknownQueue(service, queue),
            _ => null,
        };

    public static NotThere UnknownQueue(string service, string queue) =>
        new("queue_unknown", $"{service} has no queue {queue}. Those that hold something are below; a release may have given it another name.");
}

/// <param name="Status">Healthy, Degraded, Unhealthy; Dead where nothing answers.</param>
/// <param name="Reasons">What each check that is not healthy says.</param>
public sealed record ReplicaReport(string Address, string Status, string? Version, DateTimeOffset? StartedAt, IReadOnlyList<string> Reasons)
{
    public static async Task<ReplicaReport> ReadAsync(ServiceCalls calls, string address, CancellationToken cancel)
    {
        if (await calls.GetAsync(address, "/health", null, cancel) is not (_, { ValueKind: JsonValueKind.Object } health))
            return new(address, "Dead", null, null, ["Does not answer."]);
        var reasons = health.GetProperty("checks").EnumerateObject()
            .Where(c => c.Value.GetProperty("status").GetString() != "Healthy")
            .Select(c => $"{c.Name}: {c.Value.GetProperty("description").GetString()}");
        return new(address, health.GetProperty("status").GetString()!, health.GetProperty("version").GetString(), health.GetProperty("startedAt").GetDateTimeOffset(), [.. reasons]);
    }

    /// <summary>The gateway that shows the page.</summary>
    public static async Task<ReplicaReport> OfThisGatewayAsync(HealthCheckService checks, CancellationToken cancel)
    {
        var health = await checks.CheckHealthAsync(cancel);
        var reasons = health.Entries.Where(e => e.Value.Status != HealthStatus.Healthy).Select(e => $"{e.Key}: {e.Value.Description}");
        return new("this one", health.Status.ToString(), Health.Version, Health.StartedAt, [.. reasons]);
    }
}

/// <summary>As the services tell it under <c>/api/{service}/messaging</c>.</summary>
/// <param name="Outbox">Null while the service's database is away.</param>
public sealed record MessagingReport(OutboxReport? Outbox, IReadOnlyList<QueueReport> Queues)
{
    /// <summary>All replicas tell the same, an outbox if they reach their database, but for what each has in hand and has done last. Null where none tells.</summary>
    public static MessagingReport? Of(IReadOnlyList<MessagingReport> replicas) => replicas.Count == 0 ? null : replicas[0] with
    {
        Outbox = replicas.Select(r => r.Outbox).FirstOrDefault(o => o is not null),
        Queues =
        [
            .. replicas.SelectMany(r => r.Queues).GroupBy(q => q.Queue)
                .Select(q => q.First() with { InHand = q.Sum(r => r.InHand), Newest = q.Select(r => r.Newest).MaxBy(n => n?.At) }),
        ],
    };
}

public sealed record OutboxReport(int Unsent, DateTimeOffset? OldestUnsentAt, string? LastError);

public sealed record QueueReport(string Queue, long Waiting, long Failed, long InHand, NewestEffect? Newest);

public sealed record NewestEffect(DateTimeOffset At, double? LagSeconds);

public sealed record FailedMessage(string? Event, DateTimeOffset? FailedAt, string? Error);
