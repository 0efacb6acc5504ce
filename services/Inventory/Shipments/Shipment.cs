using BetterConnections.Inventory.Devices;
using BetterConnections.ServiceDefaults;

namespace BetterConnections.Inventory.Shipments;

public enum ShipmentStatus { Loading, Dispatched, Closed, Cancelled }

/// <summary>What became of a loaded device; null while it is on its way.</summary>
public enum ItemOutcome { Received, Damaged, Missing }

/// <summary>One journey of devices of a kit to its facility; a kit may need several. Changed only under the kits' lock.</summary>
public sealed class Shipment
{
    private readonly List<ShipmentItem> _items = [];

    public Guid Id { get; init; }
    public Guid FacilityId { get; init; }
    public ShipmentStatus Status { get; private set; }
    public required string CreatedBy { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
    /// <summary>The carrier's company, and its reference for vehicle or tour; no driver's name.</summary>
    public string? Carrier { get; private set; }
    public string? Vehicle { get; private set; }
    /// <summary>Account of the volunteer or employer's contact who may sign for it beside the logistics staff.</summary>
    public string? Receiver { get; private set; }
    public DateTimeOffset? DispatchedAt { get; private set; }
    public DateTimeOffset? ClosedAt { get; private set; }

    public IReadOnlyList<ShipmentItem> Items => _items;

    public ShipmentItem? Find(Device device) => _items.Find(i => i.DeviceId == device.Id);

    public void Load(Device device, DateTimeOffset at)
    {
        if (device.KitId != FacilityId || device.State != DeviceState.Reserved)
            throw new RuleBroken("not_in_this_kit", $"{device.Barcode} is not set aside for this facility. Leave it here.");
        if (Find(device) is not null) throw new RuleBroken("already_loaded", $"{device.Barcode} is loaded already.");
        _items.Add(new ShipmentItem { ShipmentId = Id, DeviceId = device.Id, LoadedAt = at });
    }

    public void Unload(Device device) =>
        _items.Remove(Find(device) ?? throw new RuleBroken("not_in_shipment", $"{device.Barcode} is not loaded on this shipment."));

    public void Dispatch(string carrier, string? vehicle, string? receiver, DateTimeOffset at)
    {
        DemandLoading();
        if (_items.Count == 0) throw new RuleBroken("nothing_loaded", "Scan what is loaded before the shipment leaves.");
        (Status, Carrier, Vehicle, Receiver, DispatchedAt) = (ShipmentStatus.Dispatched, carrier, vehicle, receiver, at);
    }

    public void DemandLoading()
    {
        if (Status != ShipmentStatus.Loading) throw new RuleBroken("shipment_not_loading", $"This shipment is {Status}.").With("status", Status);
    }

    public void DemandOnItsWay()
    {
        if (Status != ShipmentStatus.Dispatched)
            throw new RuleBroken("shipment_not_dispatched", $"This shipment is {Status}; nothing can be received from it.").With("status", Status);
    }

    public void Close(DateTimeOffset at)
    {
        DemandOnItsWay();
        (Status, ClosedAt) = (ShipmentStatus.Closed, at);
    }

    /// <summary>The facility ended before it left; the devices are free for others.</summary>
    public void Cancel(DateTimeOffset at)
    {
        DemandLoading();
        _items.Clear();
        (Status, ClosedAt) = (ShipmentStatus.Cancelled, at);
    }
}

public sealed class ShipmentItem
{
    public Guid ShipmentId { get; init; }
    public Guid DeviceId { get; init; }
    public DateTimeOffset LoadedAt { get; init; }
    public ItemOutcome? Outcome { get; private set; }
    public DateTimeOffset? OutcomeAt { get; private set; }
    public string? OutcomeBy { get; private set; }
    public string? Note { get; private set; }

    public void Becomes(ItemOutcome outcome, Act act) => (Outcome, OutcomeAt, OutcomeBy, Note) = (outcome, act.At, act.By, act.Why);
}
