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
/// Sends what the outbox holds, at least once: that a row is among the sent ones is committed only after the broker confirmed it. Rows are locked
/// while they are sent, so several relays share the work; a row that fails waits longer each time and holds nobody up.
/// </summary>
public sealed class OutboxRelay<TDb>(IServiceScopeFactory scopes, IBusControl bus, EventTypes events, MessagingMetrics metrics, IServiceProvider services,
    ILogger<OutboxRelay<TDb>> log)
    : BackgroundService where TDb : DbContext
{
    private const int Batch = 100;
    /// <summary>Batches under way at a time, each with a connection of its own while it is.</summary>
    private const int Lanes = 8;
    private static readonly TimeSpan SlowPoll = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan ConfirmWithin = TimeSpan.FromSeconds(10);
    private static readonly ActivitySource Source = new("BetterConnections.Messaging");

    /// <summary>
    /// RabbitMQ confirms a message when it is on its disk, which may take a third of a second under load, while consumers have it at once. So
    /// the next events do not wait for the confirmations of the last: whichever lane is free takes them. The first also looks by itself.
    /// </summary>
    protected override Task ExecuteAsync(CancellationToken stopping) =>
        Task.WhenAll(Enumerable.Range(0, Lanes).Select(lane => RelayAsync(lane == 0 ? SlowPoll : Timeout.InfiniteTimeSpan, stopping)));

    private async Task RelayAsync(TimeSpan poll, CancellationToken stopping)
    {
        var signal = services.GetRequiredService<OutboxSignal>();
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                while (await SendDueAsync(stopping) == Batch) signal.Wake(); // there is more: another lane helps
                await signal.WaitAsync(poll, stopping);
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

    /// <summary>One batch: moves due rows to the sent ones, publishes them in parallel, moves the failed back, commits. Returns how many were taken.</summary>
    public async Task<int> SendDueAsync(CancellationToken cancel)
    {
        // While the broker is away attempts would only be wasted; the health check says so meanwhile.
        if (bus.CheckHealth().Status != BusHealthStatus.Healthy) return 0;

        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<TDb>();
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        // The commit waits for no disk: one that a crash of the database takes back is sent again, and receivers recognise it.
        var due = await db.Set<OutboxMessage>().FromSql($"""
            with due as (
                delete from outbox_messages
                where id = any(array(select id from outbox_messages where due_at <= now() order by due_at limit {Batch} for update skip locked))
                returning *),
            sent as (insert into sent_messages (id, type, body, sent_at) select id, type, body, now() from due)
            select due.* from due, set_config('synchronous_commit', 'off', true) order by due_at
            """).AsNoTracking().ToListAsync(cancel);
        if (due.Count == 0) return 0;

        var outcomes = await Task.WhenAll(due.Select(async m => (Message: m, Error: await SendAsync(m, cancel))));

        var failed = outcomes.Where(o => o.Error is not null).ToList();
        foreach (var (message, error) in failed)
            await db.Database.ExecuteSqlAsync($"""
                with failed as (delete from sent_messages where id = {message.Id} returning id, type, body)
                insert into outbox_messages (id, type, body, trace_parent, created_at, due_at, attempts, last_error)
                select id, type, body, {message.TraceParent}, {message.CreatedAt},
                    now() + least(interval '30 seconds', interval '0.5 seconds' * power(2, least({message.Attempts}, 10))) * (0.75 + random() / 2),
                    {message.Attempts + 1}, {error} from failed
                """, cancel);
        await transaction.CommitAsync(cancel);
        metrics.Relayed(due.Count - failed.Count, failed.Count);
        return due.Count;
    }

    /// <returns>Why it was not sent; null where the broker has confirmed it.</returns>
    private async Task<string?> SendAsync(OutboxMessage message, CancellationToken cancel)
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
            return null;
        }
        catch (Exception e) when (!cancel.IsCancellationRequested)
        {
            log.LogWarning(e, "{Event} {MessageId} was not sent; attempt {Attempt}", message.Type, message.Id, message.Attempts + 1);
            activity?.SetStatus(ActivityStatusCode.Error, e.Message);
            return e.Message;
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
