using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using BetterConnections.Inventory.Devices;
using BetterConnections.Postgres;
using BetterConnections.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Inventory.Refurbishment;

public sealed record WorkOrderScan([Required] IReadOnlyList<string> Barcodes);

public static class FillWorkOrder
{
    /// <summary>Puts the scanned devices on the order: wiped ones, by Purge or Destroy or with a waiver, and those without storage.</summary>
    public static Task<ScanReport> Handle(Guid id, WorkOrderScan scan, InventoryDb db, ProgrammeSettings programme, ClaimsPrincipal user, TimeProvider clock,
        CancellationToken cancel) => db.InTransactionAsync(async () =>
    {
        var order = await db.LockOrderAsync(id, user, cancel);
        order.RequireOpen();
        var numbers = scan.Barcodes.Select(s => Barcode.TryParse(s, programme.BarcodePrefix, out var barcode, out _) ? barcode.Number : 0).ToList();
        // Where two orders are filled with one device at once, the database's device_on_another_order decides.
        var taken = await db.WorkOrderItems.Where(i => i.Outcome == null && db.Devices.Any(d => d.Id == i.DeviceId && numbers.Contains(d.Number)))
            .ToDictionaryAsync(i => i.DeviceId, i => i.WorkOrderId, cancel);
        var act = new Act(user.Subject(), clock.GetUtcNow(), $"for work order {order.Code}");
        var results = await db.EachAsync(scan.Barcodes, programme, device =>
        {
            if (taken.TryGetValue(device.Id, out var other))
                throw other == id ? new RuleBroken("already_on_order", $"{device.Barcode} is on this order.")
                    : new RuleBroken("device_on_another_order", $"{device.Barcode} is in work on another order.");
            device.LeaveForClub(act);
            db.WorkOrderItems.Add(new WorkOrderItem { WorkOrderId = id, DeviceId = device.Id });
        }, cancel);
        await db.SaveChangesAsync(cancel);
        return ScanReport.Of(results);
    }, cancel);

    private static void LeaveForClub(this Device device, Act act)
    {
        if (device.State is DeviceState.Triaged or DeviceState.Wiped) device.RequireWipeForClub();
        if (device is { State: DeviceState.Triaged, HasStorage: false }) device.Move(DeviceState.Wiped, act with { Why = "has no storage to wipe" });
        if (device.State != DeviceState.Wiped)
            throw new RuleBroken("state_forbids", $"{device.Barcode} is {device.State}; a club gets wiped devices.").With("state", device.State);
    }
}
