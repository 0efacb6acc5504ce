using BetterConnections.Contracts;
using BetterConnections.Inventory.Devices;
using BetterConnections.Inventory.Shipments;
using BetterConnections.Messaging;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Inventory.Kits;

internal static class EndOfKit
{
    /// <summary>
    /// The facility withdrew or closed. What has not left goes back to stock at once, for the next in line; what is on the way
    /// or on site stays in the books as it is, goes on the list of pick-ups, and becomes <c>Returned</c> by the scan that brings it back.
    /// </summary>
    public static async Task EndKitAsync(this InventoryDb db, Guid facilityId, string reason, Act act, CancellationToken cancel)
    {
        await db.LockKitsAsync(cancel);
        var kit = await db.Kits.FindAsync([facilityId], cancel);
        if (kit is null) db.Kits.Add(Kit.EndedBeforeReady(facilityId, reason, act.At));
        if (kit is null or { HasEnded: true }) return;

        kit.End(reason, act.At);
        var devices = await db.Devices.FromSql($"select *, xmin from devices where kit_id = {facilityId} or left_kit_id = {facilityId} order by number for update")
            .ToListAsync(cancel);
        var here = devices.Where(d => d.KitId is not null && d.State == DeviceState.Reserved).ToList();
        foreach (var device in here) device.Move(DeviceState.InStock, act);
        foreach (var device in devices) device.NoLongerMissed();
        foreach (var shipment in await db.Shipments.Include(s => s.Items)
            .Where(s => s.FacilityId == facilityId && s.Status == ShipmentStatus.Loading).ToListAsync(cancel)) shipment.Cancel(act.At);
        if (here.Count > 0) db.Publish(new StockArrived(here.Count, act.At));
    }
}
