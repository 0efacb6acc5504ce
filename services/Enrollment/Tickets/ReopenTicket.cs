using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using BetterConnections.Messaging;
using BetterConnections.ServiceDefaults;

namespace BetterConnections.Enrollment.Tickets;

public sealed record Reopening([Required, StringLength(1000, MinimumLength = 3)] string Why);

public static class ReopenTicket
{
    /// <summary>The fault is back, or was never mended; whoever it concerns is told again.</summary>
    public static async Task<TicketView> Handle(Guid id, Reopening request, EnrollmentDb db, ClaimsPrincipal user, TimeProvider clock, CancellationToken cancel)
    {
        var ticket = await db.TicketsSeenBy(user).NamedAsync(id, cancel);
        var act = new Act(user.Subject(), clock.GetUtcNow(), request.Why.Trim());
        ticket.Reopen(act);
        db.Publish(ticket.Opened(act.At));
        await db.SaveChangesAsync(cancel);
        return TicketView.From(ticket, act.At);
    }
}
