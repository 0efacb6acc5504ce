using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using BetterConnections.Contracts;
using MassTransit;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace BetterConnections.Testing;

/// <summary>A virtual host of its own on the real broker: sends events to the service under test and hears all it publishes.</summary>
public sealed class TestBroker : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private readonly string _vhost = $"t-{Guid.NewGuid():n}";
    private readonly ConcurrentQueue<(string Type, Guid MessageId, string? TraceParent, JsonElement Body)> _heard = new();
    private readonly SemaphoreSlim _something = new(0);
    private IConnection _connection = null!;
    private IBusControl _bus = null!;

    public Uri Address => new(TestServers.RabbitMq, "/" + _vhost);

    public static async Task<TestBroker> StartAsync()
    {
        var broker = new TestBroker();
        using (var management = Management())
        {
            (await management.PutAsync($"api/vhosts/{broker._vhost}", JsonContent.Create(new { }))).EnsureSuccessStatusCode();
            var user = TestServers.RabbitMq.UserInfo.Split(':')[0];
            (await management.PutAsync($"api/permissions/{broker._vhost}/{user}", JsonContent.Create(new { configure = ".*", write = ".*", read = ".*" }))).EnsureSuccessStatusCode();
        }
        broker._connection = await new ConnectionFactory { Uri = broker.Address }.CreateConnectionAsync();
        await broker.ListenAsync();
        broker._bus = Bus.Factory.CreateUsingRabbitMq(r => r.Host(broker.Address));
        await broker._bus.StartAsync();
        return broker;
    }

    /// <summary>Binds a queue to every event's exchange, before any service starts, so that nothing published is missed.</summary>
    private async Task ListenAsync()
    {
        var channel = await _connection.CreateChannelAsync();
        var queue = (await channel.QueueDeclareAsync()).QueueName;
        foreach (var type in typeof(KitReserved).Assembly.GetExportedTypes().Where(t => t is { IsAbstract: false, IsClass: true }))
        {
            var exchange = $"{type.Namespace}:{type.Name}";
            await channel.ExchangeDeclareAsync(exchange, ExchangeType.Fanout, durable: true);
            await channel.QueueBindAsync(queue, exchange, "");
        }
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += (_, message) =>
        {
            var envelope = JsonSerializer.Deserialize<JsonElement>(message.Body.Span);
            var traceParent = message.BasicProperties.Headers?.TryGetValue("MT-Activity-Id", out var id) == true && id is byte[] bytes ? Encoding.UTF8.GetString(bytes) : null;
            _heard.Enqueue((envelope.GetProperty("messageType")[0].GetString()!.Split(':')[^1], envelope.GetProperty("messageId").GetGuid(), traceParent,
                envelope.GetProperty("message").Clone()));
            _something.Release();
            return Task.CompletedTask;
        };
        await channel.BasicConsumeAsync(queue, autoAck: true, consumer);
    }

    public Task PublishAsync(object happened, Guid messageId) => _bus.Publish(happened, happened.GetType(), context => context.MessageId = messageId);

    /// <summary>Makes a queue and puts messages into it that nobody has published.</summary>
    public async Task PutAsync(string queue, int messages)
    {
        await using var channel = await _connection.CreateChannelAsync(new(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true));
        await channel.QueueDeclareAsync(queue, durable: true, exclusive: false, autoDelete: false);
        await Task.WhenAll(Enumerable.Range(0, messages).Select(_ => channel.BasicPublishAsync("", queue, body: new byte[10]).AsTask()));
    }

    /// <summary>Puts a message of these very characters into a queue that is there.</summary>
    public async Task PutAsync(string queue, string body)
    {
        await using var channel = await _connection.CreateChannelAsync(new(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true));
        await channel.BasicPublishAsync("", queue, mandatory: true, new BasicProperties { ContentType = "application/vnd.masstransit+json" }, Encoding.UTF8.GetBytes(body));
    }

    /// <summary>Waits until an event of this kind was heard.</summary>
    public async Task<T> HeardAsync<T>(Func<T, bool> which) => (await HeardAsync(which, 1))[0].Event;

    /// <summary>Waits until at least <paramref name="count"/> such events were heard, and tells with which ids and trace.</summary>
    public async Task<IReadOnlyList<(T Event, Guid MessageId, string? TraceParent)>> HeardAsync<T>(Func<T, bool> which, int count)
    {
        using var deadline = new CancellationTokenSource(Patience);
        while (true)
        {
            var matching = Heard(which);
            if (matching.Count >= count) return matching;
            try
            {
                await _something.WaitAsync(deadline.Token);
            }
            catch (OperationCanceledException)
            {
                throw new TimeoutException($"{count} {typeof(T).Name} expected within {Patience}, heard {matching.Count}; all heard: "
                    + string.Join(", ", _heard.GroupBy(h => h.Type).Select(g => $"{g.Count()} {g.Key}")));
            }
        }
    }

    /// <summary>What has been heard so far.</summary>
    public IReadOnlyList<(T Event, Guid MessageId, string? TraceParent)> Heard<T>(Func<T, bool> which) =>
        [.. _heard.Where(h => h.Type == typeof(T).Name)
            .Select(h => (h.Body.Deserialize<T>(JsonSerializerOptions.Web)!, h.MessageId, h.TraceParent))
            .Where(h => which(h.Item1))];

    /// <summary>All queues of this virtual host.</summary>
    public async Task<IReadOnlyList<string>> QueuesAsync()
    {
        using var management = Management();
        var queues = await management.GetFromJsonAsync<JsonElement>($"api/queues/{_vhost}?disable_stats=true&enable_queue_totals=true");
        return [.. queues.EnumerateArray().Select(q => q.GetProperty("name").GetString()!)];
    }

    public static HttpClient Management()
    {
        var address = TestServers.RabbitMqManagement;
        return new()
        {
            BaseAddress = new Uri(address.GetLeftPart(UriPartial.Authority)),
            DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(Uri.UnescapeDataString(address.UserInfo)))) },
        };
    }

    public async ValueTask DisposeAsync()
    {
        await _bus.StopAsync();
        await _connection.DisposeAsync();
        using var management = Management();
        await management.DeleteAsync($"api/vhosts/{_vhost}");
    }
}
