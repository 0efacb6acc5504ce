using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Globalization;
using MassTransit;

namespace BetterConnections.Messaging;

/// <summary>How far behind a queue is, by the newest message that had its effect.</summary>
/// <param name="At">When it had.</param>
/// <param name="LagSeconds">From the event's commit at its sender to the commit of its effect, by two machines' clocks. Null where the sender did not say when.</param>
public sealed record NewestEffect(DateTimeOffset At, double? LagSeconds);

/// <summary>What is counted and timed of a service's messages, as OpenTelemetry metrics of the meter <c>BetterConnections.Messaging</c>.</summary>
public sealed class MessagingMetrics
{
    public const string MeterName = "BetterConnections.Messaging";
    private const string CreatedAt = "bc-created-at";

    private readonly Counter<long> _sent, _failed;
    private readonly Histogram<double> _duration, _lag;
    private readonly ConcurrentDictionary<string, NewestEffect> _newest = new();

    public MessagingMetrics(IMeterFactory meters)
    {
        Meter = meters.Create(MeterName);
        _sent = Meter.CreateCounter<long>("betterconnections.outbox.sent", "{message}", "Events that the broker has confirmed.");
        _failed = Meter.CreateCounter<long>("betterconnections.outbox.failed", "{attempt}", "Attempts to send that failed and will be repeated.");
        _duration = Meter.CreateHistogram<double>("betterconnections.consumer.duration", "s", "Time of one attempt at a message, by queue and outcome: done, repeated, failed.");
        _lag = Meter.CreateHistogram<double>("betterconnections.event.lag", "s", "From the event's commit at its sender to the commit of its effect, by event and queue.");
    }

    internal Meter Meter { get; }

    internal void Relayed(int sent, int failed)
    {
        if (sent > 0) _sent.Add(sent);
        if (failed > 0) _failed.Add(failed);
    }

    internal void Consumed(string queue, string outcome, TimeSpan took) => _duration.Record(took.TotalSeconds, new("queue", queue), new("outcome", outcome));

    /// <summary>The event's own <c>At</c> says when it happened in the world, which may be long before it was recorded; this is the latter.</summary>
    internal static void NoteCreation(SendContext context, DateTimeOffset at) => context.Headers.Set(CreatedAt, at.ToString("O", CultureInfo.InvariantCulture));

    internal void TookEffect<T>(ConsumeContext<T> context, string queue) where T : class
    {
        var (now, lag) = (DateTimeOffset.UtcNow, (double?)null);
        if (DateTimeOffset.TryParse(context.Headers.Get<string>(CreatedAt), CultureInfo.InvariantCulture, out var at))
        {
            lag = Math.Max(0, (now - at).TotalSeconds); // two machines' clocks
            _lag.Record(lag.Value, new("event", typeof(T).Name), new("queue", queue));
        }
        _newest[queue] = new(now, lag);
    }

    /// <summary>Of what this replica has done since it started. Null where that is nothing.</summary>
    public NewestEffect? NewestOf(string queue) => _newest.GetValueOrDefault(queue);
}
