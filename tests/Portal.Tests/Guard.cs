using System.Collections.Concurrent;

namespace BetterConnections.Portal.Tests;

/// <summary>
/// Notes what no page may do, whatever the test is about: write an error to the console (broken content policy, missing words), leave an
/// exception or a rejection to nobody, ask another origin, get a 5xx, or ask for a file that is not there.
/// </summary>
public sealed class Guard(Uri gateway)
{
    private readonly ConcurrentQueue<string> _complaints = new();

    /// <summary>Words of what a test itself brings about.</summary>
    public IReadOnlyList<string> Permitted { get; set; } = [];

    public IEnumerable<string> Complaints => _complaints;

    public void Watch(IBrowserContext context)
    {
        context.Console += (_, message) =>
        {
            // Of each answer that is not 2xx, and of being offline, Chromium says so here too. These are judged below.
            if (message.Type == "error" && !message.Text.StartsWith("Failed to load resource:", StringComparison.Ordinal)) Complain(message.Page?.Url, message.Text);
        };
        context.WebError += (_, error) => Complain(error.Page?.Url, error.Error);
        context.Request += (_, request) =>
        {
            var address = new Uri(request.Url);
            if (address.Scheme is not ("data" or "blob") && address.Authority != gateway.Authority) Complain(request.Frame.Url, $"asked {address}");
        };
        context.Response += (_, response) =>
        {
            var path = new Uri(response.Url).AbsolutePath;
            var mayBeRefused = path == "/session" || path.StartsWith("/session/", StringComparison.Ordinal) || path.StartsWith("/api/", StringComparison.Ordinal)
                || response.Request.Method == HttpMethod.Head.Method; // which asks whether it would be
            if (response.Status >= (mayBeRefused ? 500 : 400)) Complain(response.Frame.Url, $"{response.Request.Method} {path} answered {response.Status}");
        };
        context.RequestFailed += (_, request) =>
        {
            // Aborted: the page was left meanwhile.
            if (request.Failure is not ("net::ERR_ABORTED" or "net::ERR_INTERNET_DISCONNECTED")) Complain(request.Url, request.Failure ?? "failed");
        };
    }

    private void Complain(string? page, string what)
    {
        if (!Permitted.Any(word => what.Contains(word, StringComparison.Ordinal))) _complaints.Enqueue($"{page}: {what}");
    }
}
