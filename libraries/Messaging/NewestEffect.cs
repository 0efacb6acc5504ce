using System.Globalization;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Messaging;

/// <summary>How far behind a queue is, by the newest message that had its effect.</summary>
/// <param name="At">When it had.</param>
/// <param name="LagSeconds">From the event's recording at its sender until then, by two machines' clocks.</param>
public sealed record NewestEffect(DateTimeOffset At, double? LagSeconds)
{
    /// <summary>So many of the newest are read whatever the inbox holds, by the index that the cleaner needs anyway: the inbox pays for no other.</summary>
    private const int Newest = 1000;

    /// <summary>By queue. What is not among the service's newest messages is not told.</summary>
    public static async Task<IReadOnlyDictionary<string, NewestEffect>> ReadAsync(DbContext db, CancellationToken cancel) =>
        (await db.Set<InboxMessage>().AsNoTracking().OrderByDescending(m => m.ReceivedAt).Take(Newest).ToListAsync(cancel))
        .DistinctBy(m => m.Queue).ToDictionary(m => m.Queue, m => new NewestEffect(m.ReceivedAt, LagOf(m)));

    /// <summary>An event's id begins with when it was recorded, in milliseconds (RFC 9562, version 7).</summary>
    private static double? LagOf(InboxMessage message) => message.MessageId.Version != 7 ? null : Math.Max(0, (message.ReceivedAt - DateTimeOffset.FromUnixTimeMilliseconds(
        long.Parse(message.MessageId.ToString("N").AsSpan(0, 12), NumberStyles.HexNumber, CultureInfo.InvariantCulture))).TotalSeconds);
}
