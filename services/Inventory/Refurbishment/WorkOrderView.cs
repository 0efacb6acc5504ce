using System.Linq.Expressions;

namespace BetterConnections.Inventory.Refurbishment;

/// <param name="Outstanding">Devices without a result.</param>
public sealed record WorkOrderView(Guid Id, long Number, Guid ClubId, string? Note, WorkOrderStatus Status, DateTimeOffset OpenedAt, DateTimeOffset? HandedOverAt,
    DateTimeOffset? ClosedAt, int Devices, int Outstanding, int Passed, int Failed)
{
    public string Code => WorkOrder.CodeOf(Number);

    public static Expression<Func<WorkOrder, WorkOrderView>> Of(InventoryDb db) => o => new WorkOrderView(o.Id, o.Number, o.ClubId, o.Note, o.Status, o.OpenedAt,
        o.HandedOverAt, o.ClosedAt, db.WorkOrderItems.Count(i => i.WorkOrderId == o.Id), db.WorkOrderItems.Count(i => i.WorkOrderId == o.Id && i.Outcome == null),
        db.WorkOrderItems.Count(i => i.WorkOrderId == o.Id && i.Outcome == ItemOutcome.Passed),
        db.WorkOrderItems.Count(i => i.WorkOrderId == o.Id && i.Outcome == ItemOutcome.Failed));
}

public sealed record WorkOrderItemView(string Barcode, string? Manufacturer, string? Model, ItemOutcome? Outcome, IReadOnlyList<Check> Checks,
    IReadOnlyList<PartUsed> Parts, DateTimeOffset? DoneAt);

public sealed record WorkOrderWithItems(WorkOrderView Order, IReadOnlyList<WorkOrderItemView> Items);
