using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using BetterConnections.Contracts;
using BetterConnections.Enrollment.Facilities;
using BetterConnections.Enrollment.Partners;
using BetterConnections.Messaging;
using BetterConnections.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Enrollment.Tickets;

/// <param name="Barcode">The device's, for a device only.</param>
/// <param name="Description">What does not work; no names of people.</param>
public sealed record Fault(
    [Required] TicketConcern? Concerns,
    [Required, StringLength(1000, MinimumLength = 3)] string Description,
    [RegularExpression("^ *[A-Za-z]+-?[0-9]{6,}-?[0-9A-Za-z] *$")] string? Barcode = null);

public static class OpenTicket
{
    public static async Task<Created<TicketView>> Handle(Guid id, Fault request, EnrollmentDb db, ClaimsPrincipal user, TimeProvider clock, CancellationToken cancel)
    {
        var facility = await db.Facilities.SeenBy(user).OneAsync(id, cancel);
        if (facility.State is not (FacilityState.KitDelivered or FacilityState.Open or FacilityState.Suspended))
            throw new RuleBroken("facility_not_in_use", $"{facility.Code} is {facility.State}; there is nothing yet, or no more, that could fail.").With("state", facility.State);
        var act = new Act(user.Subject(), clock.GetUtcNow());
        var partner = request.Concerns == TicketConcern.Connection ? await db.InternetPartnerAsync(cancel) : null;
        var ticket = Ticket.Open(facility.Id, request.Concerns!.Value, request.Barcode, partner, request.Description, act);
        db.Tickets.Add(ticket);
        db.Publish(ticket.Opened(act.At));
        await db.SaveChangesAsync(cancel);
        return TypedResults.Created($"/api/enrollment/tickets/{ticket.Id}", TicketView.From(ticket, act.At));
    }

    internal static TicketOpened Opened(this Ticket ticket, DateTimeOffset at) =>
        new(ticket.Id, ticket.FacilityId, ticket.Concerns.ToString().ToLowerInvariant(), ticket.Barcode, at);

    /// <summary>The first that was entered, where there are several.</summary>
    internal static Task<Guid?> InternetPartnerAsync(this EnrollmentDb db, CancellationToken cancel) =>
        db.Partners.Where(p => p.Kind == PartnerKind.Connectivity).OrderBy(p => p.Number).Select(p => (Guid?)p.Id).FirstOrDefaultAsync(cancel);
}
