using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using BetterConnections.Contracts;
using BetterConnections.Inventory.Devices;
using BetterConnections.Inventory.Kits;
using BetterConnections.Inventory.Locations;
using BetterConnections.Messaging;
using BetterConnections.Postgres;
using BetterConnections.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Inventory.Shipments;

/// <param name="Carrier">The company.</param>
/// <param name="Vehicle">The carrier's reference for vehicle or tour.</param>
/// <param name="Receiver">Account (token subject) of whoever will sign on site; logistics and the programme office may anyway.</param>
public sealed record HandOver([Required, StringLength(200, MinimumLength = 2)] string Carrier, [StringLength(100)] string? Vehicle = null,
    [StringLength(200)] string? Receiver = null);

public static class DispatchShipment
{
    public static Task<ShipmentView> Handle(Guid id, HandOver request, InventoryDb db, ClaimsPrincipal user, TimeProvider clock, CancellationToken cancel) =>
        db.InTransactionAsync(async () =>
        {
            var shipment = await db.OpenShipmentAsync(id, user, cancel);
            var act = new Act(user.Subject(), clock.GetUtcNow(), $"handed to {request.Carrier}");
            shipment.Dispatch(request.Carrier, request.Vehicle, request.Receiver, act.At);

            var ids = shipment.Items.Select(i => i.DeviceId).ToArray();
            var devices = await db.Devices.FromSql($"select *, xmin from devices where id = any({ids}) order by number for update").ToListAsync(cancel);
            if (devices.Where(d => d.State != DeviceState.Reserved || d.KitId != shipment.FacilityId).Select(d => d.Barcode).ToList() is { Count: > 0 } strangers)
                throw new RuleBroken("device_no_longer_in_kit", "Some loaded devices were taken out of the kit since. Unload them.").With("barcodes", strangers);
            foreach (var device in devices) device.Move(DeviceState.InTransit, act);

            var kit = await db.Kits.SingleAsync(k => k.FacilityId == shipment.FacilityId, cancel);
            kit.Dispatch(act.At);
            await db.EnsureFacilityAsync(kit, cancel);
            db.Publish(new KitDispatched(kit.FacilityId, kit.FacilityId, shipment.Id, act.At));
            await db.SaveChangesAsync(cancel);
            return ShipmentView.From(shipment);
        }, cancel);

    private static async Task EnsureFacilityAsync(this InventoryDb db, Kit kit, CancellationToken cancel)
    {
        if (await db.Locations.FindAsync([kit.FacilityId], cancel) is null)
            db.Locations.Add(new Location { Id = kit.FacilityId, Code = kit.Code, Name = $"Facility {kit.Code}", Kind = LocationKind.Facility });
    }
}
