using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using BetterConnections.Inventory.Devices;
using BetterConnections.Postgres;
using BetterConnections.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Inventory.Stock;

public sealed record NewStockCount(Guid LocationId);

public sealed record CountScan([Required] IReadOnlyList<string> Barcodes);

public static class CountStock
{
    public static async Task<Created<StockCountView>> Open(NewStockCount request, InventoryDb db, ClaimsPrincipal user, TimeProvider clock, CancellationToken cancel)
    {
        if (await db.Locations.FindAsync([request.LocationId], cancel) is null) throw new BadInput("location_unknown", "There is no such location.");
        var now = clock.GetUtcNow();
        var count = new StockCount { Id = Guid.CreateVersion7(now), LocationId = request.LocationId, OpenedBy = user.Subject(), OpenedAt = now };
        db.Add(count);
        await db.SaveChangesAsync(cancel);
        return TypedResults.Created($"/api/inventory/stock-counts/{count.Id}", await db.CountViewAsync(count.Id, cancel));
    }

    /// <summary>What is there, in any order and as often as it is scanned; nothing about the devices changes.</summary>
    public static Task<ScanReport> Scan(Guid id, CountScan scan, InventoryDb db, ProgrammeSettings programme, TimeProvider clock, CancellationToken cancel) =>
        db.InTransactionAsync(async () =>
        {
            (await db.LockCountAsync(id, cancel)).DemandOpen();
            var there = new List<Guid>();
            var results = await db.EachAsync(scan.Barcodes, programme, device => there.Add(device.Id), cancel);
            await db.Database.ExecuteSqlAsync($"""
                insert into stock_count_lines (stock_count_id, device_id, scanned_at)
                select {id}, device, {clock.GetUtcNow()} from unnest({there.ToArray()}) device on conflict do nothing
                """, cancel);
            return ScanReport.Of(results);
        }, cancel);

    /// <summary>Compares what was scanned with the books as they now are.</summary>
    public static Task<StockCountView> Close(Guid id, InventoryDb db, TimeProvider clock, CancellationToken cancel) => db.InTransactionAsync(async () =>
    {
        var count = await db.LockCountAsync(id, cancel);
        count.Close(clock.GetUtcNow());
        await db.SaveChangesAsync(cancel);
        await db.Database.ExecuteSqlAsync($"""
            with books as (
                select id, state, location_id, location_id = {count.LocationId} and state not in ('InTransit', 'Lost', 'Recycled') as here from devices
                where location_id = {count.LocationId} or id in (select device_id from stock_count_lines where stock_count_id = {id}))
            insert into stock_count_lines as line (stock_count_id, device_id, finding, book_state, book_location_id)
            select {id}, books.id, case when books.here then 'Missing' else 'Unexpected' end, books.state, books.location_id
            from books left join stock_count_lines scanned on scanned.stock_count_id = {id} and scanned.device_id = books.id
            where books.here or scanned.device_id is not null
            on conflict (stock_count_id, device_id) do update
                set finding = case when excluded.finding = 'Missing' then 'Matched' else 'Unexpected' end,
                    book_state = excluded.book_state, book_location_id = excluded.book_location_id
            """, cancel);
        return await db.CountViewAsync(id, cancel);
    }, cancel);

    internal static async Task<StockCount> LockCountAsync(this InventoryDb db, Guid id, CancellationToken cancel) =>
        await db.Set<StockCount>().FromSql($"select * from stock_counts where id = {id} for update").SingleOrDefaultAsync(cancel) ?? throw ReadCounts.Unknown();
}
