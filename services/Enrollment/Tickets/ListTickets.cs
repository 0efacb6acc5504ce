using System.Security.Claims;
using BetterConnections.Postgres;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Enrollment.Tickets;

/// <param name="Unresolved">True: every state but Resolved.</param>
/// <param name="Sort"><c>-number</c> (the default), newest first, or <c>number</c>.</param>
public sealed record TicketFilter(TicketConcern? Concerns = null, TicketState? State = null, Guid? FacilityId = null, Guid? PartnerId = null,
    bool Unresolved = false, string? Sort = null, string? After = null, int Limit = 50) : Paging(After, Limit);

public static class ListTickets
{
    public static async Task<Page<TicketView>> Handle([AsParameters] TicketFilter filter, EnrollmentDb db, ClaimsPrincipal user, TimeProvider clock, CancellationToken cancel)
    {
        var tickets = db.TicketsSeenBy(user).AsNoTracking();
        if (filter.Concerns is { } concerns) tickets = tickets.Where(t => t.Concerns == concerns);
        if (filter.State is { } state) tickets = tickets.Where(t => t.State == state);
        if (filter.FacilityId is { } facility) tickets = tickets.Where(t => t.FacilityId == facility);
        if (filter.PartnerId is { } partner) tickets = tickets.Where(t => t.PartnerId == partner);
        if (filter.Unresolved) tickets = tickets.Where(t => t.State != TicketState.Resolved);
        return await tickets.PageAsync(t => t.Number, filter, TicketView.Of(clock.GetUtcNow()), descending: filter.Sort != "number", cancel);
    }
}
