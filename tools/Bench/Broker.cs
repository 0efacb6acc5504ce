using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace BetterConnections.Bench;

/// <summary>The broker by its bare client: one publisher that waits for confirms, one consumer, one durable queue.</summary>
internal sealed class Broker : IAsyncDisposable
{
    private static readonly BasicProperties Persistent = new() { Persistent = true };
    private readonly ConcurrentDictionary<long, TaskCompletionSource> _away = new();
    private IConnection _connection = null!;
    private IChannel _publisher = null!, _consumer = null!;
    private string _queue = "";
    private long _sent;

    public static async Task<Broker> OpenAsync(Uri address)
    {
        var broker = new Broker { _connection = await new ConnectionFactory { Uri = address }.CreateConnectionAsync() };
        broker._publisher = await broker._connection.CreateChannelAsync(new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true));
        broker._consumer = await broker._connection.CreateChannelAsync();
        broker._queue = (await broker._consumer.QueueDeclareAsync($"bench.{Guid.NewGuid():n}", durable: true, exclusive: false, autoDelete: true)).QueueName;
        await broker._consumer.BasicQosAsync(0, 16, false); // as the services have it
        var consumer = new AsyncEventingBasicConsumer(broker._consumer);
        consumer.ReceivedAsync += async (_, delivery) =>
        {
            var number = BitConverter.ToInt64(delivery.Body.Span);
            await broker._consumer.BasicAckAsync(delivery.DeliveryTag, false);
            if (broker._away.TryRemove(number, out var came)) came.TrySetResult();
        };
        await broker._consumer.BasicConsumeAsync(broker._queue, autoAck: false, consumer);
        return broker;
    }

    /// <summary>Milliseconds of each message from being published to being received, at a steady rate.</summary>
    public async Task<double[]> RoundTripsAsync(int perSecond, TimeSpan time)
    {
        var (trips, latencies, started) = (new List<Task>(), new ConcurrentBag<double>(), Stopwatch.GetTimestamp());
        for (var n = 0; n < perSecond * time.TotalSeconds; n++)
        {
            var due = TimeSpan.FromSeconds((double)n / perSecond);
            while (Stopwatch.GetElapsedTime(started) < due) await Task.Delay(1);
            trips.Add(Task.Run(async () =>
            {
                var sent = Stopwatch.GetTimestamp();
                await SendAsync();
                latencies.Add(Stopwatch.GetElapsedTime(sent).TotalMilliseconds);
            }));
        }
        await Task.WhenAll(trips);
        return [.. latencies.Order()];
    }

    /// <summary>Messages a second, 100 under way at a time, as the relay sends them.</summary>
    public async Task<double> RateAsync(int messages)
    {
        var started = Stopwatch.GetTimestamp();
        await Parallel.ForEachAsync(Enumerable.Range(0, messages), new ParallelOptions { MaxDegreeOfParallelism = 100 }, async (_, _) => await SendAsync());
        return messages / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    /// <summary>Waits until nothing is left in the queue but what its consumers have in hand; ends with an exception after <paramref name="patience"/>.</summary>
    public async Task EmptiedAsync(string queue, TimeSpan patience)
    {
        for (var until = DateTime.UtcNow + patience; (await _publisher.QueueDeclarePassiveAsync(queue)).MessageCount > 0; await Task.Delay(100))
            if (DateTime.UtcNow > until) throw new TimeoutException($"Waited {patience.TotalSeconds} s in vain for {queue} to be empty.");
    }

    public static async Task<string> VersionAsync(Uri address)
    {
        await using var connection = await new ConnectionFactory { Uri = address }.CreateConnectionAsync();
        return connection.ServerProperties is { } properties && properties.TryGetValue("version", out var version) ? Encoding.UTF8.GetString((byte[])version!) : "?";
    }

    private async Task SendAsync()
    {
        var (number, came) = (Interlocked.Increment(ref _sent), new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        _away[number] = came;
        var body = new byte[400]; // about what an event weighs
        BitConverter.TryWriteBytes(body, number);
        await _publisher.BasicPublishAsync("", _queue, mandatory: true, Persistent, body);
        await came.Task;
    }

    public async ValueTask DisposeAsync()
    {
        await _consumer.DisposeAsync();
        await _publisher.DisposeAsync();
        await _connection.DisposeAsync();
    }
}
