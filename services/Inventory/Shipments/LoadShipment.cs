using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using BetterConnections.Inventory.Devices;
using BetterConnections.Postgres;
using BetterConnections.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Inventory.Shipments;

public sealed record LoadingScan([Required] IReadOnlyList<string> Barcodes);

public static class LoadShipment
{
    /// <summary>Scans devices on; one that is not this kit's answers <c>not_in_this_kit</c> and is not loaded.</summary>
    public static Task<ScanReport> Load(Guid id, LoadingScan scan, InventoryDb db, ProgrammeSettings programme, ClaimsPrincipal user, TimeProvider clock,
        CancellationToken cancel) => db.InTransactionAsync(async () =>
        {
            var shipment = await db.OpenShipmentAsync(id, user, cancel);
            shipment.DemandLoading();
            var elsewhere = await db.Set<ShipmentItem>().Where(i => i.ShipmentId != id && i.Outcome == null
                && db.Devices.Any(d => d.Id == i.DeviceId && d.KitId == shipment.FacilityId)).Select(i => i.DeviceId).ToHashSetAsync(cancel);
            var results = await db.EachAsync(scan.Barcodes, programme, device =>
            {
                if (elsewhere.Contains(device.Id)) throw new RuleBroken("loaded_elsewhere", $"{device.Barcode} is on another shipment.");
                shipment.Load(device, clock.GetUtcNow());
            }, cancel);
            await db.SaveChangesAsync(cancel);
            return ScanReport.Of(results);
        }, cancel);

    /// <summary>Scans devices off again before the shipment leaves.</summary>
    public static Task<ScanReport> Unload(Guid id, LoadingScan scan, InventoryDb db, ProgrammeSettings programme, ClaimsPrincipal user,
        CancellationToken cancel) => db.InTransactionAsync(async () =>
        {
            var shipment = await db.OpenShipmentAsync(id, user, cancel);
            shipment.DemandLoading();
            var results = await db.EachAsync(scan.Barcodes, programme, shipment.Unload, cancel);
            await db.SaveChangesAsync(cancel);
            return ScanReport.Of(results);
        }, cancel);
}
