using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using BetterConnections.ServiceDefaults;

namespace BetterConnections.Enrollment.Tickets;

/// <param name="What">What was done.</param>
public sealed record Resolution([Required, StringLength(1000, MinimumLength = 3)] string What);

public static class ResolveTicket
{
    public static async Task<TicketView> Handle(Guid id, Resolution request, EnrollmentDb db, ClaimsPrincipal user, TimeProvider clock, CancellationToken cancel)
    {
        var ticket = await db.TicketsSeenBy(user).NamedAsync(id, cancel);
        ticket.MayBeMendedBy(user);
        ticket.Resolve(new Act(user.Subject(), clock.GetUtcNow(), request.What.Trim()));
        await db.SaveChangesAsync(cancel);
        return TicketView.From(ticket, clock.GetUtcNow());
    }
}
