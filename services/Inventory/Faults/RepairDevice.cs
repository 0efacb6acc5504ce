using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using BetterConnections.Contracts;
using BetterConnections.Inventory.Devices;
using BetterConnections.Inventory.Kits;
using BetterConnections.Messaging;
using BetterConnections.Postgres;
using BetterConnections.ServiceDefaults;

namespace BetterConnections.Inventory.Faults;

public sealed record RepairStart([Required, StringLength(500, MinimumLength = 3)] string Why);

/// <param name="LocationId">The store it goes to; null when it works again in its facility.</param>
/// <param name="Why">What was done.</param>
public sealed record RepairEnd([Required, StringLength(500, MinimumLength = 3)] string Why, Guid? LocationId = null);

public static class RepairDevice
{
    public static async Task<DeviceView> Start(string barcode, RepairStart request, InventoryDb db, ProgrammeSettings programme, ClaimsPrincipal user,
        TimeProvider clock, CancellationToken cancel)
    {
        var device = await db.Devices.ScannedAsync(barcode, programme, cancel);
        device.Move(DeviceState.InRepair, new Act(user.Subject(), clock.GetUtcNow(), request.Why));
        await db.SaveChangesAsync(cancel);
        return DeviceView.From(device);
    }

    /// <summary>Back into use where it stands, or into stock; then its facility gets another in its place.</summary>
    public static Task<DeviceView> End(string barcode, RepairEnd request, InventoryDb db, ProgrammeSettings programme, ClaimsPrincipal user,
        TimeProvider clock, CancellationToken cancel) => db.InTransactionAsync(async () =>
        {
            await db.LockKitsAsync(cancel);
            var device = await db.Devices.ScannedAsync(barcode, programme, cancel);
            var act = new Act(user.Subject(), clock.GetUtcNow(), request.Why);
            if (request.LocationId is { } store)
            {
                if (await db.Locations.FindAsync([store], cancel) is null) throw new BadInput("location_unknown", "There is no such location.");
                device.Move(DeviceState.InStock, act, store);
                db.Publish(new StockArrived(1, act.At));
                await db.ServeWaitingListAsync(act, cancel);
            }
            else device.Move(DeviceState.Deployed, act);
            await db.SaveChangesAsync(cancel);
            return DeviceView.From(device);
        }, cancel);
}
