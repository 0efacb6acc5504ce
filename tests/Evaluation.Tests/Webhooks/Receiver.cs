using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace BetterConnections.Evaluation.Tests.Webhooks;

/// <summary>What a partner received: headers and body as they came.</summary>
internal sealed record Received(string Id, string Timestamp, string[] Signatures, string Body)
{
    public string Type => JsonDocument.Parse(Body).RootElement.GetProperty("type").GetString()!;
    public JsonElement Data => JsonDocument.Parse(Body).RootElement.GetProperty("data");

    /// <summary>As the standard's receivers check it, written from the standard and not from the sender.</summary>
    public bool IsSignedWith(string secret)
    {
        using var hmac = new HMACSHA256(Convert.FromBase64String(secret["whsec_".Length..]));
        var expected = "v1," + Convert.ToBase64String(hmac.ComputeHash(Encoding.UTF8.GetBytes($"{Id}.{Timestamp}.{Body}")));
        return Signatures.Contains(expected);
    }
}

/// <summary>A partner's server on loopback; a test tells it how to answer.</summary>
internal sealed class Receiver : IAsyncDisposable
{
    private readonly WebApplication _app;

    private Receiver(WebApplication app) => _app = app;

    public ConcurrentQueue<Received> Inbox { get; } = new();
    /// <summary>Answers one after the other; once they are used up, 204.</summary>
    public ConcurrentQueue<Func<HttpContext, Task>> Answers { get; } = new();
    public string Url => _app.Urls.Single() + "/hook";

    public static async Task<Receiver> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var receiver = new Receiver(builder.Build());
        receiver._app.MapPost("/hook", receiver.TakeAsync);
        await receiver._app.StartAsync();
        return receiver;
    }

    public Receiver Answering(int status, string? header = null, string? value = null, int times = 1)
    {
        for (var i = 0; i < times; i++)
            Answers.Enqueue(http =>
            {
                http.Response.StatusCode = status;
                if (header is not null) http.Response.Headers[header] = value;
                return Task.CompletedTask;
            });
        return this;
    }

    private async Task TakeAsync(HttpContext http)
    {
        using var reader = new StreamReader(http.Request.Body);
        Inbox.Enqueue(new(http.Request.Headers["webhook-id"]!, http.Request.Headers["webhook-timestamp"]!,
            http.Request.Headers["webhook-signature"].ToString().Split(' '), await reader.ReadToEndAsync()));
        if (Answers.TryDequeue(out var answer)) await answer(http);
        else http.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
