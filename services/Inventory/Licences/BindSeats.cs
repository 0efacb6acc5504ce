using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using BetterConnections.Inventory.Devices;
using BetterConnections.Postgres;
using BetterConnections.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Inventory.Licences;

public sealed record SeatScan([Required] IReadOnlyList<string> Barcodes);

public static class BindSeats
{
    /// <summary>Gives each scanned device a seat, as far as they go; the others answer <c>licence_pool_exhausted</c>.</summary>
    public static Task<ScanReport> Handle(Guid id, SeatScan scan, InventoryDb db, ProgrammeSettings programme, ClaimsPrincipal user, TimeProvider clock,
        CancellationToken cancel) => db.InTransactionAsync(async () =>
    {
        var pool = await db.LockPoolAsync(id, cancel);
        var free = pool.Seats - await db.SeatsInUseAsync(id, cancel);
        // A device that came back and was refurbished again still has its seat.
        var seated = await db.LicenceSeats.Where(s => s.ReleasedAt == null && db.Devices.Any(d => d.Id == s.DeviceId && d.State == DeviceState.Refurbished))
            .Select(s => s.DeviceId).ToHashSetAsync(cancel);
        var act = new Act(user.Subject(), clock.GetUtcNow(), $"licensed with {pool.Product}");
        var results = await db.EachAsync(scan.Barcodes, programme, device =>
        {
            if (free == 0 && !seated.Contains(device.Id)) throw new RuleBroken("licence_pool_exhausted", $"No seat of {pool.Product} is left.");
            device.Move(DeviceState.Licensed, act);
            if (seated.Contains(device.Id)) return;
            db.LicenceSeats.Add(new LicenceSeat { Id = Guid.CreateVersion7(act.At), PoolId = id, DeviceId = device.Id, BoundAt = act.At, BoundBy = act.By });
            free--;
        }, cancel);
        await db.SaveChangesAsync(cancel);
        return ScanReport.Of(results);
    }, cancel);

    /// <summary>Seats of devices that have been retired are free for others.</summary>
    public static Task ReleaseSeatsOfRetiredAsync(this InventoryDb db, IReadOnlyCollection<string> barcodes, DateTimeOffset at, CancellationToken cancel) =>
        db.LicenceSeats.Where(s => s.ReleasedAt == null && db.Devices.Any(d => d.Id == s.DeviceId && barcodes.Contains(d.Barcode)))
            .ExecuteUpdateAsync(set => set.SetProperty(s => s.ReleasedAt, at), cancel);
}
