using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using BetterConnections.Contracts;
using BetterConnections.Inventory.Devices;
using BetterConnections.Inventory.Kits;
using BetterConnections.Messaging;
using BetterConnections.Postgres;
using BetterConnections.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Inventory.Shipments;

/// <param name="Damaged">All devices of this request arrived damaged; <paramref name="Note"/> says how.</param>
public sealed record ReceiptScan([Required] IReadOnlyList<string> Barcodes, bool Damaged = false, [StringLength(500)] string? Note = null);

public static class ReceiveShipment
{
    /// <summary>By scan on site, in as many goes as it takes; a repeated scan with the same finding changes nothing.</summary>
    public static Task<ScanReport> Receive(Guid id, ReceiptScan scan, InventoryDb db, ProgrammeSettings programme, ClaimsPrincipal user, TimeProvider clock,
        CancellationToken cancel) => db.InTransactionAsync(async () =>
        {
            var shipment = await db.OpenShipmentAsync(id, user, cancel);
            shipment.DemandOnItsWay();
            var act = new Act(user.Subject(), clock.GetUtcNow(), scan.Note ?? (scan.Damaged ? "damaged on the way" : "received on site"));
            var results = await db.EachAsync(scan.Barcodes, programme, device => db.Receive(shipment, device, scan.Damaged, act), cancel);
            await db.MakeWholeAsync(shipment.FacilityId, act, cancel);
            return ScanReport.Of(results);
        }, cancel);

    /// <summary>Ends the receipt: what was not scanned is missing. Missing and damaged devices are replaced, in a further shipment.</summary>
    public static Task<ShipmentView> Close(Guid id, InventoryDb db, ClaimsPrincipal user, TimeProvider clock, CancellationToken cancel) =>
        db.InTransactionAsync(async () =>
        {
            var shipment = await db.OpenShipmentAsync(id, user, cancel);
            var act = new Act(user.Subject(), clock.GetUtcNow(), "missing on receipt");
            shipment.Close(act.At);
            var ids = shipment.Items.Where(i => i.Outcome is null).Select(i => i.DeviceId).ToArray();
            foreach (var device in await db.Devices.FromSql($"select *, xmin from devices where id = any({ids}) order by number for update").ToListAsync(cancel))
            {
                shipment.Find(device)!.Becomes(ItemOutcome.Missing, act);
                // A device reported lost or broken on the way has its own entry in the books already.
                if (device.State == DeviceState.InTransit) device.Move(DeviceState.Lost, act);
            }
            await db.MakeWholeAsync(shipment.FacilityId, act, cancel);
            return ShipmentView.From(shipment);
        }, cancel);

    private static void Receive(this InventoryDb db, Shipment shipment, Device device, bool damaged, Act act)
    {
        var item = shipment.Find(device) ?? throw new RuleBroken("not_in_shipment", $"{device.Barcode} is not on this shipment.");
        var outcome = damaged ? ItemOutcome.Damaged : ItemOutcome.Received;
        if (item.Outcome == outcome) return;
        if (item.Outcome is not null) throw new RuleBroken("already_received", $"{device.Barcode} was received before; report a fault instead.");
        device.Move(damaged ? DeviceState.Faulty : DeviceState.Deployed, act, shipment.FacilityId);
        item.Becomes(outcome, act);
        if (damaged) db.Publish(new DeviceFailed(device.Barcode, null, null, act.At));
        else if (device.TakeOver() is { } old) db.Publish(new DeviceReplaced(old, device.Barcode, shipment.FacilityId, act.At));
    }

    /// <summary>Replaces what the kit has lost, and says so when the last of its devices is on site.</summary>
    private static async Task MakeWholeAsync(this InventoryDb db, Guid facilityId, Act act, CancellationToken cancel)
    {
        await db.ServeWaitingListAsync(act, cancel);
        var kit = await db.Kits.SingleAsync(k => k.FacilityId == facilityId, cancel);
        var onSite = await db.Devices.CountAsync(d => d.KitId == facilityId && d.State != DeviceState.Reserved && d.State != DeviceState.InTransit, cancel);
        if (kit.Status == KitStatus.InTransit && onSite == kit.Computers + kit.Modems)
        {
            kit.Deliver(act.At);
            db.Publish(new KitDelivered(facilityId, facilityId, kit.Computers, kit.Modems, act.At));
        }
        await db.SaveChangesAsync(cancel);
    }
}
