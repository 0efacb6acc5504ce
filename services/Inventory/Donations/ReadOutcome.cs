using System.Security.Claims;
using BetterConnections.Inventory.Devices;
using BetterConnections.Postgres;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Inventory.Donations;

/// <summary>
/// What became of a donation. Facilities are named by code and zone, which their kits carry: a donor learns the area, not the address.
/// </summary>
public static class ReadOutcome
{
    public static async Task<Page<DonatedDeviceView>> Devices(Guid id, [AsParameters] Paging page, InventoryDb db, ClaimsPrincipal user, CancellationToken cancel)
    {
        await db.VisibleDonationAsync(id, user, cancel);
        var devices =
            from device in db.Devices.AsNoTracking()
            where device.DonationId == id
            join kit in db.Kits on device.LocationId equals kit.FacilityId into facilities
            from facility in facilities.DefaultIfEmpty()
            select new { device, facility };
        return await devices.PageAsync(d => d.device.Number, page, d => new DonatedDeviceView(d.device.Barcode, d.device.Serial, d.device.DonorAssetTag,
            d.device.Kind, d.device.Model, d.device.State, d.device.StateSince, d.facility!.Code, d.facility.Zone), cancel: cancel);
    }

    /// <summary>Of every disk of it that was erased, by whom its data was; what failed has none.</summary>
    public static async Task<Page<DonatedCertificateView>> Certificates(Guid id, [AsParameters] Paging page, InventoryDb db, ClaimsPrincipal user, CancellationToken cancel)
    {
        await db.VisibleDonationAsync(id, user, cancel);
        var issued =
            from certificate in db.WipeCertificates.AsNoTracking()
            join wipe in db.Wipes on certificate.WipeId equals wipe.Id
            join device in db.Devices on wipe.DeviceId equals device.Id
            where device.DonationId == id
            select new { certificate, wipe, device };
        return await issued.PageAsync(c => c.wipe.Id, page, c => new DonatedCertificateView(c.wipe.Id, c.device.Barcode, c.device.Serial, c.wipe.MediaType,
            c.wipe.MediaModel, c.wipe.MediaSerial, c.wipe.Method, c.certificate.IssuedAt, c.certificate.Hash), cancel: cancel);
    }

    public static async Task<DonationOutcome> Handle(Guid id, InventoryDb db, ClaimsPrincipal user, CancellationToken cancel)
    {
        await db.VisibleDonationAsync(id, user, cancel);
        var given = db.Devices.AsNoTracking().Where(d => d.DonationId == id);
        var states = await given.GroupBy(d => d.State).Select(g => new { State = g.Key, Devices = g.Count() })
            .ToDictionaryAsync(g => g.State, g => g.Devices, cancel);
        var facilities = await given.Join(db.Kits, d => d.LocationId, k => k.FacilityId, (_, kit) => kit)
            .GroupBy(k => new { k.Code, k.Zone }).OrderBy(g => g.Key.Code)
            .Select(g => new FacilityDevices(g.Key.Code, g.Key.Zone, g.Count())).ToListAsync(cancel);
        return new DonationOutcome(states.Values.Sum(), states, facilities, states.GetValueOrDefault(DeviceState.Recycled));
    }
}
