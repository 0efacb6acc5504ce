using BetterConnections.Contracts;
using BetterConnections.Inventory.Devices;
using MassTransit;

namespace BetterConnections.Inventory.Kits;

public sealed class ReleaseKitWhenFacilityWithdrawn(InventoryDb db, TimeProvider clock) : IConsumer<FacilityWithdrawn>
{
    public Task Consume(ConsumeContext<FacilityWithdrawn> context) => db.EndKitAsync(context.Message.FacilityId, context.Message.Reason,
        new Act(nameof(ReleaseKitWhenFacilityWithdrawn), clock.GetUtcNow(), context.Message.Reason), context.CancellationToken);
}
