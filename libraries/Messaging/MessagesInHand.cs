using System.Collections.Concurrent;
using MassTransit;

namespace BetterConnections.Messaging;

/// <summary>
/// What this replica has taken from its queues and neither done nor given up: what is worked on and what waits to be tried again. The broker
/// does not count it as waiting; while the database is away it is all that can be seen of a queue with few messages.
/// </summary>
public sealed class MessagesInHand : IReceiveObserver
{
    private readonly ConcurrentDictionary<string, int> _counts = new();
    private readonly ConcurrentDictionary<ReceiveContext, byte> _taken = new();

    public IReadOnlyDictionary<string, int> Counts => _counts;

    public int Of(string queue) => _counts.GetValueOrDefault(queue);

    public Task PreReceive(ReceiveContext context) => _taken.TryAdd(context, 0) ? Count(context, 1) : Task.CompletedTask;

    public Task PostReceive(ReceiveContext context) => End(context);

    public Task ReceiveFault(ReceiveContext context, Exception exception) => End(context);

    public Task PostConsume<T>(ConsumeContext<T> context, TimeSpan duration, string consumerType) where T : class => Task.CompletedTask;

    public Task ConsumeFault<T>(ConsumeContext<T> context, TimeSpan duration, string consumerType, Exception exception) where T : class => Task.CompletedTask;

    /// <summary>MassTransit tells it twice of what could not be read.</summary>
    private Task End(ReceiveContext context) => _taken.TryRemove(context, out _) ? Count(context, -1) : Task.CompletedTask;

    private Task Count(ReceiveContext context, int change)
    {
        _counts.AddOrUpdate(Queues.NameIn(context), change, (_, n) => n + change);
        return Task.CompletedTask;
    }
}
