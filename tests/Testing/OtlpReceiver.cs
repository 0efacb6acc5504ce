using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace BetterConnections.Testing;

/// <summary>Takes in whatever is exported over OTLP and tells whether a text is in it; strings stand in protobuf as they are.</summary>
public sealed class OtlpReceiver : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentBag<(string Path, byte[] Body)> _exports = [];

    private OtlpReceiver(WebApplication app) => _app = app;

    public (string Name, string? Value)[] Settings =>
    [
        ("OTEL_EXPORTER_OTLP_ENDPOINT", _app.Urls.Single()), ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"),
        ("OTEL_BSP_SCHEDULE_DELAY", "100"), ("OTEL_BLRP_SCHEDULE_DELAY", "100"),
    ];

    public static async Task<OtlpReceiver> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var receiver = new OtlpReceiver(builder.Build());
        receiver._app.MapFallback("{**path}", async http =>
        {
            using var body = new MemoryStream();
            await http.Request.Body.CopyToAsync(body);
            receiver._exports.Add((http.Request.Path, body.ToArray()));
        });
        await receiver._app.StartAsync();
        return receiver;
    }

    /// <param name="path"><c>/v1/traces</c>, <c>/v1/logs</c> or <c>/v1/metrics</c>; null for all.</param>
    /// <param name="text">What is sought.</param>
    public bool Has(string? path, string text) =>
        _exports.Any(e => (path is null || e.Path == path) && e.Body.AsSpan().IndexOf(Encoding.UTF8.GetBytes(text)) >= 0);

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
