using System.Diagnostics.Metrics;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace BetterConnections.Messaging;

/// <summary>
/// How much waits, in the outbox and in the queues, read every ten seconds while somebody collects metrics: whoever observes a gauge gets
/// what was read last, so that collecting costs the database nothing. All replicas of a service tell the same,
/// but for what each has in hand.
/// </summary>
public sealed class MessagingGauges : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    private readonly IServiceScopeFactory _scopes;
    private readonly Queues _queues;
    private readonly ILogger<MessagingGauges> _log;
    private readonly ObservableGauge<long> _unsent;
    private volatile MessagingState? _state;

    public MessagingGauges(MessagingMetrics metrics, IServiceScopeFactory scopes, Queues queues, MessagesInHand hand, ILogger<MessagingGauges> log)
    {
        (_scopes, _queues, _log) = (scopes, queues, log);
        _unsent = metrics.Meter.CreateObservableGauge("betterconnections.outbox.unsent", Unsent, "{message}", "Events not yet confirmed by the broker.");
        metrics.Meter.CreateObservableGauge("betterconnections.outbox.oldest_unsent.age", OldestAge, "s", "How long the oldest unsent event has been waiting.");
        metrics.Meter.CreateObservableGauge("betterconnections.queue.waiting", () => OfQueues(q => q.Waiting), "{message}", "Messages not yet taken, by queue.");
        metrics.Meter.CreateObservableGauge("betterconnections.queue.in_hand", // not as it was read last: it is told while the database is away, too
            () => hand.Counts.Select(c => new Measurement<long>(c.Value, new KeyValuePair<string, object?>("queue", c.Key))), "{message}", "Messages this replica has taken and neither done nor given up, by queue.");
        metrics.Meter.CreateObservableGauge("betterconnections.queue.failed", () => OfQueues(q => q.Failed), "{message}", "Messages given up, by queue.");
    }

    protected override async Task ExecuteAsync(CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(Interval);
        do
        {
            try
            {
                if (_unsent.Enabled) await RefreshAsync(stopping);
            }
            catch (Exception e) when (!stopping.IsCancellationRequested)
            {
                _state = null; // rather no figure than an old one
                _log.LogWarning(e, "Outbox and queues could not be counted; trying again");
            }
        }
        while (await timer.WaitForNextTickAsync(stopping));
    }

    /// <summary>Reads what the gauges show.</summary>
    public async Task RefreshAsync(CancellationToken cancel)
    {
        await using var scope = _scopes.CreateAsyncScope();
        _state = new(await OutboxState.ReadAsync(scope.ServiceProvider.GetRequiredService<DbContext>(), cancel), await _queues.StateAsync(cancel));
    }

    private IEnumerable<Measurement<long>> Unsent() => _state?.Outbox is { } outbox ? [new(outbox.Unsent)] : [];

    private IEnumerable<Measurement<double>> OldestAge() =>
        _state?.Outbox is { } outbox ? [new(outbox.OldestUnsentAt is { } at ? Math.Max(0, (DateTimeOffset.UtcNow - at).TotalSeconds) : 0)] : [];

    private IEnumerable<Measurement<long>> OfQueues(Func<QueueState, long> figure) =>
        _state?.Queues.Select(q => new Measurement<long>(figure(q), new KeyValuePair<string, object?>("queue", q.Queue))) ?? [];
}
