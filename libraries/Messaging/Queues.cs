using BetterConnections.ServiceDefaults;
using MassTransit;
using Microsoft.AspNetCore.Http;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace BetterConnections.Messaging;

/// <param name="Waiting">Messages not yet taken.</param>
/// <param name="Failed">Messages given up after all retries, now in the queue's error queue.</param>
public sealed record QueueState(string Queue, uint Waiting, uint Failed);

/// <summary>The service's queues as the broker sees them, and the way back for messages that were given up.</summary>
/// <param name="broker">amqp://user:password@host:port</param>
/// <param name="names">One for each consumer.</param>
public sealed class Queues(Uri broker, IReadOnlyList<string> names) : IAsyncDisposable
{
    /// <summary>Shorter than those wait who ask for health or for the operators' page.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly ConnectionFactory _factory = new()
    {
        Uri = broker,
        RequestedConnectionTimeout = Patience,
        ContinuationTimeout = Patience,
        AutomaticRecoveryEnabled = false,
    };

    private readonly SemaphoreSlim _counting = new(1);
    private IConnection? _connection;

    /// <summary><c>inventory.reserve-kit-when-facility-space-ready</c>: the file's name is the queue's.</summary>
    internal static string NameOf(string service, Type consumer) => $"{service}.{KebabCaseEndpointNameFormatter.Instance.SanitizeName(consumer.Name.Split('`')[0])}";

    public bool Has(string queue) => names.Contains(queue);

    /// <exception cref="Refused">broker_unavailable</exception>
    public async Task<IReadOnlyList<QueueState>> StateAsync(CancellationToken cancel)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        deadline.CancelAfter(Patience);
        try
        {
            await _counting.WaitAsync(deadline.Token);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            throw Away();
        }
        try
        {
            // One connection for all who ask: health and gauges do so every few seconds.
            if (_connection is not { IsOpen: true }) _connection = await _factory.CreateConnectionAsync(deadline.Token);
            return await StateAsync(_connection, deadline.Token);
        }
        catch (Exception e)
        {
            // What was asked on it may be answered late, or never.
            if (_connection is { } failed) _ = LeaveAsync(failed);
            _connection = null;
            if (IsAway(e) && !cancel.IsCancellationRequested) throw Away();
            throw;
        }
        finally
        {
            _counting.Release();
        }
    }

    private async Task<IReadOnlyList<QueueState>> StateAsync(IConnection connection, CancellationToken cancel)
    {
        var states = new List<QueueState>();
        var channel = await connection.CreateChannelAsync(cancellationToken: cancel);
        try
        {
            foreach (var name in names)
            {
                var failed = await FailedCount(channel, name, cancel);
                try
                {
                    states.Add(new(name, (await channel.QueueDeclarePassiveAsync(name, cancel)).MessageCount, failed));
                }
                catch (OperationInterruptedException e) when (e.ShutdownReason?.ReplyCode == Constants.NotFound)
                {
                    states.Add(new(name, 0, failed)); // the bus has not made it yet; the broker has closed the channel
                    await channel.DisposeAsync();
                    channel = await connection.CreateChannelAsync(cancellationToken: cancel);
                }
            }
            return states;
        }
        finally
        {
            await channel.DisposeAsync();
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

    /// <summary>
    /// A message leaves the one queue only when the broker has confirmed it in the other. By a connection of its own: while disk or memory are
    /// short the broker listens to none that has published, and the counting has to go on.
    /// </summary>
    /// <exception cref="Refused">broker_unavailable; what has been moved is moved.</exception>
    private async Task<int> MoveFailedAsync(string queue, string to, int atMost, Action<BasicGetResult> see, CancellationToken cancel)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        deadline.CancelAfter(Patience);
        try
        {
            await using var connection = await _factory.CreateConnectionAsync(deadline.Token);
            return await MoveFailedAsync(connection, queue, to, atMost, see, cancel);
        }
        catch (Exception e) when (IsAway(e) && !cancel.IsCancellationRequested)
        {
            throw Away();
        }
    }

    private async Task<int> MoveFailedAsync(IConnection connection, string queue, string to, int atMost, Action<BasicGetResult> see, CancellationToken cancel)
    {
        await using var channel = await connection.CreateChannelAsync(new(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true), cancel);
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
    /// is logged by the broker as an error, so it is made here, with the same arguments: none, also where the queues themselves are quorum queues.
    /// </summary>
    private async Task<uint> FailedCount(IChannel channel, string queue, CancellationToken cancel) => (await channel.QueueDeclareAsync(
        Errors(queue), durable: true, exclusive: false, autoDelete: false, cancellationToken: cancel)).MessageCount;

    private static bool IsAway(Exception e) => e is BrokerUnreachableException or OperationInterruptedException or IOException or TimeoutException or OperationCanceledException;

    private static Refused Away() => new(StatusCodes.Status503ServiceUnavailable, "broker_unavailable", "The broker does not answer.");

    /// <summary>Its farewell waits for an answer too, so nobody waits for it.</summary>
    private static async Task LeaveAsync(IConnection connection)
    {
        try
        {
            await connection.DisposeAsync();
        }
        catch (Exception e) when (IsAway(e))
        {
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_connection is { } connection) await LeaveAsync(connection);
        _counting.Dispose();
    }
}
