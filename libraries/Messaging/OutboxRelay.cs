using System.Diagnostics;
using System.Reflection;
using System.Text.Json;
using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace BetterConnections.Messaging;

/// <summary>
/// Sends what the outbox holds, at least once: a row moves to the sent ones only after the broker confirmed it. Rows are locked while
/// they are sent, so several relays share the work; a row that fails waits longer each time and holds nobody up.
/// </summary>
public sealed class OutboxRelay<TDb>(IServiceScopeFactory scopes, IBusControl bus, EventTypes events, MessagingMetrics metrics, IServiceProvider services,
    ILogger<OutboxRelay<TDb>> log)
    : BackgroundService where TDb : DbContext
{
    private const int Batch = 100;
    private static readonly TimeSpan SlowPoll = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan ConfirmWithin = TimeSpan.FromSeconds(10);
    private static readonly ActivitySource Source = new("BetterConnections.Messaging");

    protected override async Task ExecuteAsync(CancellationToken stopping)
    {
        var signal = services.GetRequiredService<OutboxSignal>();
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                while (await SendDueAsync(stopping) == Batch) { }
                await signal.WaitAsync(SlowPoll, stopping);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                log.LogError(e, "The outbox could not be read; trying again");
                await Task.Delay(TimeSpan.FromSeconds(1), stopping);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
        }
    }

    /// <summary>One batch: locks due rows, publishes them in parallel, moves the confirmed, puts off the failed. Returns how many were taken.</summary>
    public async Task<int> SendDueAsync(CancellationToken cancel)
    {
        // While the broker is away attempts would only be wasted; the health check says so meanwhile.
        if (bus.CheckHealth().Status != BusHealthStatus.Healthy) return 0;

        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<TDb>();
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var due = await db.Set<OutboxMessage>().FromSql(
            $"select * from outbox_messages where due_at <= now() order by due_at limit {Batch} for update skip locked").AsNoTracking().ToListAsync(cancel);
        if (due.Count == 0) return 0;

        var outcomes = await Task.WhenAll(due.Select(m => SendAsync(m, cancel)));

        var sent = outcomes.Where(o => o.Error is null).Select(o => o.Id).ToArray();
        await db.Database.ExecuteSqlAsync($"""
            with sent as (delete from outbox_messages where id = any({sent}) returning id, type, body)
            insert into sent_messages (id, type, body, sent_at) select id, type, body, now() from sent
            """, cancel);
        foreach (var (id, error) in outcomes.Where(o => o.Error is not null))
            await db.Database.ExecuteSqlAsync($"""
                update outbox_messages set attempts = attempts + 1, last_error = {error},
                    due_at = now() + least(interval '30 seconds', interval '0.5 seconds' * power(2, least(attempts, 10))) * (0.75 + random() / 2)
                where id = {id}
                """, cancel);
        await transaction.CommitAsync(cancel);
        metrics.Relayed(sent.Length, failed: due.Count - sent.Length);
        return due.Count;
    }

    private async Task<(Guid Id, string? Error)> SendAsync(OutboxMessage message, CancellationToken cancel)
    {
        // The trace goes on where the request that caused the event left it.
        ActivityContext.TryParse(message.TraceParent, null, isRemote: true, out var parent);
        using var activity = Source.StartActivity($"send {message.Type}", ActivityKind.Internal, parent);
        try
        {
            var type = events.Find(message.Type);
            var happened = JsonSerializer.Deserialize(message.Body, type) ?? throw new JsonException("The body is null.");
            using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancel);
            deadline.CancelAfter(ConfirmWithin);
            await bus.Publish(happened, type, context =>
            {
                context.MessageId = message.Id;
                MessagingMetrics.NoteCreation(context, message.CreatedAt);
            }, deadline.Token);
            return (message.Id, null);
        }
        catch (Exception e) when (!cancel.IsCancellationRequested)
        {
            log.LogWarning(e, "{Event} {MessageId} was not sent; attempt {Attempt}", message.Type, message.Id, message.Attempts + 1);
            activity?.SetStatus(ActivityStatusCode.Error, e.Message);
            return (message.Id, e.Message);
        }
    }
}

/// <summary>The events by name: the public records of the contracts' assembly.</summary>
public sealed class EventTypes(Assembly contracts)
{
    private readonly Dictionary<string, Type> _byName = contracts.GetExportedTypes().Where(t => t is { IsClass: true, IsAbstract: false }).ToDictionary(t => t.Name);

    /// <summary>The events themselves; a record that is only part of one does not say when it happened.</summary>
    public IEnumerable<Type> All => _byName.Values.Where(t => t.GetProperty("At")?.PropertyType == typeof(DateTimeOffset));

    public Type Find(string name) => _byName.TryGetValue(name, out var type) ? type : throw new InvalidOperationException($"No contract is named {name}.");
}
