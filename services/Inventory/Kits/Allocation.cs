using BetterConnections.Contracts;
using BetterConnections.Inventory.Devices;
using BetterConnections.Messaging;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Inventory.Kits;

/// <summary>A device in stock was set aside to take another's place.</summary>
internal sealed record Exchange(string OldBarcode, string NewBarcode);

/// <summary>
/// Who gets what is in stock: first the replacements for facilities that have their kit, then the waiting line, strictly
/// in order and each kit whole. Whoever is next holds up those behind, or a large kit would be overtaken for ever.
/// </summary>
internal static class Allocation
{
    private const long KitsLock = 0x4243_4b49_5453; // "BCKITS"

    private static readonly string[] Computers = [.. Enum.GetValues<DeviceKind>().Where(k => k.IsComputer()).Select(k => k.ToString())];
    private static readonly string[] Modems = [nameof(DeviceKind.Modem)];

    /// <summary>
    /// One at a time changes kits, until its transaction ends. Take it before any device is locked: who holds devices and
    /// then waits here could wait for someone who waits for the devices.
    /// </summary>
    public static Task LockKitsAsync(this InventoryDb db, CancellationToken cancel) =>
        db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock({KitsLock})", cancel);

    public static IQueryable<Kit> InOrder(this IQueryable<Kit> kits) =>
        kits.OrderByDescending(k => k.Priority).ThenBy(k => k.ReadyAt).ThenBy(k => k.Code);

    /// <summary>
    /// Serves who can be served and tells the others why not. Saves what the caller has changed, so that it counts; the caller saves
    /// the rest and commits. Returns which device is to replace which.
    /// </summary>
    public static async Task<IReadOnlyList<Exchange>> ServeWaitingListAsync(this InventoryDb db, Act act, CancellationToken cancel)
    {
        await db.LockKitsAsync(cancel);
        await db.SaveChangesAsync(cancel);
        var left = await db.DevicesMissedAsync(cancel);
        var line = await db.Kits.Where(k => k.Status == KitStatus.Waiting).InOrder().ToListAsync(cancel);
        if (left.Count + line.Count == 0) return [];

        var free = await db.FreeStockAsync(cancel);
        var rest = free.Without(left.Aggregate(default(KitParts), (sum, l) => sum + PartOf(l.Device)));
        var next = 0;
        while (next < line.Count && rest.Covers(line[next].Wants)) rest -= line[next++].Wants;

        var wanted = free - rest;
        var shelf = new Shelf(await db.TakeAsync(Computers, wanted.Computers, cancel), await db.TakeAsync(Modems, wanted.Modems, cancel));
        // Someone with a scanner holds some of them just now: serve as far as it goes, and come again for the rest.
        var again = !shelf.Has(wanted);
        if (again) db.Publish(new StockArrived(wanted.Computers + wanted.Modems, act.At));

        var (replaced, unfilled) = db.Replace(left, shelf, act);
        foreach (var kit in line.Take(next).TakeWhile(kit => shelf.Has(kit.Wants))) db.Reserve(kit, shelf, act);
        if (again) return replaced;

        foreach (var kit in left.Select(l => l.Kit).Distinct())
            db.Backorder(kit, unfilled.GetValueOrDefault(kit), WaitReasons.ReplacementShort, act);
        foreach (var kit in line.Skip(next))
        {
            db.Backorder(kit, kit.Wants.Without(rest), kit == line[next] ? WaitReasons.StockShort : WaitReasons.BehindInLine, act);
            rest = rest.Without(kit.Wants);
        }
        return replaced;
    }

    /// <summary>Devices that left a kit which is still owed another in their place, longest missed first.</summary>
    private static async Task<IReadOnlyList<(Device Device, Kit Kit)>> DevicesMissedAsync(this InventoryDb db, CancellationToken cancel)
    {
        var devices = await db.Devices.FromSql($"select *, xmin from devices where left_kit_id is not null order by number for update").ToListAsync(cancel);
        var ids = devices.Select(d => d.LeftKitId!.Value).Distinct().ToList();
        var kits = await db.Kits.Where(k => ids.Contains(k.FacilityId)).ToDictionaryAsync(k => k.FacilityId, cancel);
        foreach (var device in devices.Where(d => !kits[d.LeftKitId!.Value].IsLive)) device.NoLongerMissed();
        return [.. devices.Where(d => d.LeftKitId is not null).OrderBy(d => d.StateSince).ThenBy(d => d.Number).Select(d => (d, kits[d.LeftKitId!.Value]))];
    }

    private static async Task<KitParts> FreeStockAsync(this InventoryDb db, CancellationToken cancel)
    {
        var counts = await db.Devices.Where(d => d.State == DeviceState.InStock).GroupBy(d => d.Kind)
            .Select(g => new { Kind = g.Key, Count = g.Count() }).ToListAsync(cancel);
        return new(counts.Where(c => c.Kind.IsComputer()).Sum(c => c.Count), counts.Where(c => c.Kind == DeviceKind.Modem).Sum(c => c.Count));
    }

    private static Task<List<Device>> TakeAsync(this InventoryDb db, string[] kinds, int count, CancellationToken cancel) => db.Devices.FromSql($"""
        select *, xmin from devices where state = 'InStock' and kind = any({kinds})
        order by state_since, number limit {count} for update skip locked
        """).ToListAsync(cancel);

    private static (IReadOnlyList<Exchange> Replaced, Dictionary<Kit, KitParts> Unfilled) Replace(this InventoryDb db,
        IReadOnlyList<(Device Device, Kit Kit)> left, Shelf shelf, Act act)
    {
        var replaced = new List<Exchange>();
        var unfilled = new Dictionary<Kit, KitParts>();
        foreach (var (old, kit) in left)
        {
            var part = PartOf(old);
            if (!shelf.Has(part))
            {
                unfilled[kit] = unfilled.GetValueOrDefault(kit) + part;
                continue;
            }
            var device = shelf.Take(part).Single();
            old.NoLongerMissed();
            // One that never arrived hands on whose place it was to take; one mended and put back into stock may go there again itself.
            var place = old.TakeOver() ?? old.Barcode;
            device.SetAsideFor(kit.FacilityId, act with { Why = $"replaces {old.Barcode} in {kit.Code}" }, device.Barcode == place ? null : place);
            if (device != old) replaced.Add(new(old.Barcode, device.Barcode));
        }
        return (replaced, unfilled);
    }

    private static void Reserve(this InventoryDb db, Kit kit, Shelf shelf, Act act)
    {
        foreach (var device in shelf.Take(kit.Wants)) device.SetAsideFor(kit.FacilityId, act with { Why = $"kit of {kit.Code}" });
        kit.Reserve(act.At);
        db.Publish(new KitReserved(kit.FacilityId, kit.FacilityId, kit.Computers, kit.Modems, act.At));
    }

    private static void Backorder(this InventoryDb db, Kit kit, KitParts missing, string reason, Act act)
    {
        if (missing.None && kit.IsLive) kit.NothingMissing();
        else if (kit.Backorder(missing, reason))
            db.Publish(new KitBackordered(kit.FacilityId, missing.Computers, missing.Modems, reason, act.At));
    }

    private static KitParts PartOf(Device device) => device.Kind.IsComputer() ? new(1, 0) : new(0, 1);

    /// <summary>The devices locked for this round, longest in stock first.</summary>
    private sealed class Shelf(IEnumerable<Device> computers, IEnumerable<Device> modems)
    {
        private readonly Queue<Device> _computers = new(computers);
        private readonly Queue<Device> _modems = new(modems);

        public bool Has(KitParts parts) => new KitParts(_computers.Count, _modems.Count).Covers(parts);

        public IReadOnlyList<Device> Take(KitParts parts) =>
            [.. Enumerable.Range(0, parts.Computers).Select(_ => _computers.Dequeue()), .. Enumerable.Range(0, parts.Modems).Select(_ => _modems.Dequeue())];
    }
}
