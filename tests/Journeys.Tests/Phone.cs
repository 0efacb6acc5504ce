using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Xml.Linq;
using BetterConnections.Testing;

namespace BetterConnections.Journeys.Tests;

/// <summary>What a collector is given; the address is the permission.</summary>
public sealed record Collector(string ServerUrl);

/// <summary>
/// A survey app in the field: it keeps every interview until it has heard 201 for it, however often it has to send the same bytes, and waits
/// where it is told to. Each phone has an address of its own in 127.0.0.0/8, for the gateway limits what one address may ask.
/// </summary>
public sealed class Phone : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly XNamespace List = "http://openrosa.org/xforms/xformsList";
    private readonly HttpClient _http;
    private readonly string _server;
    private int _repeated;

    /// <param name="number">1 to 200.</param>
    public Phone(Collector collector, int number)
    {
        _server = collector.ServerUrl;
        _http = new(new SocketsHttpHandler { ConnectCallback = (context, cancel) => ConnectAsync(context, IPAddress.Parse($"127.0.1.{number}"), cancel) })
        {
            Timeout = TimeSpan.FromSeconds(20),
        };
    }

    /// <summary>Instance ids that were answered with 201.</summary>
    public ConcurrentBag<string> Acknowledged { get; } = [];

    /// <summary>How often something was sent that had been sent before.</summary>
    public int Repeated => _repeated;

    /// <summary>The latest version of a form, as the list of forms has it.</summary>
    public async Task<string> VersionAsync(string form)
    {
        var list = XDocument.Parse(await _http.GetStringAsync($"{_server}/formList?formID={form}"));
        return list.Root!.Elements(List + "xform").Single().Element(List + "version")!.Value;
    }

    /// <summary>A list that goes with a form, as it is now.</summary>
    public Task<string> FileAsync(string form, string file) => _http.GetStringAsync($"{_server}/forms/{form}/attachments/{file}");

    /// <summary>Until it is acknowledged.</summary>
    public async Task SendAsync(string instanceId, string xml)
    {
        using var deadline = new CancellationTokenSource(Patience);
        for (var first = true; ; first = false)
        {
            if (!first) Interlocked.Increment(ref _repeated);
            if (await OnceAsync(xml) is not { } wait) break;
            await Task.Delay(wait, deadline.Token);
        }
        Acknowledged.Add(instanceId);
    }

    /// <returns>How long to wait before sending it again; null when it was stored.</returns>
    private async Task<TimeSpan?> OnceAsync(string xml)
    {
        var soon = TimeSpan.FromMilliseconds(Random.Shared.Next(50, 250));
        try
        {
            using var form = new MultipartFormDataContent
            {
                { new ByteArrayContent(Encoding.UTF8.GetBytes(xml)) { Headers = { ContentType = new("text/xml") } }, "xml_submission_file", "submission.xml" },
            };
            using var request = new HttpRequestMessage(HttpMethod.Post, $"{_server}/submission?deviceID=phone") { Content = form, Headers = { { "X-OpenRosa-Version", "1.0" } } };
            using var response = await _http.SendAsync(request);
            switch (response.StatusCode)
            {
                case HttpStatusCode.Created:
                    return null;
                case HttpStatusCode.TooManyRequests:
                    return response.Headers.RetryAfter?.Delta ?? throw new InvalidOperationException("429 without Retry-After");
                case HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout:
                    return soon; // sooner than it asks for, to meet the system while it comes up
                default:
                    throw new InvalidOperationException($"A submission was answered {(int)response.StatusCode}: {await response.Content.ReadAsStringAsync()}");
            }
        }
        catch (Exception e) when (e is HttpRequestException or IOException or TaskCanceledException)
        {
            return soon; // broken off: it may be stored or not
        }
    }

    private static async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, IPAddress from, CancellationToken cancel)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            socket.Bind(new IPEndPoint(from, 0));
            await socket.ConnectAsync(IPAddress.Loopback, context.DnsEndPoint.Port, cancel);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    public void Dispose() => _http.Dispose();
}
