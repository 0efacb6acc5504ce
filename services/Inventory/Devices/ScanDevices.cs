using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using BetterConnections.Contracts;
using BetterConnections.Inventory.Kits;
using BetterConnections.Inventory.Licences;
using BetterConnections.Messaging;
using BetterConnections.Postgres;
using BetterConnections.ServiceDefaults;

namespace BetterConnections.Inventory.Devices;

/// <summary>The plain steps a scanner can take; steps that belong to a shipment, work order or count are scanned there.</summary>
public enum ScanAction { Triage, Store, Relocate, Fault, Repair, Repaired, Retire, Lose, Find, Return }

/// <param name="Action">What the scans do.</param>
/// <param name="LocationId">Where the devices now are; needed to store, to relocate and to return.</param>
/// <param name="Why">Needed to declare a device faulty, retired or lost.</param>
public sealed record Scan([Required] ScanAction? Action, [Required] IReadOnlyList<string> Barcodes, Guid? LocationId = null, [StringLength(500)] string? Why = null);

public static class ScanDevices
{
    public static async Task<ScanReport> Handle(Scan scan, InventoryDb db, ProgrammeSettings programme, ClaimsPrincipal user,
        TimeProvider clock, CancellationToken cancel)
    {
        var action = scan.Action!.Value;
        if (action is ScanAction.Store or ScanAction.Relocate or ScanAction.Return && scan.LocationId is null)
            throw new BadInput("location_required", "Say where the devices are put.");
        if (action is ScanAction.Fault or ScanAction.Retire or ScanAction.Lose && string.IsNullOrWhiteSpace(scan.Why))
            throw new BadInput("reason_required", "Say why.");
        if (scan.LocationId is { } location && await db.Locations.FindAsync([location], cancel) is null)
            throw new BadInput("location_unknown", "There is no such location.");

        var act = new Act(user.Subject(), clock.GetUtcNow(), scan.Why);
        return await db.InTransactionAsync(async () =>
        {
            if (action.MayBreakAKit()) await db.LockKitsAsync(cancel);
            var results = await db.EachAsync(scan.Barcodes, programme, device => db.Take(action, device, scan.LocationId, act), cancel);
            if (action is ScanAction.Store or ScanAction.Repaired && results.Count(r => r.State == DeviceState.InStock && r.Done) is > 0 and var stored)
                db.Publish(new StockArrived(stored, act.At));
            if (action == ScanAction.Retire) await db.ReleaseSeatsOfRetiredAsync([.. results.Where(r => r.Done).Select(r => r.Barcode)], act.At, cancel);
            if (action.MayBreakAKit()) await db.ServeWaitingListAsync(act, cancel);
            await db.SaveChangesAsync(cancel);
            return ScanReport.Of(results);
        }, cancel);
    }

    /// <summary>A device that a facility's kit counts on may be among the scanned: it gets another one at once.</summary>
    private static bool MayBreakAKit(this ScanAction action) =>
        action is ScanAction.Fault or ScanAction.Repaired or ScanAction.Retire or ScanAction.Lose or ScanAction.Find or ScanAction.Return;

    private static void Take(this InventoryDb db, ScanAction action, Device device, Guid? location, Act act)
    {
        switch (action)
        {
            case ScanAction.Triage: device.Move(DeviceState.Triaged, act, location); break;
            case ScanAction.Store: device.Store(location, act); break;
            case ScanAction.Relocate: device.Relocate(location!.Value, act); break;
            case ScanAction.Fault:
                if (device.State == DeviceState.Deployed) db.Publish(new DeviceFailed(device.Barcode, device.KitId, null, act.At));
                device.Move(DeviceState.Faulty, act, location);
                break;
            case ScanAction.Repair: device.Move(DeviceState.InRepair, act, location); break;
            case ScanAction.Repaired: device.Move(DeviceState.InStock, act, location); break;
            case ScanAction.Retire: device.Move(DeviceState.Retired, act, location); break;
            case ScanAction.Lose: device.Move(DeviceState.Lost, act); break;
            case ScanAction.Find or ScanAction.Return: device.Move(DeviceState.Returned, act, location); break;
        }
    }

    /// <summary>From shelf to shelf. What stands in a facility, is on its way, lost or recycled is not here to be put elsewhere.</summary>
    private static void Relocate(this Device device, Guid location, Act act)
    {
        if (device.State is DeviceState.Deployed or DeviceState.InTransit or DeviceState.Lost or DeviceState.Recycled)
            throw new RuleBroken("state_forbids", $"{device.Barcode} is {device.State}; it is not here to be put elsewhere.").With("state", device.State);
        device.Note(act, location);
    }

    /// <summary>Into stock: a computer when it is licensed, a device without storage straight from triage.</summary>
    private static void Store(this Device device, Guid? location, Act act)
    {
        if (device.State == DeviceState.Reserved)
            throw new RuleBroken("reserved_for_kit", $"{device.Barcode} is set aside for a facility. Relocate it, or scan it faulty.");
        device.Move(DeviceState.InStock, act, location);
    }
}
