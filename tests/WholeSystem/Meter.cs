using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;

namespace BetterConnections.WholeSystems;

/// <param name="Status">0 when the connection broke off or nobody answered.</param>
/// <param name="Seconds">Until the whole answer was there.</param>
/// <param name="Code">Of a refusal from 500 on: who was away.</param>
public sealed record Measured(string Request, int Status, double Seconds, string? Code)
{
    public bool IsAnswered => Status != 0;
}

/// <summary>Notes how each request ended and how long that took.</summary>
public sealed class Meter
{
    private readonly ConcurrentQueue<Measured> _measured = new();

    /// <summary>What has ended since this was asked last.</summary>
    public IReadOnlyList<Measured> Take()
    {
        var taken = new List<Measured>();
        while (_measured.TryDequeue(out var one)) taken.Add(one);
        return taken;
    }

    /// <summary>A client whose requests go this way and are noted.</summary>
    public HttpClient Client(SocketsHttpHandler way) => new(new Noting(_measured, way)) { Timeout = TimeSpan.FromSeconds(20) };

    private sealed class Noting(ConcurrentQueue<Measured> measured, SocketsHttpHandler way) : DelegatingHandler(way)
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancel)
        {
            var (began, status, code) = (Stopwatch.GetTimestamp(), 0, (string?)null);
            try
            {
                var response = await base.SendAsync(request, cancel);
                await response.Content.LoadIntoBufferAsync(cancel);
                status = (int)response.StatusCode;
                if (status >= 500) code = await CodeAsync(response);
                return response;
            }
            finally
            {
                measured.Enqueue(new($"{request.Method} {request.RequestUri!.AbsolutePath}", status, Stopwatch.GetElapsedTime(began).TotalSeconds, code));
            }
        }

        private static async Task<string?> CodeAsync(HttpResponseMessage refusal) => refusal.Content.Headers.ContentType?.MediaType == "application/problem+json"
            && (await refusal.Content.ReadFromJsonAsync<JsonElement>()).TryGetProperty("code", out var code) ? code.GetString() : null;
    }
}
