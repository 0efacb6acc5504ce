using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using BetterConnections.Inventory.Devices;
using BetterConnections.Inventory.Locations;
using BetterConnections.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Inventory.Refurbishment;

/// <param name="ClubId">The club's location, one that has an organisation.</param>
public sealed record NewWorkOrder([Required] Guid? ClubId, [StringLength(500)] string? Note = null);

public static class OpenWorkOrder
{
    public static async Task<Created<WorkOrderView>> Handle(NewWorkOrder request, InventoryDb db, ClaimsPrincipal user, TimeProvider clock, CancellationToken cancel)
    {
        var club = request.ClubId!.Value;
        if (!await db.Locations.AnyAsync(l => l.Id == club && l.Kind == LocationKind.Club && l.OrganisationId != null, cancel))
            throw new BadInput("club_unknown", "There is no such club, or nobody has said which organisation it is.");
        var order = WorkOrder.Open(club, request.Note, new Act(user.Subject(), clock.GetUtcNow()));
        db.WorkOrders.Add(order);
        await db.SaveChangesAsync(cancel);
        return TypedResults.Created($"/api/inventory/work-orders/{order.Id}", await db.ViewOrderAsync(order.Id, user, cancel));
    }
}
