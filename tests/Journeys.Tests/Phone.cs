using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Xml.Linq;
using BetterConnections.Testing;

namespace BetterConnections.Journeys.Tests;

/// <summary>What a collector is given; the address is the permission.</summary>
public sealed record Collector(string ServerUrl)
{
    /// <summary>For one form at one facility. Refused until Evaluation has heard of the facility.</summary>
    public static async Task<Collector> IssuedByAsync(Person evaluator, string label, string form, string facility)
    {
        var scope = new { label, forms = new[] { form }, facilities = new[] { facility }, validUntil = DateTimeOffset.UtcNow.AddDays(1) };
        return (await Eventually.BecomesAsync(() => evaluator.TryPostAsync("/api/evaluation/collectors", scope), a => a.IsDone, TimeSpan.FromMinutes(1))).Read<Collector>();
    }
}

/// <summary>What comes with an interview.</summary>
public sealed record Photograph(string Name, byte[] Content);

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
    public Phone(Collector collector, int number, Meter meter)
    {
        _server = collector.ServerUrl;
        _http = meter.Client(new() { ConnectCallback = (context, cancel) => ConnectAsync(context, IPAddress.Parse($"127.0.1.{number}"), cancel) });
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

    /// <summary>Until it is acknowledged. Each photograph has a request of its own, as apps split what is large; only the last says that the interview is whole.</summary>
    public async Task SendAsync(string instanceId, string xml, params IReadOnlyList<Photograph> photographs)
    {
        foreach (var photograph in photographs.SkipLast(1)) await UntilAcknowledgedAsync(xml, photograph, isLast: false);
        await UntilAcknowledgedAsync(xml, photographs.LastOrDefault(), isLast: true);
        Acknowledged.Add(instanceId);
    }

    private async Task UntilAcknowledgedAsync(string xml, Photograph? photograph, bool isLast)
    {
        using var deadline = new CancellationTokenSource(Patience);
        for (var first = true; ; first = false)
        {
            if (!first) Interlocked.Increment(ref _repeated);
            if (await OnceAsync(xml, photograph, isLast) is not { } wait) return;
            await Task.Delay(wait, deadline.Token);
        }
    }

    /// <returns>How long to wait before sending it again; null when it was stored.</returns>
    private async Task<TimeSpan?> OnceAsync(string xml, Photograph? photograph, bool isLast)
    {
        var soon = TimeSpan.FromMilliseconds(Random.Shared.Next(50, 250));
        try
        {
            using var form = new MultipartFormDataContent
            {
                { new ByteArrayContent(Encoding.UTF8.GetBytes(xml)) { Headers = { ContentType = new("text/xml") } }, "xml_submission_file", "submission.xml" },
            };
            if (photograph is not null)
                form.Add(new ByteArrayContent(photograph.Content) { Headers = { ContentType = new("image/png") } }, photograph.Name, photograph.Name);
            if (!isLast) form.Add(new StringContent("yes"), "*isIncomplete*");
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
