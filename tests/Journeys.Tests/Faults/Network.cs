using System.Globalization;
using System.Text.RegularExpressions;
using BetterConnections.Testing;

namespace BetterConnections.Journeys.Tests.Faults;

/// <summary>The lines of every service to PostgreSQL and to RabbitMQ, and of the gateway to it. Who is cut off is away for all others, though it runs.</summary>
internal sealed class Network(Bc bc) : IAsyncDisposable
{
    private readonly List<(string From, string To, CuttableLine Line)> _lines = [];

    /// <summary>What a process is told of where the others are, by way of lines.</summary>
    /// <param name="settings">Its section of supervisord's configuration.</param>
    public string Lay(string process, string settings)
    {
        if (process == "gateway")
            foreach (var (service, offset) in Processes.Ports.Where(p => p.Key != "gateway")) settings = Through(process, service, offset, settings);
        else if (Processes.Ports.ContainsKey(process))
            foreach (var (server, offset) in new[] { ("postgres", 10), ("rabbitmq", 11) }) settings = Through(process, server, offset, settings);
        return settings;
    }

    private string Through(string from, string to, int offset, string settings)
    {
        var port = bc.Port(offset).ToString(CultureInfo.InvariantCulture);
        var line = CuttableLine.To(new Uri($"tcp://127.0.0.1:{port}"));
        _lines.Add((from, to, line));
        return Regex.Replace(settings, $@"(?<=127\.0\.0\.1(:|;Port=)){port}\b", line.Address.Port.ToString(CultureInfo.InvariantCulture));
    }

    /// <param name="name">A server, or a service: all its replicas.</param>
    public Fault Without(string name, TimeSpan lasts) => new($"{name} cut off", () => EachAsync(name, line => line.Cut()), () => EachAsync(name, line => line.Mend()), lasts);

    private Task EachAsync(string name, Action<CuttableLine> act)
    {
        var ends = Processes.Of(name).ToHashSet();
        foreach (var (from, to, line) in _lines)
            if (ends.Contains(from) || ends.Contains(to)) act(line);
        return Task.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var (_, _, line) in _lines) await line.DisposeAsync();
    }
}
