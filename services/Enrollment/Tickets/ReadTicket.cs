using System.Security.Claims;
using BetterConnections.Contracts;
using BetterConnections.Enrollment.Facilities;
using BetterConnections.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Enrollment.Tickets;

public static class ReadTicket
{
    public static async Task<TicketView> Handle(Guid id, EnrollmentDb db, ClaimsPrincipal user, TimeProvider clock, CancellationToken cancel) =>
        TicketView.From(await db.TicketsSeenBy(user).AsNoTracking().NamedAsync(id, cancel), clock.GetUtcNow());

    /// <summary>Those at the facilities that the caller may see.</summary>
    internal static IQueryable<Ticket> TicketsSeenBy(this EnrollmentDb db, ClaimsPrincipal user)
    {
        var facilities = db.Facilities.SeenBy(user);
        return db.Tickets.Where(t => facilities.Any(f => f.Id == t.FacilityId));
    }

    internal static async Task<Ticket> NamedAsync(this IQueryable<Ticket> tickets, Guid id, CancellationToken cancel) =>
        await tickets.Include(t => t.Facility).SingleOrDefaultAsync(t => t.Id == id, cancel) ?? throw new NotThere("ticket_unknown", "There is no such ticket.");

    /// <summary>An employer mends its rooms; devices and connections are for those who can mend them.</summary>
    internal static void MayBeMendedBy(this Ticket ticket, ClaimsPrincipal user)
    {
        if (user.IsInRole(Roles.Employer) && ticket.Concerns != TicketConcern.Room)
            throw new Refused(StatusCodes.Status403Forbidden, "ticket_not_yours", $"A {ticket.Concerns.ToString().ToLowerInvariant()} is not mended by the employer.");
    }
}
