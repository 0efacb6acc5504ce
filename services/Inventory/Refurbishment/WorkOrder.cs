using BetterConnections.Inventory.Devices;
using BetterConnections.ServiceDefaults;

namespace BetterConnections.Inventory.Refurbishment;

public enum WorkOrderStatus { Open, HandedOver, Closed }

public enum ItemOutcome { Passed, Failed, NotDone }

public enum CheckOutcome { Passed, Failed, NotApplicable }

/// <summary>Wiped devices that a club refurbishes: filled by scan, handed over, checked device by device, closed.</summary>
public sealed class WorkOrder
{
    private WorkOrder() { }

    public Guid Id { get; private set; }
    public long Number { get; private set; }
    public string Code => CodeOf(Number);
    /// <summary>The club's location.</summary>
    public Guid ClubId { get; private set; }
    public string? Note { get; private set; }
    public WorkOrderStatus Status { get; private set; }
    public string OpenedBy { get; private set; } = null!;
    public DateTimeOffset OpenedAt { get; private set; }
    public DateTimeOffset? HandedOverAt { get; private set; }
    public DateTimeOffset? ClosedAt { get; private set; }
    public uint Version { get; private set; }

    public static string CodeOf(long number) => $"WO-{number:D6}";

    public static WorkOrder Open(Guid clubId, string? note, Act act) =>
        new() { Id = Guid.CreateVersion7(act.At), ClubId = clubId, Note = note, OpenedBy = act.By, OpenedAt = act.At };

    public void RequireOpen()
    {
        if (Status != WorkOrderStatus.Open) throw new RuleBroken("work_order_not_open", $"{Code} is {Status}: it takes no more devices.");
    }

    public void RequireHandedOver()
    {
        if (Status != WorkOrderStatus.HandedOver) throw new RuleBroken("work_order_not_handed_over", $"{Code} is {Status}: results are taken between hand-over and closing.");
    }

    public void HandOver(Act act)
    {
        RequireOpen();
        (Status, HandedOverAt) = (WorkOrderStatus.HandedOver, act.At);
    }

    public void Close(Act act)
    {
        if (Status == WorkOrderStatus.Closed) throw new RuleBroken("work_order_closed", $"{Code} is closed already.");
        (Status, ClosedAt) = (WorkOrderStatus.Closed, act.At);
    }
}

/// <summary>One device on an order. It names no pupil: a club answers for its work as a club.</summary>
public sealed class WorkOrderItem
{
    public Guid WorkOrderId { get; init; }
    public Guid DeviceId { get; init; }
    /// <summary>Null while the club has it in work; a device is in work on one order at a time.</summary>
    public ItemOutcome? Outcome { get; private set; }
    public List<Check> Checks { get; private set; } = [];
    public List<PartUsed> Parts { get; private set; } = [];
    public DateTimeOffset? DoneAt { get; private set; }

    /// <summary>The order ends for this device without a result.</summary>
    public void Leave(Act act) => (Outcome, DoneAt) = (ItemOutcome.NotDone, act.At);

    /// <summary>Passed when no check failed; the device follows.</summary>
    public void Finish(Device device, IReadOnlyList<Check> checks, IReadOnlyList<PartUsed> parts, Act act)
    {
        if (Outcome is not null) throw new RuleBroken("result_already_recorded", $"{device.Barcode} has its result on this order: {Outcome}.");
        var failed = checks.Where(c => c.Outcome == CheckOutcome.Failed).ToList();
        if (failed.Count == 0) device.Move(DeviceState.Refurbished, act);
        else device.Move(DeviceState.Faulty, act with { Why = $"{act.Why}: failed {string.Join(", ", failed.Select(c => c.Item))}" });
        (Outcome, DoneAt) = (failed.Count == 0 ? ItemOutcome.Passed : ItemOutcome.Failed, act.At);
        Checks.AddRange(checks);
        Parts.AddRange(parts);
    }
}
