using System.Net.Sockets;

namespace BetterConnections.Messaging;

/// <summary>
/// MassTransit waits longer after every attempt to connect, up to half a minute, and has no setting for it. So an attempt begins here, by
/// waiting until the broker takes connections: a service is at work again within a second of the broker.
/// </summary>
internal static class BrokerPort
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500), Patience = TimeSpan.FromSeconds(3);

    /// <summary>Returns when the broker takes connections, or when <paramref name="stopping"/> is cancelled.</summary>
    public static async Task IsOpenAsync(Uri broker, CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested && !await TakesConnectionsAsync(broker, stopping))
            await Task.Delay(Pause, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private static async Task<bool> TakesConnectionsAsync(Uri broker, CancellationToken stopping)
    {
        using var client = new TcpClient();
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        deadline.CancelAfter(Patience); // a network that swallows everything
        try
        {
            await client.ConnectAsync(broker.Host, broker.IsDefaultPort ? DefaultPort(broker) : broker.Port, deadline.Token);
            return true;
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException)
        {
            return false;
        }
    }

    private static int DefaultPort(Uri broker) => broker.Scheme == "amqps" ? 5671 : 5672;
}
