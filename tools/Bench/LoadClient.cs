using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace BetterConnections.Bench;

/// <summary>What a run of requests came to.</summary>
/// <param name="Milliseconds">Of each request that succeeded, ascending.</param>
/// <param name="Failed">Answers that were not 2xx, and requests without an answer.</param>
internal sealed record Load(double[] Milliseconds, long Failed, TimeSpan Time)
{
    public double PerSecond => Milliseconds.Length / Time.TotalSeconds;

    public double Percentile(double percent) => Milliseconds.Length == 0 ? double.NaN : Milliseconds[(int)Math.Min(Milliseconds.Length - 1, Milliseconds.Length * percent / 100)];
}

/// <summary>Sends so many requests at a time, over connections that are kept open, and reads every answer to its end.</summary>
/// <param name="connections">Requests at a time.</param>
/// <param name="addresses">From how many addresses they come: the gateway limits what strangers may ask by their address.</param>
internal sealed class LoadClient(int connections, int addresses = 1) : IDisposable
{
    private readonly HttpMessageInvoker[] _http = [.. Enumerable.Range(1, addresses).Select(n => new HttpMessageInvoker(From(IPAddress.Parse($"127.0.2.{n}"), connections)))];
    private static long _requests;

    /// <summary>Connects from an address of its own on the loopback device, which has them by the million.</summary>
    public static SocketsHttpHandler From(IPAddress source, int connections = int.MaxValue) => new()
    {
        MaxConnectionsPerServer = connections, UseCookies = false, AllowAutoRedirect = false, ActivityHeadersPropagator = null,
        ConnectCallback = async (context, cancel) =>
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            socket.Bind(new IPEndPoint(source, 0));
            await socket.ConnectAsync(context.DnsEndPoint, cancel);
            return new NetworkStream(socket, ownsSocket: true);
        },
    };

    /// <summary>A number that no other request of this run has.</summary>
    private static long NextRequest() => Interlocked.Increment(ref _requests);

    /// <summary>Closed loop: each connection sends its next request when it has the answer to the one before.</summary>
    public async Task<Load> ClosedAsync(TimeSpan time, Func<long, HttpRequestMessage> request)
    {
        var (failed, started) = (0L, Stopwatch.GetTimestamp());
        var latencies = await Task.WhenAll(Enumerable.Range(0, connections).Select(_ => Task.Run(async () =>
        {
            var own = new List<double>(4096);
            while (Stopwatch.GetElapsedTime(started) < time)
            {
                var sent = Stopwatch.GetTimestamp();
                var number = NextRequest();
                if (await SendAsync(number, request(number))) own.Add(Stopwatch.GetElapsedTime(sent).TotalMilliseconds);
                else Interlocked.Increment(ref failed);
            }
            return own;
        })));
        return new([.. latencies.SelectMany(l => l).Order()], failed, Stopwatch.GetElapsedTime(started));
    }

    /// <summary>
    /// Open loop: requests are due at a steady rate whatever the system does, and each latency counts from when the request was due.
    /// A closed loop asks less while the system is slow and so leaves the worst out.
    /// </summary>
    public async Task<Load> OpenAsync(int perSecond, TimeSpan time, Func<long, HttpRequestMessage> request)
    {
        var (failed, latencies, sending, started) = (0L, new ConcurrentBag<double>(), new List<Task>(), Stopwatch.GetTimestamp());
        for (var n = 0; n < perSecond * time.TotalSeconds; n++)
        {
            var due = TimeSpan.FromSeconds((double)n / perSecond);
            while (Stopwatch.GetElapsedTime(started) is var now && now < due) await Task.Delay(due - now < TimeSpan.FromMilliseconds(1) ? TimeSpan.FromMilliseconds(1) : due - now);
            sending.Add(Task.Run(async () =>
            {
                var number = NextRequest();
                if (await SendAsync(number, request(number))) latencies.Add((Stopwatch.GetElapsedTime(started) - due).TotalMilliseconds);
                else Interlocked.Increment(ref failed);
            }));
        }
        await Task.WhenAll(sending);
        return new([.. latencies.Order()], failed, Stopwatch.GetElapsedTime(started));
    }

    private async Task<bool> SendAsync(long number, HttpRequestMessage request)
    {
        try
        {
            using (request)
            using (var response = await _http[number % _http.Length].SendAsync(request, CancellationToken.None))
            {
                await response.Content.CopyToAsync(Stream.Null);
                return response.IsSuccessStatusCode;
            }
        }
        catch (Exception lost) when (lost is HttpRequestException or IOException or OperationCanceledException)
        {
            return false;
        }
    }

    public void Dispose() => Array.ForEach(_http, h => h.Dispose());
}
