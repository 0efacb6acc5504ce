using System.Collections.Concurrent;
using BetterConnections.ServiceDefaults;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace BetterConnections.Gateway.Tests;

/// <param name="Body">Bytes that arrived.</param>
public sealed record Seen(string Method, string PathAndQuery, IReadOnlyDictionary<string, string> Headers, long Body);

/// <summary>A service behind the gateway: a server of its own on loopback that remembers what reached it and can be killed.</summary>
public sealed class Backend : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<Seen> _seen = new();

    private Backend(WebApplication app) => _app = app;

    public string Address { get; private set; } = null!;
    public IReadOnlyList<Seen> Seen => [.. _seen];
    /// <summary>Completes when the first bytes of a body have arrived.</summary>
    public TaskCompletionSource FirstBytes { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <param name="address">Null for any free port.</param>
    /// <param name="answer">What it answers; 200 and nothing else by default.</param>
    /// <param name="isAlive">What it tells who probes it.</param>
    public static async Task<Backend> StartAsync(string? address = null, RequestDelegate? answer = null, Func<bool>? isAlive = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddProblems();
        builder.WebHost.UseUrls(address ?? "http://127.0.0.1:0");
        builder.WebHost.ConfigureKestrel(k => k.Limits.MaxRequestBodySize = null);
        var backend = new Backend(builder.Build());
        backend._app.UseExceptionHandler();
        backend._app.MapGet("/alive", () => isAlive?.Invoke() == false ? Results.StatusCode(503) : Results.Ok());
        backend._app.MapFallback("{**path}", async http =>
        {
            if (answer is not null) http.Request.EnableBuffering();
            await backend.RememberAsync(http);
            if (answer is not null) http.Request.Body.Position = 0;
            await (answer ?? (_ => Task.CompletedTask))(http);
        });
        await backend._app.StartAsync();
        backend.Address = backend._app.Urls.Single();
        return backend;
    }

    private async Task RememberAsync(HttpContext http)
    {
        var (buffer, body) = (new byte[64 * 1024], 0L);
        while (await http.Request.Body.ReadAsync(buffer) is > 0 and var read)
        {
            body += read;
            FirstBytes.TrySetResult();
        }
        _seen.Enqueue(new(http.Request.Method, http.Request.Path + http.Request.QueryString.ToString(),
            http.Request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase), body));
    }

    /// <summary>Ends it at once, with requests still under way.</summary>
    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(new CancellationToken(canceled: true));
        await _app.DisposeAsync();
    }
}
