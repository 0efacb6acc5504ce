using BetterConnections.Inventory.Devices;
using BetterConnections.ServiceDefaults;

namespace BetterConnections.Inventory.Ewaste;

public enum EwasteStatus { Open, HandedOver, Recycled }

/// <summary>Retired devices that a recycler fetches together, and what it signed for.</summary>
public sealed class EwasteBatch
{
    private readonly List<EwasteItem> _items = [];

    public Guid Id { get; init; }
    /// <summary>The recycler's location, where the devices are from the hand-over on.</summary>
    public Guid RecyclerId { get; init; }
    /// <summary>The recycler's organisation; its accounts see this batch.</summary>
    public Guid OrganisationId { get; init; }
    /// <summary>The recycler destroys the storage media and certifies it, so devices may go unwiped.</summary>
    public bool DestructionAgreed { get; init; }
    public EwasteStatus Status { get; private set; }
    public required string CreatedBy { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? HandedOverAt { get; private set; }
    public decimal? WeightKg { get; private set; }
    /// <summary>The recycler's reference of its certificate of recycling.</summary>
    public string? Certificate { get; private set; }
    public string? ConfirmedBy { get; private set; }
    public DateTimeOffset? ConfirmedAt { get; private set; }

    public IReadOnlyList<EwasteItem> Items => _items;

    public void Add(Device device)
    {
        if (device.State != DeviceState.Retired) throw new RuleBroken("not_retired", $"{device.Barcode} is {device.State}; only retired devices are recycled.");
        if (_items.Any(i => i.DeviceId == device.Id)) return; // scanned again
        _items.Add(new EwasteItem { BatchId = Id, DeviceId = device.Id });
    }

    /// <summary>It was in the batch, and is not any more: lost or found elsewhere meanwhile.</summary>
    public void Drop(Device device) => _items.RemoveAll(i => i.DeviceId == device.Id);

    public void DemandOpen() => Demand(EwasteStatus.Open);

    public void HandOver(DateTimeOffset at)
    {
        DemandOpen();
        if (_items.Count == 0) throw new RuleBroken("batch_empty", "Scan the devices onto the batch first.");
        (Status, HandedOverAt) = (EwasteStatus.HandedOver, at);
    }

    public void Confirm(decimal weightKg, string certificate, Act act)
    {
        Demand(EwasteStatus.HandedOver);
        (Status, WeightKg, Certificate, ConfirmedBy, ConfirmedAt) = (EwasteStatus.Recycled, weightKg, certificate, act.By, act.At);
    }

    private void Demand(EwasteStatus status)
    {
        if (Status != status) throw new RuleBroken("batch_status_forbids", $"This batch is {Status}; it has to be {status}.").With("status", Status);
    }
}

public sealed class EwasteItem
{
    public Guid BatchId { get; init; }
    public Guid DeviceId { get; init; }
}
