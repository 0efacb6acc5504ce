using System.Security.Claims;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Enrollment.Tickets;

/// <summary>How many tickets wait, and for how long; resolved ones are not counted.</summary>
/// <param name="UnderOneDay">Opened less than a day ago; each further count begins where the one before it ends.</param>
/// <param name="OldestOpenedAt">Of the one that waits longest.</param>
public sealed record TicketsWaiting(TicketConcern Concerns, int Waiting, int UnderOneDay, int UnderThreeDays, int UnderSevenDays, int UnderThirtyDays,
    int ThirtyDaysAndOver, DateTimeOffset OldestOpenedAt);

public static class SummariseTickets
{
    public static async Task<IReadOnlyList<TicketsWaiting>> Handle(EnrollmentDb db, ClaimsPrincipal user, TimeProvider clock, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        var (day, three, seven, thirty) = (now.AddDays(-1), now.AddDays(-3), now.AddDays(-7), now.AddDays(-30));
        var waiting = await db.TicketsSeenBy(user).Where(t => t.State != TicketState.Resolved).GroupBy(t => t.Concerns)
            .Select(g => new TicketsWaiting(g.Key, g.Count(),
                g.Count(t => t.OpenedAt > day),
                g.Count(t => t.OpenedAt <= day && t.OpenedAt > three),
                g.Count(t => t.OpenedAt <= three && t.OpenedAt > seven),
                g.Count(t => t.OpenedAt <= seven && t.OpenedAt > thirty),
                g.Count(t => t.OpenedAt <= thirty),
                g.Min(t => t.OpenedAt)))
            .ToListAsync(cancel);
        return [.. waiting.OrderBy(w => w.Concerns)];
    }
}
