using System.Security.Claims;
using BetterConnections.Inventory.Devices;
using BetterConnections.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Inventory.Shipments;

public sealed record NewShipment(Guid FacilityId);

public static class StartShipment
{
    public static async Task<Created<ShipmentView>> Handle(NewShipment request, InventoryDb db, ClaimsPrincipal user, TimeProvider clock, CancellationToken cancel)
    {
        if (!await db.Kits.AnyAsync(k => k.FacilityId == request.FacilityId, cancel)) throw new NotThere("kit_unknown", "No kit was asked for by this facility.");
        if (!await db.Devices.AnyAsync(d => d.KitId == request.FacilityId && d.State == DeviceState.Reserved, cancel))
            throw new RuleBroken("nothing_to_ship", "No device is set aside for this facility.");
        var now = clock.GetUtcNow();
        var shipment = new Shipment { Id = Guid.CreateVersion7(now), FacilityId = request.FacilityId, CreatedBy = user.Subject(), CreatedAt = now };
        db.Shipments.Add(shipment);
        await db.SaveChangesAsync(cancel);
        return TypedResults.Created($"/api/inventory/shipments/{shipment.Id}", ShipmentView.From(shipment));
    }
}
