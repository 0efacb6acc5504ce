using BetterConnections.Inventory.Devices;
using BetterConnections.Inventory.Locations;
using BetterConnections.Postgres;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Inventory.Stock;

public sealed record StockLine(DeviceKind Kind, DeviceState State, long Count);

public sealed record StockAtLocation(Guid LocationId, string Code, string Name, LocationKind Kind, IReadOnlyList<StockLine> Levels);

/// <param name="Received">Devices ever received, counted one by one.</param>
/// <param name="Difference">Received less all that follows; anything but 0 is an error of the books.</param>
public sealed record MassBalance(long Received, long InUse, long InStock, long InWork, long Recycled, long Lost, long Difference);

public static class ReadStock
{
    /// <summary>All devices by kind and state, wherever they are or at one place.</summary>
    public static Task<List<StockLine>> Overview(DeviceKind? kind, DeviceState? state, Guid? locationId, InventoryDb db, CancellationToken cancel) =>
        db.StockLevels
            .Where(l => (kind == null || l.Kind == kind) && (state == null || l.State == state) && (locationId == null || l.LocationId == locationId))
            .GroupBy(l => new { l.Kind, l.State }).Where(g => g.Sum(l => l.Count) != 0)
            .OrderBy(g => g.Key.Kind).ThenBy(g => g.Key.State)
            .Select(g => new StockLine(g.Key.Kind, g.Key.State, g.Sum(l => l.Count))).ToListAsync(cancel);

    /// <summary>The same place by place.</summary>
    public static async Task<Page<StockAtLocation>> ByLocation([AsParameters] Paging page, LocationKind? kind, InventoryDb db, CancellationToken cancel)
    {
        var places = await db.Locations.AsNoTracking().Where(l => kind == null || l.Kind == kind).PageAsync(l => l.Code, page, l => l, cancel: cancel);
        var ids = places.Items.Select(l => l.Id).ToList();
        var levels = (await db.StockLevels.Where(l => ids.Contains(l.LocationId!.Value)).GroupBy(l => new { l.LocationId, l.Kind, l.State })
            .Where(g => g.Sum(l => l.Count) != 0)
            .Select(g => new { g.Key.LocationId, Line = new StockLine(g.Key.Kind, g.Key.State, g.Sum(l => l.Count)) }).ToListAsync(cancel))
            .ToLookup(l => l.LocationId!.Value, l => l.Line);
        return new([.. places.Items.Select(l => new StockAtLocation(l.Id, l.Code, l.Name, l.Kind, [.. levels[l.Id].OrderBy(s => s.Kind).ThenBy(s => s.State)]))], places.Next);
    }

    public static async Task<MassBalance> Balance(InventoryDb db, CancellationToken cancel)
    {
        // One statement, one moment: two would see devices that arrive in between only once.
        var counts = await db.Database.SqlQuery<StateCount>($"""
            select state as "State", sum(count)::bigint as "Count" from stock_levels group by state
            union all select 'received', count(*) from devices
            """).ToListAsync(cancel);
        var received = counts.Single(c => c.State == "received").Count;
        var levels = counts.Where(c => c.State != "received").ToLookup(c => StockBuckets.BucketOf(Enum.Parse<DeviceState>(c.State)), c => c.Count);
        long In(StockBucket bucket) => levels[bucket].Sum();
        return new(received, In(StockBucket.InUse), In(StockBucket.InStock), In(StockBucket.InWork), In(StockBucket.Recycled), In(StockBucket.Lost),
            received - levels.Sum(l => l.Sum()));
    }

    private sealed record StateCount(string State, long Count);
}
