using BetterConnections.Contracts;
using BetterConnections.Inventory.Devices;
using BetterConnections.Inventory.Kits;
using BetterConnections.Inventory.Locations;
using BetterConnections.Inventory.Wipes;
using BetterConnections.Testing;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Inventory.Tests;

/// <summary>Stock and facilities as tests speak of them.</summary>
internal static class Stocked
{
    private static readonly DeviceState[] WayToStock =
        [DeviceState.Triaged, DeviceState.Wiped, DeviceState.Refurbished, DeviceState.Licensed, DeviceState.InStock];

    /// <summary>Devices that came all the way into stock, but nobody was told: the waiting list is as it was.</summary>
    public static Task<List<string>> PutOnTheShelfAsync(this InventoryApp inventory, int count, DeviceKind kind = DeviceKind.Desktop, Guid? locationId = null,
        Action<Device>? describe = null) => inventory.InDbAsync(async db =>
        {
            var barcodes = new List<string>();
            foreach (var number in await db.NextDeviceNumbersAsync(count, CancellationToken.None))
            {
                var act = new Act("test", inventory.Clock.GetUtcNow());
                var device = Device.Receive(Barcode.Of(number, "BC"), kind, Some.Serial(), kind == DeviceKind.Modem ? StorageKind.None : StorageKind.Hdd, locationId, act);
                describe?.Invoke(device);
                foreach (var state in device.HasStorage ? WayToStock : [DeviceState.Triaged, DeviceState.InStock])
                    if (state == DeviceState.Wiped) device.SettleWipe(WipeStanding.Purge, act);
                    else device.Move(state, act);
                db.Add(device);
                barcodes.Add(device.Barcode);
            }
            await db.SaveChangesAsync();
            return barcodes;
        });

    /// <summary>Devices came into stock, and the waiting list was gone through.</summary>
    public static async Task<List<string>> StockArrivesAsync(this InventoryApp inventory, int count, DeviceKind kind = DeviceKind.Desktop)
    {
        var barcodes = await inventory.PutOnTheShelfAsync(count, kind);
        await inventory.DeliverAsync(new StockArrived(count, inventory.Clock.GetUtcNow()));
        return barcodes;
    }

    /// <summary>A facility's space is ready; the answer is its kit's id.</summary>
    public static async Task<Guid> SpaceReadyAsync(this InventoryApp inventory, int computers = 10, int modems = 1, int priority = 0, TimeSpan? ago = null,
        Guid? facility = null, int times = 1)
    {
        var id = facility ?? Guid.CreateVersion7();
        var code = "F" + id.ToString("n")[^8..].ToUpperInvariant();
        await inventory.DeliverAsync(new FacilitySpaceReady(id, code, "56", priority, computers, modems, inventory.Clock.GetUtcNow() - (ago ?? default)), times);
        return id;
    }

    public static Task<Kit> KitAsync(this InventoryApp inventory, Guid facility) =>
        inventory.InDbAsync(db => db.Kits.AsNoTracking().SingleAsync(k => k.FacilityId == facility));

    public static Task<List<Device>> DevicesOfAsync(this InventoryApp inventory, Guid kit) =>
        inventory.InDbAsync(db => db.Devices.AsNoTracking().Where(d => d.KitId == kit).OrderBy(d => d.Number).ToListAsync());

    /// <summary>The kit's devices were shipped and received, without the paperwork.</summary>
    public static Task DeployAsync(this InventoryApp inventory, Guid facility) => inventory.InDbAsync(async db =>
    {
        var act = new Act("test", inventory.Clock.GetUtcNow());
        var kit = await db.Kits.SingleAsync(k => k.FacilityId == facility);
        if (await db.Locations.FindAsync(facility) is null)
            db.Add(new Location { Id = facility, Code = kit.Code, Name = kit.Code, Kind = LocationKind.Facility });
        await db.SaveChangesAsync();
        foreach (var device in await db.Devices.Where(d => d.KitId == facility && d.State == DeviceState.Reserved).ToListAsync())
        {
            device.Move(DeviceState.InTransit, act);
            device.Move(DeviceState.Deployed, act, facility);
        }
        kit.Dispatch(act.At);
        if (kit.Status == KitStatus.InTransit) kit.Deliver(act.At);
        await db.SaveChangesAsync();
    });

    public static Task<Device> DeviceAsync(this InventoryApp inventory, string barcode) =>
        inventory.InDbAsync(db => db.Devices.AsNoTracking().SingleAsync(d => d.Barcode == barcode));

    public static Task<Guid> LocationAsync(this InventoryApp inventory, LocationKind kind = LocationKind.Warehouse, Guid? organisation = null) =>
        inventory.InDbAsync(async db =>
        {
            var location = new Location { Id = Guid.CreateVersion7(), Code = Some.Serial(), Name = "A place", Kind = kind, OrganisationId = organisation };
            db.Add(location);
            await db.SaveChangesAsync();
            return location.Id;
        });

    /// <summary>An empty programme, for a class that has the service to itself.</summary>
    public static Task EmptyAsync(this FreshInventoryApp inventory) =>
        inventory.InDbAsync(db => db.Database.ExecuteSqlAsync($"truncate devices, device_events, kits, stock_levels cascade"));
}
