using BetterConnections.Contracts;
using BetterConnections.Messaging;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Evaluation.Webhooks;

/// <summary>Listens to every event. Each endpoint that wants it gets one delivery, however often the event comes: the ids are unique.</summary>
[Repeatable]
public sealed class QueueWebhooksWhenAnythingHappens<T>(EvaluationDb db, TimeProvider clock) : IConsumer<T> where T : class
{
    public Task Consume(ConsumeContext<T> context) =>
        db.QueueAsync(context.MessageId!.Value, WebhookTypes.NameOf(typeof(T)), () => WebhookTypes.Body(context.Message, At(context.Message)), clock.GetUtcNow(), context.CancellationToken);

    private static readonly Func<T, DateTimeOffset> At = typeof(T).GetProperty(nameof(FacilityOpened.At))!.GetMethod!.CreateDelegate<Func<T, DateTimeOffset>>();
}

internal static class WebhookQueue
{
    /// <summary>
    /// Nothing is written, nor the body made, where nobody wants it. For an endpoint that fails it is kept until it is enabled again; who
    /// switched it off, or answered that it is gone, did not want it.
    /// </summary>
    public static async Task QueueAsync(this EvaluationDb db, Guid message, string type, Func<string> body, DateTimeOffset now, CancellationToken cancel)
    {
        var endpoints = await db.WebhookEndpoints.Where(e => (e.State == EndpointState.Active || e.State == EndpointState.Failing) && (e.Types.Length == 0 || e.Types.Contains(type)))
            .Select(e => e.Id).ToArrayAsync(cancel);
        if (endpoints.Length > 0) await db.QueueAsync(message, type, body(), endpoints, now, cancel);
    }

    public static Task QueueAsync(this EvaluationDb db, Guid message, string type, string body, Guid[] endpoints, DateTimeOffset now, CancellationToken cancel) =>
        db.Database.ExecuteSqlAsync($"""
            with message as (
                insert into webhook_messages (id, type, body, at) values ({message}, {type}, {body}, {now}) on conflict do nothing)
            insert into webhook_deliveries (endpoint_id, message_id, state, attempts, due_at)
            select endpoint, {message}, 'Pending', 0, {now} from unnest({endpoints}) endpoint
            on conflict do nothing
            """, cancel);
}
