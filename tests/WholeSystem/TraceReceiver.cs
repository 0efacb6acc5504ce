using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace BetterConnections.WholeSystems;

/// <summary>
/// Takes in what the services export over OTLP. They are told to record a trace only where the caller asks for it, so the little
/// that comes belongs to the traces of tests; of the metrics the newest are kept.
/// </summary>
public sealed class TraceReceiver : IAsyncDisposable
{
    private readonly WebApplication _app;
    private const int NewestMetrics = 50;

    private readonly ConcurrentBag<byte[]> _exports = [];
    private readonly ConcurrentQueue<byte[]> _metrics = [];

    private TraceReceiver(WebApplication app) => _app = app;

    /// <summary>The standard names of OpenTelemetry.</summary>
    public IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>
    {
        ["OTEL_EXPORTER_OTLP_ENDPOINT"] = _app.Urls.Single(),
        ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
        ["OTEL_TRACES_SAMPLER"] = "parentbased_always_off",
        ["OTEL_METRIC_EXPORT_INTERVAL"] = "10000",
    };

    public static async Task<TraceReceiver> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var receiver = new TraceReceiver(builder.Build());
        receiver._app.MapPost("/v1/traces", async (HttpRequest request) => receiver._exports.Add(await ReadAsync(request)));
        receiver._app.MapPost("/v1/metrics", async (HttpRequest request) =>
        {
            receiver._metrics.Enqueue(await ReadAsync(request));
            if (receiver._metrics.Count > NewestMetrics) receiver._metrics.TryDequeue(out _);
        });
        receiver._app.MapFallback(() => Results.Ok()); // logs
        await receiver._app.StartAsync();
        return receiver;
    }

    /// <summary>Those of <paramref name="names"/> that an export with spans of this trace has: services, operations, queues.</summary>
    /// <param name="traceId">32 hexadecimal digits.</param>
    /// <param name="names">Strings stand in protobuf as they are.</param>
    public IReadOnlyList<string> Seen(string traceId, params string[] names)
    {
        var id = Convert.FromHexString(traceId);
        var exports = _exports.Where(e => Holds(e, id)).ToList();
        return [.. names.Where(name => exports.Exists(e => Holds(e, Encoding.UTF8.GetBytes(name))))];
    }

    /// <summary>Whether one of the newest exports of metrics is this service's and has them all.</summary>
    public bool Measured(string service, params string[] names) =>
        _metrics.Any(e => names.Append(service).All(text => Holds(e, Encoding.UTF8.GetBytes(text))));

    private static bool Holds(byte[] export, byte[] sought) => export.AsSpan().IndexOf(sought) >= 0;

    private static async Task<byte[]> ReadAsync(HttpRequest request)
    {
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body);
        return body.ToArray();
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
