using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using BetterConnections.Inventory.Devices;
using BetterConnections.Postgres;
using BetterConnections.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Inventory.Refurbishment;

/// <param name="Item">One of <c>GET /api/inventory/work-orders/checks</c>.</param>
/// <param name="Fault">What is wrong with the device.</param>
public sealed record Check([Required, StringLength(50)] string Item, [Required] CheckOutcome? Outcome, [StringLength(200)] string? Fault = null);

public sealed record PartUsed([Required, StringLength(100)] string Part, [Range(1, 100)] int Quantity);

public sealed record DeviceResult([Required] string Barcode, [Required] IReadOnlyList<Check> Checks, IReadOnlyList<PartUsed>? Parts = null);

public sealed record WorkOrderResults([Required] IReadOnlyList<DeviceResult> Results);

public static class RecordResults
{
    /// <summary>What the club found, device by device: all checks passed makes it Refurbished, a failed one Faulty.</summary>
    public static Task<ScanReport> Handle(Guid id, WorkOrderResults request, InventoryDb db, ProgrammeSettings programme, ClaimsPrincipal user, TimeProvider clock,
        CancellationToken cancel) => db.InTransactionAsync(async () =>
    {
        var order = await db.LockOrderAsync(id, user, cancel);
        order.RequireHandedOver();
        var items = await db.WorkOrderItems.Where(i => i.WorkOrderId == id).ToDictionaryAsync(i => i.DeviceId, cancel);
        var byNumber = request.Results.Where(r => Barcode.TryParse(r.Barcode, programme.BarcodePrefix, out _, out _)).ToLookup(r => NumberOf(r, programme));
        var act = new Act(user.Subject(), clock.GetUtcNow(), order.Code);
        var results = await db.EachAsync([.. request.Results.Select(r => r.Barcode)], programme, device =>
        {
            var result = byNumber[device.Number].First();
            if (!items.TryGetValue(device.Id, out var item)) throw new RuleBroken("not_on_order", $"{device.Barcode} is not on this order.");
            RequireWhole(result.Checks, programme.RefurbishmentChecks);
            item.Finish(device, result.Checks, result.Parts ?? [], act);
        }, cancel);
        await db.SaveChangesAsync(cancel);
        return ScanReport.Of(results);
    }, cancel);

    private static long NumberOf(DeviceResult result, ProgrammeSettings programme) =>
        Barcode.TryParse(result.Barcode, programme.BarcodePrefix, out var barcode, out _) ? barcode.Number : 0;

    /// <summary>Every item of the checklist once, so that what was not looked at is not taken for good.</summary>
    private static void RequireWhole(IReadOnlyList<Check> checks, IReadOnlyList<string> checklist)
    {
        var given = checks.Select(c => c.Item).ToList();
        if (given.Except(checklist).FirstOrDefault() is { } unknown) throw new BadInput("check_unknown", $"'{unknown}' is not on the checklist.");
        if (checklist.Except(given).ToList() is { Count: > 0 } missing) throw new BadInput("check_missing", $"Not checked: {string.Join(", ", missing)}.");
        if (given.Count != checklist.Count) throw new BadInput("check_twice", "An item is there twice.");
    }
}
