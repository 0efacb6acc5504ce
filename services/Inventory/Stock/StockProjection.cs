using BetterConnections.Postgres;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Inventory.Stock;

/// <param name="Projected">What the projection had.</param>
/// <param name="Rebuilt">What the devices' histories say.</param>
public sealed record StockDifference(string Kind, string State, Guid? LocationId, long Projected, long Rebuilt);

/// <summary>The upkeep of <c>stock_levels</c>. Each step is one statement, so it sees one moment and what is added meanwhile stays added.</summary>
internal static class StockProjection
{
    private const long StockLock = 0x4243_5354_4f43_4b; // "BCSTOCK"

    /// <summary>Sums up the rows of each key. Returns how many rows there were.</summary>
    public static Task<int> CompactAsync(this InventoryDb db, CancellationToken cancel) => db.InTransactionAsync(async () =>
    {
        await db.LockStockAsync(cancel);
        return (await db.Database.SqlQuery<int>($"""
            with gone as (delete from stock_levels returning *),
            summed as (
                insert into stock_levels (kind, state, location_id, count)
                select kind, state, location_id, sum(count) from gone group by kind, state, location_id having sum(count) <> 0)
            select count(*)::int as "Value" from gone
            """).ToListAsync(cancel)).Single();
    }, cancel);

    /// <summary>Makes the projection anew from the last entry of every device's history; returns where it had been wrong, which is nowhere.</summary>
    public static Task<List<StockDifference>> RebuildAsync(this InventoryDb db, CancellationToken cancel) => db.InTransactionAsync(async () =>
    {
        await db.LockStockAsync(cancel);
        return await db.Database.SqlQuery<StockDifference>($"""
            with gone as (delete from stock_levels returning *),
            latest as (
                select distinct on (device_id) kind, to_state as state, to_location_id as location_id from device_events order by device_id, seq desc),
            rebuilt as (
                insert into stock_levels (kind, state, location_id, count)
                select kind, state, location_id, count(*) from latest group by kind, state, location_id returning *)
            select kind as "Kind", state as "State", location_id as "LocationId", sum(projected)::bigint as "Projected", sum(rebuilt)::bigint as "Rebuilt"
            from (select kind, state, location_id, count as projected, 0 as rebuilt from gone
                  union all select kind, state, location_id, 0, count from rebuilt) both_ways
            group by kind, state, location_id having sum(projected) <> sum(rebuilt)
            """).ToListAsync(cancel);
    }, cancel);

    /// <summary>Two that rewrite the rows at once would each write the sum.</summary>
    private static Task LockStockAsync(this InventoryDb db, CancellationToken cancel) =>
        db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock({StockLock})", cancel);
}
