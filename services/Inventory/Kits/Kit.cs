using BetterConnections.Contracts;
using BetterConnections.Inventory.Devices;
using BetterConnections.ServiceDefaults;

namespace BetterConnections.Inventory.Kits;

/// <summary>
/// <c>Waiting → Reserved → InTransit → Delivered</c>. It ends <c>Cancelled</c> (nothing had been set aside), <c>Released</c>
/// (devices went back to stock) or <c>CalledBack</c> (devices are on the way or on site and have to be fetched).
/// </summary>
public enum KitStatus { Waiting, Reserved, InTransit, Delivered, Released, CalledBack, Cancelled }

/// <summary>One facility's claim to its computers and modem. The devices point here (<c>devices.kit_id</c>).</summary>
public sealed class Kit
{
    private Kit() { }

    /// <summary>Also the kit's own id: a facility has one kit.</summary>
    public Guid FacilityId { get; private set; }
    /// <summary>The facility's code; its id as long as only its withdrawal is known.</summary>
    public string Code { get; private set; } = null!;
    public string? Zone { get; private set; }
    /// <summary>Higher goes first.</summary>
    public int Priority { get; private set; }
    /// <summary>When the space passed inspection; the place in line within one priority.</summary>
    public DateTimeOffset ReadyAt { get; private set; }
    public int Computers { get; private set; }
    public int Modems { get; private set; }
    public KitStatus Status { get; private set; }
    public DateTimeOffset StatusSince { get; private set; }
    /// <summary>Why it waits (<see cref="WaitReasons"/>), or why the facility ended.</summary>
    public string? Reason { get; private set; }
    public int MissingComputers { get; private set; }
    public int MissingModems { get; private set; }
    /// <summary>Who last moved it in the line and why.</summary>
    public string? PriorityNote { get; private set; }

    /// <summary>The day of delivery agreed with the employer.</summary>
    public DateOnly? DeliveryOn { get; private set; }

    public KitParts Wants => new(Computers, Modems);
    public bool IsLive => Status is KitStatus.Reserved or KitStatus.InTransit or KitStatus.Delivered;
    public bool HasEnded => Status is KitStatus.Released or KitStatus.CalledBack or KitStatus.Cancelled;

    public static Kit For(FacilitySpaceReady ready)
    {
        var kit = new Kit { FacilityId = ready.FacilityId, Status = KitStatus.Waiting, StatusSince = ready.At };
        kit.Describe(ready);
        return kit;
    }

    /// <summary>A withdrawal that overtook the news that the space is ready: it stands, whatever comes later.</summary>
    public static Kit EndedBeforeReady(Guid facilityId, string reason, DateTimeOffset at) =>
        new() { FacilityId = facilityId, Code = facilityId.ToString(), Status = KitStatus.Cancelled, StatusSince = at, ReadyAt = at, Reason = reason };

    public void Describe(FacilitySpaceReady ready) =>
        (Code, Zone, Priority, ReadyAt, Computers, Modems) = (ready.Code, ready.Zone, ready.Priority, ready.At, ready.Computers, ready.Modems);

    public void Prioritise(int priority, Act act)
    {
        if (Status != KitStatus.Waiting) throw new RuleBroken("kit_not_waiting", $"The kit of {Code} is {Status}; it is no longer in line.").With("status", Status);
        PriorityNote = $"{Priority} → {priority} by {act.By} at {act.At:u}: {act.Why}";
        Priority = priority;
    }

    /// <summary>Stock does not do. False when that was already known just so: who listens is told once.</summary>
    public bool Backorder(KitParts missing, string reason)
    {
        if ((Reason, MissingComputers, MissingModems) == (reason, missing.Computers, missing.Modems)) return false;
        (Reason, MissingComputers, MissingModems) = (reason, missing.Computers, missing.Modems);
        return true;
    }

    public void NothingMissing() => (Reason, MissingComputers, MissingModems) = (null, 0, 0);

    public void Reserve(DateTimeOffset at)
    {
        Demand(Status == KitStatus.Waiting, KitStatus.Reserved);
        Enter(KitStatus.Reserved, at);
        NothingMissing();
    }

    public void PlanDelivery(DateOnly on, DateOnly today)
    {
        if (Status is not (KitStatus.Reserved or KitStatus.InTransit))
            throw new RuleBroken("kit_not_to_deliver", $"The kit of {Code} is {Status}; there is nothing to deliver.").With("status", Status);
        if (on < today) throw new BadInput("day_is_over", $"{on:yyyy-MM-dd} is over.");
        DeliveryOn = on;
    }

    /// <summary>The first shipment takes it on its way; later ones bring what was missing or is replaced.</summary>
    public void Dispatch(DateTimeOffset at)
    {
        Demand(IsLive, KitStatus.InTransit);
        if (Status == KitStatus.Reserved) Enter(KitStatus.InTransit, at);
    }

    public void Deliver(DateTimeOffset at)
    {
        Demand(Status == KitStatus.InTransit, KitStatus.Delivered);
        Enter(KitStatus.Delivered, at);
    }

    /// <summary>The facility withdrew or closed.</summary>
    public void End(string reason, DateTimeOffset at)
    {
        Demand(!HasEnded, KitStatus.Cancelled);
        Enter(Status switch { KitStatus.Waiting => KitStatus.Cancelled, KitStatus.Reserved => KitStatus.Released, _ => KitStatus.CalledBack }, at);
        NothingMissing();
        DeliveryOn = null;
        Reason = reason;
    }

    private void Demand(bool allowed, KitStatus to)
    {
        if (!allowed) throw new RuleBroken("kit_status_forbids", $"The kit of {Code} is {Status}; it cannot become {to}.").With("status", Status);
    }

    private void Enter(KitStatus to, DateTimeOffset at) => (Status, StatusSince) = (to, at);
}

/// <summary>Why a facility waits for devices.</summary>
public static class WaitReasons
{
    /// <summary>It is next, and stock does not make its whole kit.</summary>
    public const string StockShort = "stock_short";
    /// <summary>Others come first, and they take what there is.</summary>
    public const string BehindInLine = "behind_in_line";
    /// <summary>It has its kit, and stock has nothing to replace what got lost or broke.</summary>
    public const string ReplacementShort = "replacement_short";
}
