namespace BetterConnections.Contracts;

// Published by Inventory. Devices are named by their barcode (BC-000123-C).

/// <summary>Devices of a donation were registered; large manifests are one event.</summary>
public sealed record DonationReceived(Guid DonationId, Guid DonorId, int Devices, DateTimeOffset At);

/// <summary>Devices entered stock. Inventory listens itself, to serve the waiting list.</summary>
public sealed record StockArrived(int Devices, DateTimeOffset At);

/// <summary>A whole kit is set aside for a facility.</summary>
public sealed record KitReserved(Guid KitId, Guid FacilityId, int Computers, int Modems, DateTimeOffset At);

/// <summary>Stock does not make a whole kit; the facility waits in line and is served by itself when stock arrives.</summary>
public sealed record KitBackordered(Guid FacilityId, int MissingComputers, int MissingModems, string Reason, DateTimeOffset At);

/// <summary>The warehouse agreed with the employer on the day of delivery, or on another one; the latest word counts.</summary>
public sealed record DeliveryPlanned(Guid KitId, Guid FacilityId, DateOnly On, DateTimeOffset At);

/// <summary>A shipment with devices of the kit was handed to the carrier.</summary>
public sealed record KitDispatched(Guid KitId, Guid FacilityId, Guid ShipmentId, DateTimeOffset At);

/// <summary>Every device of the kit was received on site by scan, replacements of missing or damaged ones included.</summary>
public sealed record KitDelivered(Guid KitId, Guid FacilityId, int Computers, int Modems, DateTimeOffset At);

/// <summary>A school club's work order is closed.</summary>
/// <param name="ClubId">The club's location in Inventory.</param>
/// <param name="Refurbished">Devices of it that passed every check.</param>
public sealed record WorkOrderClosed(Guid WorkOrderId, Guid ClubId, int Refurbished, DateTimeOffset At);

/// <param name="FacilityId">Where it stood; null when it failed elsewhere.</param>
/// <param name="TicketId">The ticket that reported it, if one did.</param>
public sealed record DeviceFailed(string Barcode, Guid? FacilityId, Guid? TicketId, DateTimeOffset At);

/// <summary>Another device arrived at the facility in the place of one that failed, was lost on the way or had grown old.</summary>
public sealed record DeviceReplaced(string OldBarcode, string NewBarcode, Guid FacilityId, DateTimeOffset At);

/// <param name="WeightKg">Weight the recycler signed for.</param>
public sealed record DevicesRecycled(Guid BatchId, int Devices, decimal WeightKg, DateTimeOffset At);
