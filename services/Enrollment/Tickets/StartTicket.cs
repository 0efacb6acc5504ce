using System.Security.Claims;
using BetterConnections.ServiceDefaults;

namespace BetterConnections.Enrollment.Tickets;

public static class StartTicket
{
    public static async Task<TicketView> Handle(Guid id, EnrollmentDb db, ClaimsPrincipal user, TimeProvider clock, CancellationToken cancel)
    {
        var ticket = await db.TicketsSeenBy(user).NamedAsync(id, cancel);
        ticket.MayBeMendedBy(user);
        ticket.Start(new Act(user.Subject(), clock.GetUtcNow()));
        await db.SaveChangesAsync(cancel);
        return TicketView.From(ticket, clock.GetUtcNow());
    }
}
