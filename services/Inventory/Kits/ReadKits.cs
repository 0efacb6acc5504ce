using BetterConnections.Inventory.Devices;
using BetterConnections.Inventory.Locations;
using BetterConnections.Postgres;
using BetterConnections.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Inventory.Kits;

public static class ReadKits
{
    public static Task<Page<KitView>> List([AsParameters] Paging page, KitStatus? status, InventoryDb db, CancellationToken cancel) =>
        db.Kits.AsNoTracking().Where(k => status == null || k.Status == status).PageAsync(k => k.FacilityId, page, KitView.Of, cancel: cancel);

    public static async Task<KitWithDevices> One(Guid facilityId, InventoryDb db, CancellationToken cancel)
    {
        var kit = await db.Kits.AsNoTracking().Where(k => k.FacilityId == facilityId).Select(KitView.Of).SingleOrDefaultAsync(cancel)
            ?? throw new NotThere("kit_unknown", "No kit was asked for by this facility.");
        var devices = await db.Devices.AsNoTracking().Where(d => d.KitId == facilityId).OrderBy(d => d.Number)
            .Select(d => new KitDevice(d.Barcode, d.Kind, d.Serial, d.State, d.StateSince, d.LocationId)).ToListAsync(cancel);
        return new(kit, devices);
    }

    /// <summary>The line as it will be served.</summary>
    public static Task<Page<WaitingKit>> WaitingList([AsParameters] Paging page, InventoryDb db, CancellationToken cancel) =>
        db.Database.SqlQuery<WaitingKit>($"""
            select row_number() over (order by status = 'Waiting', priority desc, ready_at, code) as "Position", facility_id as "FacilityId", code as "Code",
                zone as "Zone", priority as "Priority", ready_at as "ReadyAt", computers as "Computers", modems as "Modems", status as "Status", reason as "Reason",
                missing_computers as "MissingComputers", missing_modems as "MissingModems"
            from kits where status = 'Waiting' or missing_computers + missing_modems > 0
            """).PageAsync(k => k.Position, page, k => k, cancel: cancel);

    /// <summary>What has to be fetched: devices of facilities that ended, and those replaced that still stand on site.</summary>
    public static Task<Page<PickUp>> PickUps([AsParameters] Paging page, Guid? facilityId, InventoryDb db, CancellationToken cancel) =>
        db.Devices.AsNoTracking()
            .Where(d => (d.KitId != null && db.Kits.Any(k => k.FacilityId == d.KitId && k.Status == KitStatus.CalledBack))
                || (d.KitId == null && d.State != DeviceState.Lost && db.Locations.Any(l => l.Id == d.LocationId && l.Kind == LocationKind.Facility)))
            .Where(d => facilityId == null || (d.KitId ?? d.LocationId) == facilityId)
            .PageAsync(d => d.Number, page, d => new PickUp(d.Barcode, d.Kind, d.State, d.StateSince, d.KitId ?? d.LocationId), cancel: cancel);
}
