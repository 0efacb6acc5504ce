using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace BetterConnections.Testing;

/// <summary>A TCP line on loopback to a real server, which a test can cut and mend: the server goes away for those behind it only.</summary>
public sealed class CuttableLine : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentDictionary<TcpClient, bool> _open = new();
    private readonly Uri _server;
    private volatile bool _cut;

    private CuttableLine(Uri server) => _server = server;

    /// <summary>The server's address by way of this line.</summary>
    public Uri Address { get; private set; } = null!;

    public static CuttableLine To(Uri server)
    {
        var line = new CuttableLine(server);
        line._listener.Start();
        line.Address = new UriBuilder(server) { Port = ((IPEndPoint)line._listener.LocalEndpoint).Port }.Uri;
        _ = line.AcceptAsync();
        return line;
    }

    public void Cut()
    {
        _cut = true;
        foreach (var client in _open.Keys) client.Close();
    }

    public void Mend() => _cut = false;

    private async Task AcceptAsync()
    {
        try
        {
            while (true) _ = CarryAsync(await _listener.AcceptTcpClientAsync());
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task CarryAsync(TcpClient near)
    {
        using var far = new TcpClient();
        using (near)
        {
            _open[near] = _open[far] = true;
            try
            {
                if (_cut) return;
                near.NoDelay = far.NoDelay = true;
                await far.ConnectAsync(_server.Host, _server.Port);
                var (n, f) = (near.GetStream(), far.GetStream());
                await Task.WhenAny(n.CopyToAsync(f), f.CopyToAsync(n));
            }
            catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException or InvalidOperationException)
            {
                // Cut.
            }
            finally
            {
                _open.TryRemove(near, out _);
                _open.TryRemove(far, out _);
            }
        }
    }

    public ValueTask DisposeAsync()
    {
        _listener.Stop();
        Cut();
        return ValueTask.CompletedTask;
    }
}
