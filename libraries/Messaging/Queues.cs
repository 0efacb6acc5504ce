using MassTransit;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace BetterConnections.Messaging;

/// <param name="Waiting">Messages not yet taken.</param>
/// <param name="Failed">Messages given up after all retries, now in the queue's error queue.</param>
public sealed record QueueState(string Queue, uint Waiting, uint Failed);

/// <summary>The service's queues as the broker sees them, and the way back for messages that were given up.</summary>
public sealed class Queues(Uri broker, IReadOnlyList<string> names)
{
    private readonly ConnectionFactory _factory = new() { Uri = broker, RequestedConnectionTimeout = TimeSpan.FromSeconds(3), AutomaticRecoveryEnabled = false };

    /// <summary><c>inventory.reserve-kit-when-facility-space-ready</c>: the file's name is the queue's.</summary>
    internal static string NameOf(string service, Type consumer) => $"{service}.{KebabCaseEndpointNameFormatter.Instance.SanitizeName(consumer.Name.Split('`')[0])}";

    public bool Has(string queue) => names.Contains(queue);

    public async Task<IReadOnlyList<QueueState>> StateAsync(CancellationToken cancel)
    {
        await using var connection = await _factory.CreateConnectionAsync(cancel);
        var states = new List<QueueState>();
        foreach (var name in names) states.Add(new(name, await Count(connection, name, cancel), await Count(connection, Errors(name), cancel)));
        return states;
    }

    /// <summary>
    /// Puts what is in the error queue back into <paramref name="queue"/>. Returns how many went back. The inbox sees to it that
    /// none has its effect twice.
    /// </summary>
    public Task<int> ReplayAsync(string queue, CancellationToken cancel) => MoveAsync(Errors(queue), queue, int.MaxValue, _ => { }, cancel);

    /// <summary>
    /// The messages at the head of the error queue, which then stand at its end. They are moved rather than taken and given back,
    /// since quorum queues count that as a delivery and drop what was delivered too often.
    /// </summary>
    public async Task<IReadOnlyList<FailedMessage>> FailedAsync(string queue, int atMost, CancellationToken cancel)
    {
        var failed = new List<FailedMessage>();
        await MoveAsync(Errors(queue), Errors(queue), atMost, message => failed.Add(FailedMessage.Of(message)), cancel);
        return failed;
    }

    /// <summary>A message leaves the one queue only when the broker has confirmed it in the other.</summary>
    private async Task<int> MoveAsync(string from, string to, int atMost, Action<BasicGetResult> see, CancellationToken cancel)
    {
        await using var connection = await _factory.CreateConnectionAsync(cancel);
        var there = await Count(connection, from, cancel); // what fails again at once is not chased in a circle
        await using var channel = await connection.CreateChannelAsync(new(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true), cancel);
        var moved = 0;
        for (; moved < there && moved < atMost; moved++)
        {
            if (await channel.BasicGetAsync(from, autoAck: false, cancel) is not { } message) break;
            see(message);
            await channel.BasicPublishAsync("", to, mandatory: true, new BasicProperties(message.BasicProperties), message.Body, cancel);
            await channel.BasicAckAsync(message.DeliveryTag, multiple: false, cancel);
        }
        return moved;
    }

    private static string Errors(string queue) => queue + "_error";

    private static async Task<uint> Count(IConnection connection, string queue, CancellationToken cancel)
    {
        await using var channel = await connection.CreateChannelAsync(cancellationToken: cancel);
        try
        {
            return (await channel.QueueDeclarePassiveAsync(queue, cancel)).MessageCount;
        }
        catch (OperationInterruptedException)
        {
            return 0; // an error queue exists only once something has gone into it
        }
    }
}
