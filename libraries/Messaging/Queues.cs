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
    /// Puts what is in the error queue back into <paramref name="queue"/>; a message leaves the one only when the broker has
    /// confirmed it in the other. Returns how many went back. The inbox sees to it that none has its effect twice.
    /// </summary>
    public async Task<int> ReplayAsync(string queue, CancellationToken cancel)
    {
        await using var connection = await _factory.CreateConnectionAsync(cancel);
        var failed = await Count(connection, Errors(queue), cancel);
        await using var channel = await connection.CreateChannelAsync(new(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true), cancel);
        var replayed = 0;
        for (; replayed < failed; replayed++) // those there at the start: what fails again at once is not chased in a circle
        {
            if (await channel.BasicGetAsync(Errors(queue), autoAck: false, cancel) is not { } message) break;
            await channel.BasicPublishAsync("", queue, mandatory: true, new BasicProperties(message.BasicProperties), message.Body, cancel);
            await channel.BasicAckAsync(message.DeliveryTag, multiple: false, cancel);
        }
        return replayed;
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
