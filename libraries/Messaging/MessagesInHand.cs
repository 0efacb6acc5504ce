using System.Collections.Concurrent;
using MassTransit;

namespace BetterConnections.Messaging;

/// <summary>
/// What this replica has taken from its queues and neither done nor given up: what is worked on and what waits to be tried again. The broker
/// does not count it as waiting; while the database is away it is all that can be seen of a queue with few messages.
/// </summary>
public sealed class MessagesInHand : IFilter<ConsumeContext>
{
    private readonly ConcurrentDictionary<string, int> _counts = new();

    public IReadOnlyDictionary<string, int> Counts => _counts;

    public int Of(string queue) => _counts.GetValueOrDefault(queue);

    public async Task Send(ConsumeContext context, IPipe<ConsumeContext> next)
    {
        var queue = Queues.NameIn(context);
        _counts.AddOrUpdate(queue, 1, (_, n) => n + 1);
        try
        {
            await next.Send(context);
        }
        finally
        {
            _counts.AddOrUpdate(queue, 0, (_, n) => n - 1);
        }
    }

    public void Probe(ProbeContext context) => context.CreateFilterScope("in-hand");
}
