using MassTransit;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace BetterConnections.Messaging;

/// <param name="Waiting">Messages not yet taken.</param>
/// <param name="Failed">Messages given up after all retries, now in the queue's error queue.</param>
public sealed record QueueState(string Queue, uint Waiting, uint Failed);

/// <summary>The service's queues as the broker sees them, and the way back for messages that were given up.</summary>
/// <param name="broker">amqp://user:password@host:port</param>
/// <param name="names">One for each consumer.</param>
/// <param name="quorum">Whether they are quorum queues.</param>
public sealed class Queues(Uri broker, IReadOnlyList<string> names, bool quorum) : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private readonly ConnectionFactory _factory = new()
    {
        Uri = broker,
        RequestedConnectionTimeout = Patience,
        ContinuationTimeout = Patience,
        AutomaticRecoveryEnabled = false,
    };

    private readonly SemaphoreSlim _connecting = new(1);
    private IConnection? _connection;

    /// <summary><c>inventory.reserve-kit-when-facility-space-ready</c>: the file's name is the queue's.</summary>
    internal static string NameOf(string service, Type consumer) => $"{service}.{KebabCaseEndpointNameFormatter.Instance.SanitizeName(consumer.Name.Split('`')[0])}";

    public bool Has(string queue) => names.Contains(queue);

    public async Task<IReadOnlyList<QueueState>> StateAsync(CancellationToken cancel)
    {
        await using var channel = await (await ConnectionAsync(cancel)).CreateChannelAsync(cancellationToken: cancel);
        var states = new List<QueueState>();
        try
        {
            foreach (var name in names) states.Add(new(name, (await channel.QueueDeclarePassiveAsync(name, cancel)).MessageCount, await FailedCount(channel, name, cancel)));
            return states;
        }
        catch (OperationInterruptedException e) when (e.ShutdownReason?.ReplyCode == Constants.NotFound)
        {
            return [.. names.Select(name => new QueueState(name, 0, 0))]; // the bus has not made them yet
        }
    }

    /// <summary>
    /// Puts what is in the error queue back into <paramref name="queue"/>. Returns how many went back. The inbox sees to it that
    /// none has its effect twice.
    /// </summary>
    public Task<int> ReplayAsync(string queue, CancellationToken cancel) => MoveFailedAsync(queue, queue, int.MaxValue, _ => { }, cancel);

    /// <summary>
    /// The messages at the head of the error queue, which then stand at its end. They are moved rather than taken and given back,
    /// since quorum queues count that as a delivery and drop what was delivered too often.
    /// </summary>
    public async Task<IReadOnlyList<FailedMessage>> FailedAsync(string queue, int atMost, CancellationToken cancel)
    {
        var failed = new List<FailedMessage>();
        await MoveFailedAsync(queue, Errors(queue), atMost, message => failed.Add(FailedMessage.Of(message)), cancel);
        return failed;
    }

    /// <summary>A message leaves the one queue only when the broker has confirmed it in the other.</summary>
    private async Task<int> MoveFailedAsync(string queue, string to, int atMost, Action<BasicGetResult> see, CancellationToken cancel)
    {
        await using var channel = await (await ConnectionAsync(cancel)).CreateChannelAsync(new(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true), cancel);
        var there = await FailedCount(channel, queue, cancel); // what fails again at once is not chased in a circle
        var moved = 0;
        for (; moved < there && moved < atMost; moved++)
        {
            if (await channel.BasicGetAsync(Errors(queue), autoAck: false, cancel) is not { } message) break;
            see(message);
            await channel.BasicPublishAsync("", to, mandatory: true, new BasicProperties(message.BasicProperties), message.Body, cancel);
            await channel.BasicAckAsync(message.DeliveryTag, multiple: false, cancel);
        }
        return moved;
    }

    private static string Errors(string queue) => queue + "_error";

    /// <summary>
    /// MassTransit makes an error queue when something goes into it for the first time. Asking for one that is not there closes the channel and
    /// is logged by the broker as an error, so it is made here, with the same arguments.
    /// </summary>
    private async Task<uint> FailedCount(IChannel channel, string queue, CancellationToken cancel) => (await channel.QueueDeclareAsync(
        Errors(queue), durable: true, exclusive: false, autoDelete: false, quorum ? new Dictionary<string, object?> { ["x-queue-type"] = "quorum" } : null, cancellationToken: cancel)).MessageCount;

    /// <summary>One connection for all who ask: health and gauges do so every few seconds.</summary>
    private async Task<IConnection> ConnectionAsync(CancellationToken cancel)
    {
        await _connecting.WaitAsync(cancel);
        try
        {
            if (_connection is { IsOpen: true } open) return open;
            if (_connection is { } closed) await closed.DisposeAsync();
            return _connection = await _factory.CreateConnectionAsync(cancel);
        }
        finally
        {
            _connecting.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_connection is { } connection) await connection.DisposeAsync();
        _connecting.Dispose();
    }
}
