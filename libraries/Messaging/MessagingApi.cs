using BetterConnections.Postgres;
using BetterConnections.Postgres.Audit;
using BetterConnections.ServiceDefaults;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;

namespace BetterConnections.Messaging;

/// <param name="Unsent">Events not yet confirmed by the broker.</param>
/// <param name="OldestUnsentAt">When the longest waiting one happened.</param>
/// <param name="LastError">Why the most often tried one was not sent.</param>
public sealed record OutboxState(int Unsent, DateTimeOffset? OldestUnsentAt, string? LastError)
{
    /// <summary>Shorter than those wait who ask for the operators' page.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public static async Task<OutboxState> ReadAsync(DbContext db, CancellationToken cancel)
    {
        var outbox = db.Set<OutboxMessage>();
        return new(
            await outbox.CountAsync(cancel),
            await outbox.MinAsync(m => (DateTimeOffset?)m.CreatedAt, cancel),
            await outbox.Where(m => m.LastError != null).OrderByDescending(m => m.Attempts).Select(m => m.LastError).FirstOrDefaultAsync(cancel));
    }

    /// <summary>Null where the database does not answer soon.</summary>
    public static async Task<OutboxState?> TryReadAsync(DbContext db, CancellationToken cancel)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        deadline.CancelAfter(Patience);
        try
        {
            return await ReadAsync(db, deadline.Token);
        }
        catch (Exception e) when (!cancel.IsCancellationRequested && (deadline.IsCancellationRequested || DatabaseAway.IsAway(e)))
        {
            return null;
        }
    }
}

/// <param name="Outbox">Null while the database is away, which keeps nobody from seeing the queues.</param>
public sealed record MessagingState(OutboxState? Outbox, IReadOnlyList<QueueState> Queues);

/// <param name="Left">Still given up: a replay of many takes more than one request.</param>
public sealed record ReplayAnswer(string Queue, int Replayed, int Left);

/// <summary>What an operator needs at night: how much waits, what was given up, and the button to send it again.</summary>
public static class MessagingApi
{
    public static void MapMessaging(this IEndpointRouteBuilder app, string service, AuthorizationPolicy operators)
    {
        var group = app.MapGroup($"/api/{service}/messaging").WithTags("Messaging").RequireAuthorization(operators);
        group.MapGet("/", State);
        group.MapGet("/queues/{queue}/failed", Failed);
        group.MapPost("/queues/{queue}/replay", Replay);
    }

    private static async Task<MessagingState> State(DbContext db, Queues queues, MessagesInHand hand, MessagingMetrics metrics, CancellationToken cancel)
    {
        var (outbox, states) = (OutboxState.TryReadAsync(db, cancel), queues.StateAsync(cancel)); // both at once, for the page waits for either
        await Task.WhenAll(outbox, states);
        return new(await outbox, [.. (await states).Select(q => q with { InHand = hand.Of(q.Queue), Newest = metrics.NewestOf(q.Queue) })]);
    }

    /// <summary>Up to 20 of the messages that were given up; asked again, the next ones.</summary>
    private static Task<IReadOnlyList<FailedMessage>> Failed(string queue, Queues queues) =>
        queues.FailedAsync(Known(queue, queues), atMost: 20);

    private static async Task<ReplayAnswer> Replay(string queue, Queues queues, AuditTrail trail, HttpContext http, ILoggerFactory logs)
    {
        Known(queue, queues);
        await trail.RecordAsync();
        var (replayed, left) = await queues.ReplayAsync(queue);
        logs.CreateLogger("BetterConnections.Messaging").LogInformation("{Subject} replayed {Count} messages of {Queue}, {Left} are left", http.User.Subject(), replayed, queue, left);
        return new(queue, replayed, left);
    }

    private static string Known(string queue, Queues queues) =>
        queues.Has(queue) ? queue : throw new NotThere("queue_unknown", $"This service has no queue {queue}.");
}

/// <summary>Degraded when messages were given up: the service works, but somebody has to look.</summary>
internal sealed class QueuesCheck(Queues queues) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancel)
    {
        try
        {
            var failed = (await queues.StateAsync(cancel)).Where(q => q.Failed > 0).ToDictionary(q => q.Queue, q => (object)q.Failed);
            return failed.Count == 0 ? HealthCheckResult.Healthy() : HealthCheckResult.Degraded("Messages were given up and can be replayed.", data: failed);
        }
        catch (Refused away)
        {
            return HealthCheckResult.Unhealthy(away.Message);
        }
    }
}
