using System.Diagnostics;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Messaging;

/// <summary>A message that a queue's consumer has dealt with. Kept 30 days, longer than anything is redelivered.</summary>
public sealed class InboxMessage
{
    public Guid MessageId { get; init; }
    public required string Queue { get; init; }
    public DateTimeOffset ReceivedAt { get; init; }
}

/// <summary>
/// Says of a consumer that the rows it writes tell by themselves that a message comes again, however late, and that it publishes nothing. It
/// gets no note in the inbox, which would cost as much again as what it does, and no transaction but its own: where it breaks off between two
/// statements, the next delivery does both.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class RepeatableAttribute : Attribute;

/// <param name="Names">The queues of consumers that are <see cref="RepeatableAttribute"/>.</param>
public sealed record RepeatableQueues(IReadOnlySet<string> Names);

/// <summary>
/// Around every consumer: its effects, its outgoing events and the note that the message is done commit together, so a
/// message that comes twice, even at once, has its effect once. Retries lie outside: each begins with a fresh transaction.
/// What is <see cref="RepeatableAttribute"/> it lets through.
/// </summary>
public sealed class InboxFilter<T>(DbContext db, MessagingMetrics metrics, RepeatableQueues repeatable) : IFilter<ConsumeContext<T>> where T : class
{
    public async Task Send(ConsumeContext<T> context, IPipe<ConsumeContext<T>> next)
    {
        var queue = Queues.NameIn(context.ReceiveContext);
        var (started, outcome) = (Stopwatch.GetTimestamp(), "failed");
        try
        {
            outcome = await OnceAsync(context, next, queue) ? "done" : "repeated";
            if (outcome == "done") metrics.TookEffect(context, queue);
        }
        finally
        {
            metrics.Consumed(queue, outcome, Stopwatch.GetElapsedTime(started));
        }
    }

    /// <summary>False for a message that was dealt with before.</summary>
    private async Task<bool> OnceAsync(ConsumeContext<T> context, IPipe<ConsumeContext<T>> next, string queue)
    {
        if (repeatable.Names.Contains(queue))
        {
            await next.Send(context);
            return true;
        }

        var message = context.MessageId ?? throw new InvalidOperationException("A message without an id cannot be recognised when it comes again.");
        db.Database.AutoSavepointsEnabled = false; // two round trips around every save; a save that fails ends all the work
        await using var transaction = await db.Database.BeginTransactionAsync(context.CancellationToken);
        // A second delivery waits here until the first has committed or failed.
        if (await db.Database.ExecuteSqlAsync(
            $"insert into inbox_messages (message_id, queue, received_at) values ({message}, {queue}, now()) on conflict do nothing", context.CancellationToken) == 0)
        {
            // Dealt with before. Left unsaid, MassTransit would take it for a message that no consumer wants and move it to a _skipped queue.
            await context.NotifyConsumed(context.ReceiveContext.ElapsedTime, queue);
            return false;
        }

        await next.Send(context);
        await db.SaveChangesAsync(context.CancellationToken);
        await transaction.CommitAsync(context.CancellationToken);
        return true;
    }

    public void Probe(ProbeContext context) => context.CreateFilterScope("inbox");
}
