using System.Linq.Expressions;
using BetterConnections.Inventory.Devices;

namespace BetterConnections.Inventory.Shipments;

/// <param name="Loaded">Devices on it, whatever became of them; the three that follow are parts of it.</param>
public sealed record ShipmentView(Guid Id, Guid FacilityId, ShipmentStatus Status, DateTimeOffset CreatedAt, string? Carrier, string? Vehicle, string? Receiver,
    DateTimeOffset? DispatchedAt, DateTimeOffset? ClosedAt, int Loaded, int Received, int Damaged, int Missing)
{
    public static readonly Expression<Func<Shipment, ShipmentView>> Of = s => new ShipmentView(s.Id, s.FacilityId, s.Status, s.CreatedAt, s.Carrier, s.Vehicle,
        s.Receiver, s.DispatchedAt, s.ClosedAt, s.Items.Count, s.Items.Count(i => i.Outcome == ItemOutcome.Received),
        s.Items.Count(i => i.Outcome == ItemOutcome.Damaged), s.Items.Count(i => i.Outcome == ItemOutcome.Missing));

    private static readonly Func<Shipment, ShipmentView> Compiled = Of.Compile();

    public static ShipmentView From(Shipment shipment) => Compiled(shipment);
}

public sealed record ShipmentItemView(string Barcode, DeviceKind Kind, ItemOutcome? Outcome, DateTimeOffset? OutcomeAt, string? Note);

public sealed record ShipmentWithItems(ShipmentView Shipment, IReadOnlyList<ShipmentItemView> Items);
