using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using BetterConnections.Inventory.Devices;
using BetterConnections.Inventory.Kits;
using BetterConnections.Postgres;
using BetterConnections.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Inventory.Stock;

public sealed record CountApplication([Required, StringLength(500, MinimumLength = 3)] string Reason);

public static class ApplyCount
{
    /// <summary>Makes the books say what was found: missing devices are lost, unexpected ones are here. What changed since the closing is left alone.</summary>
    public static Task<ScanReport> Handle(Guid id, CountApplication request, InventoryDb db, ClaimsPrincipal user, TimeProvider clock, CancellationToken cancel) =>
        db.InTransactionAsync(async () =>
        {
            await db.LockKitsAsync(cancel);
            var count = await db.LockCountAsync(id, cancel);
            var act = new Act(user.Subject(), clock.GetUtcNow(), request.Reason);
            count.Apply(act);

            var lines = await db.Set<StockCountLine>().AsNoTracking().Where(l => l.StockCountId == id && l.Finding != CountFinding.Matched)
                .ToDictionaryAsync(l => l.DeviceId, cancel);
            var ids = lines.Keys.ToArray();
            var devices = await db.Devices.FromSql($"select *, xmin from devices where id = any({ids}) order by number for update").ToListAsync(cancel);
            var results = devices.Select(d => Scanning.Try(d, device => Apply(lines[device.Id], device, count.LocationId, act))).ToList();
            await db.ServeWaitingListAsync(act, cancel);
            await db.SaveChangesAsync(cancel);
            return ScanReport.Of(results);
        }, cancel);

    private static void Apply(StockCountLine line, Device device, Guid here, Act act)
    {
        if ((device.State, device.LocationId) != (line.BookState, line.BookLocationId))
            throw new RuleBroken("changed_since_count", $"{device.Barcode} was moved after the count was closed.");
        if (line.Finding == CountFinding.Missing) device.Move(DeviceState.Lost, act);
        else if (device.State is DeviceState.Lost or DeviceState.InTransit or DeviceState.Recycled) device.Move(DeviceState.Returned, act, here);
        else device.Note(act, here);
    }
}
