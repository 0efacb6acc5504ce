using System.Linq.Expressions;
using BetterConnections.Inventory.Devices;
using BetterConnections.Postgres;
using BetterConnections.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Inventory.Stock;

/// <param name="Scanned">Devices scanned so far; the three that follow are there once the count is closed.</param>
public sealed record StockCountView(Guid Id, Guid LocationId, string OpenedBy, DateTimeOffset OpenedAt, DateTimeOffset? ClosedAt, DateTimeOffset? AppliedAt,
    string? AppliedBy, string? Reason, int Scanned, int Matched, int Missing, int Unexpected);

/// <param name="BookState">What the books said when the count was closed.</param>
public sealed record CountLineView(string Barcode, DeviceKind Kind, string? Serial, CountFinding? Finding, DateTimeOffset? ScannedAt, DeviceState? BookState, Guid? BookLocationId);

public static class ReadCounts
{
    public static Task<Page<StockCountView>> List([AsParameters] Paging page, Guid? locationId, InventoryDb db, CancellationToken cancel) =>
        db.Set<StockCount>().AsNoTracking().Where(c => locationId == null || c.LocationId == locationId)
            .PageAsync(c => c.Id, page, View(db), descending: true, cancel);

    public static Task<StockCountView> One(Guid id, InventoryDb db, CancellationToken cancel) => db.CountViewAsync(id, cancel);

    public static async Task<Page<CountLineView>> Lines(Guid id, [AsParameters] Paging page, CountFinding? finding, InventoryDb db, CancellationToken cancel)
    {
        if (!await db.Set<StockCount>().AnyAsync(c => c.Id == id, cancel)) throw Unknown();
        var lines = from line in db.Set<StockCountLine>()
                    join device in db.Devices on line.DeviceId equals device.Id
                    where line.StockCountId == id && (finding == null || line.Finding == finding)
                    select new { line, device };
        return await lines.PageAsync(l => l.device.Number, page, l => new CountLineView(l.device.Barcode, l.device.Kind, l.device.Serial, l.line.Finding,
            l.line.ScannedAt, l.line.BookState, l.line.BookLocationId), cancel: cancel);
    }

    internal static async Task<StockCountView> CountViewAsync(this InventoryDb db, Guid id, CancellationToken cancel) =>
        await db.Set<StockCount>().AsNoTracking().Where(c => c.Id == id).Select(View(db)).SingleOrDefaultAsync(cancel) ?? throw Unknown();

    internal static NotThere Unknown() => new("count_unknown", "There is no such stock count.");

    private static Expression<Func<StockCount, StockCountView>> View(InventoryDb db) => c => new StockCountView(c.Id, c.LocationId, c.OpenedBy, c.OpenedAt,
        c.ClosedAt, c.AppliedAt, c.AppliedBy, c.Reason,
        db.Set<StockCountLine>().Count(l => l.StockCountId == c.Id && l.ScannedAt != null),
        db.Set<StockCountLine>().Count(l => l.StockCountId == c.Id && l.Finding == CountFinding.Matched),
        db.Set<StockCountLine>().Count(l => l.StockCountId == c.Id && l.Finding == CountFinding.Missing),
        db.Set<StockCountLine>().Count(l => l.StockCountId == c.Id && l.Finding == CountFinding.Unexpected));
}
