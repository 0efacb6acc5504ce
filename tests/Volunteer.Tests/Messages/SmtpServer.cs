using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace BetterConnections.Volunteers.Tests.Messages;

/// <summary>A mail server that speaks as much SMTP (RFC 5321) as a client needs, on a port it keeps, and can be down.</summary>
public sealed class SmtpServer : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private TcpListener _listener = new(IPAddress.Loopback, 0);
    private Task _accepting;

    public SmtpServer()
    {
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _accepting = AcceptAsync(_listener);
    }

    public int Port { get; }
    /// <summary>Mails that were answered with 250, each as envelope recipient and content.</summary>
    public ConcurrentQueue<(string To, string Content)> Accepted { get; } = [];
    /// <summary>Hang up on so many mails after their content, before the answer.</summary>
    public int Dropping;
    /// <summary>Recipients answered with 550.</summary>
    public ConcurrentDictionary<string, bool> Unknown { get; } = [];

    public async Task DownAsync()
    {
        _listener.Stop();
        await _accepting;
    }

    public void Up()
    {
        _listener = new TcpListener(IPAddress.Loopback, Port);
        _listener.Start();
        _accepting = AcceptAsync(_listener);
    }

    private async Task AcceptAsync(TcpListener listener)
    {
        while (true)
        {
            try
            {
                _ = SpeakAsync(await listener.AcceptTcpClientAsync(_stop.Token));
            }
            catch (Exception e) when (e is SocketException or OperationCanceledException or ObjectDisposedException or InvalidOperationException)
            {
                return;
            }
        }
    }

    private async Task SpeakAsync(TcpClient client)
    {
        using var _ = client;
        using var reader = new StreamReader(client.GetStream(), Encoding.ASCII);
        await using var writer = new StreamWriter(client.GetStream(), Encoding.ASCII) { NewLine = "\r\n", AutoFlush = true };
        var to = "";
        await writer.WriteLineAsync("220 test");
        while (await reader.ReadLineAsync(_stop.Token) is { } line)
        {
            switch (line.Split(' ', ':')[0].ToUpperInvariant())
            {
                case "RCPT":
                    to = line[(line.IndexOf('<') + 1)..line.IndexOf('>')];
                    await writer.WriteLineAsync(Unknown.ContainsKey(to) ? "550 5.1.1 no such user here" : "250 ok");
                    break;
                case "DATA":
                    await writer.WriteLineAsync("354 go on");
                    var content = new StringBuilder();
                    while (await reader.ReadLineAsync(_stop.Token) is { } text && text != ".") content.AppendLine(text);
                    if (Interlocked.Decrement(ref Dropping) >= 0) return;
                    Accepted.Enqueue((to, content.ToString()));
                    await writer.WriteLineAsync("250 taken");
                    break;
                case "QUIT":
                    await writer.WriteLineAsync("221 bye");
                    return;
                default:
                    await writer.WriteLineAsync("250 ok");
                    break;
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await DownAsync();
    }
}
