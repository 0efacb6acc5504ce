using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using BetterConnections.Inventory.Devices;
using BetterConnections.Inventory.Kits;
using BetterConnections.Postgres;
using BetterConnections.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Inventory.Replacement;

public sealed record ReplacementRequest([Required, StringLength(500, MinimumLength = 3)] string Why);

/// <param name="NewBarcode">Set aside for the facility; null when stock has none, and the facility then stands first in the line.</param>
public sealed record ReplacementView(string OldBarcode, string? NewBarcode, Guid FacilityId);

public static class ReplaceDevice
{
    /// <summary>
    /// Another device takes its place in the kit and travels in a further shipment. The old one goes on working where it stands,
    /// on the list of pick-ups, until a scan brings it back.
    /// </summary>
    public static Task<ReplacementView> Handle(string barcode, ReplacementRequest request, InventoryDb db, ProgrammeSettings programme, ClaimsPrincipal user,
        TimeProvider clock, CancellationToken cancel) => db.InTransactionAsync(async () =>
        {
            await db.LockKitsAsync(cancel);
            var device = await db.Devices.ScannedAsync(barcode, programme, cancel);
            if (device.State is not (DeviceState.Deployed or DeviceState.Faulty or DeviceState.InRepair)
                || device.KitId is not { } kit || !await db.Kits.AnyAsync(k => k.FacilityId == kit && k.Status != KitStatus.CalledBack, cancel))
                throw new RuleBroken("not_in_use", $"{device.Barcode} is not in use at a facility.").With("state", device.State);
            var act = new Act(user.Subject(), clock.GetUtcNow(), request.Why);
            device.Note(act);
            device.LeaveKit();
            var replaced = await db.ServeWaitingListAsync(act, cancel);
            await db.SaveChangesAsync(cancel);
            return new ReplacementView(device.Barcode, replaced.SingleOrDefault(r => r.OldBarcode == device.Barcode)?.NewBarcode, kit);
        }, cancel);
}
