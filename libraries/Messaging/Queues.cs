using System.Diagnostics;
using BetterConnections.ServiceDefaults;
using MassTransit;
using Microsoft.AspNetCore.Http;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace BetterConnections.Messaging;

/// <param name="Waiting">Messages not yet taken.</param>
/// <param name="Failed">Messages given up after all retries, now in the queue's error queue.</param>
public sealed record QueueState(string Queue, uint Waiting, uint Failed)
{
    /// <summary>Taken by this replica and neither done nor given up.</summary>
    public int InHand { get; init; }
    /// <summary>The newest effect that this replica had.</summary>
    public NewestEffect? Newest { get; init; }
}

/// <summary>The service's queues as the broker sees them, and the way back for messages that were given up.</summary>
/// <param name="broker">amqp://user:password@host:port</param>
/// <param name="names">One for each consumer.</param>
public sealed class Queues(Uri broker, IReadOnlyList<string> names) : IAsyncDisposable
{
    /// <summary>Shorter than those wait who ask for health or for the operators' page.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>Of a replay, less than <see cref="Patience"/> so that the last message comes through. Whoever asked asks again for the rest.</summary>
    public TimeSpan Step { get; init; } = TimeSpan.FromSeconds(1);

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

    internal static string NameIn(ReceiveContext context) => context.InputAddress.AbsolutePath.Split('/')[^1];

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
    /// Puts what is in the error queue back into <paramref name="queue"/>, as much of it as one <see cref="Step"/> can. The inbox sees to it
    /// that none has its effect twice.
    /// </summary>
    public Task<(int Replayed, int Left)> ReplayAsync(string queue) => MoveFailedAsync(queue, queue, int.MaxValue, _ => { });

    /// <summary>
    /// The messages at the head of the error queue, which then stand at its end. They are moved rather than taken and given back,
    /// since quorum queues count that as a delivery and drop what was delivered too often.
    /// </summary>
    public async Task<IReadOnlyList<FailedMessage>> FailedAsync(string queue, int atMost)
    {
        var failed = new List<FailedMessage>();
        await MoveFailedAsync(queue, Errors(queue), atMost, message => failed.Add(FailedMessage.Of(message)));
        return failed;
    }

    /// <summary>
    /// A message leaves the one queue only when the broker has confirmed it in the other. That is not broken off when who asked goes away: it
    /// would be in both. By a connection of its own: while disk or memory are short the broker listens to none that has published, and the
    /// counting has to go on.
    /// </summary>
    /// <returns>How many were moved, also where the broker went away after them, and how many were not.</returns>
    /// <exception cref="Refused">broker_unavailable; none was moved.</exception>
    private async Task<(int Moved, int Left)> MoveFailedAsync(string queue, string to, int atMost, Action<BasicGetResult> see)
    {
        using var deadline = new CancellationTokenSource(Patience);
        var started = Stopwatch.GetTimestamp();
        var (moved, there) = (0, 0);
        IConnection? connection = null;
        try
        {
            connection = await _factory.CreateConnectionAsync(deadline.Token);
            var channel = await connection.CreateChannelAsync(new(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true), deadline.Token);
            there = (int)await FailedCount(channel, queue, deadline.Token); // what fails again at once is not chased in a circle
            while (moved < Math.Min(there, atMost) && (moved == 0 || Stopwatch.GetElapsedTime(started) < Step))
            {
                if (await channel.BasicGetAsync(Errors(queue), autoAck: false, deadline.Token) is not { } message) return (moved, 0);
                see(message);
                await channel.BasicPublishAsync("", to, mandatory: true, new BasicProperties(message.BasicProperties), message.Body, deadline.Token);
                moved++;
                await channel.BasicAckAsync(message.DeliveryTag, multiple: false, deadline.Token);
            }
        }
        catch (Exception e) when (IsAway(e))
        {
            if (moved == 0) throw Away();
        }
        finally
        {
            if (connection is not null) _ = LeaveAsync(connection);
        }
        return (moved, there - moved);
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
