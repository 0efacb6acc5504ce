using System.ComponentModel.DataAnnotations;
using BetterConnections.Contracts;
using BetterConnections.Messaging;
using BetterConnections.Postgres;
using BetterConnections.ServiceDefaults;

namespace BetterConnections.Inventory.Kits;

/// <param name="On">As agreed with the employer, on the programme's calendar.</param>
public sealed record DeliveryDay([Required] DateOnly? On);

public static class PlanDelivery
{
    /// <summary>Another day replaces the one before. 400 <c>day_is_over</c>; 409 <c>kit_not_to_deliver</c> unless it is reserved or on its way.</summary>
    public static Task<KitView> Handle(Guid facilityId, DeliveryDay request, InventoryDb db, ProgrammeSettings programme, TimeProvider clock, CancellationToken cancel) =>
        db.InTransactionAsync(async () =>
        {
            await db.LockKitsAsync(cancel);
            var kit = await db.Kits.FindAsync([facilityId], cancel) ?? throw new NotThere("kit_unknown", "No kit was asked for by this facility.");
            var now = clock.GetUtcNow();
            kit.PlanDelivery(request.On!.Value, programme.Day(now));
            db.Publish(new DeliveryPlanned(kit.FacilityId, kit.FacilityId, kit.DeliveryOn!.Value, now));
            await db.SaveChangesAsync(cancel);
            return KitView.From(kit);
        }, cancel);
}
