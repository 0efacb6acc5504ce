using BetterConnections.Contracts;
using BetterConnections.Inventory.Devices;
using MassTransit;

namespace BetterConnections.Inventory.Kits;

public sealed class CallBackDevicesWhenFacilityClosed(InventoryDb db, TimeProvider clock) : IConsumer<FacilityClosed>
{
    public Task Consume(ConsumeContext<FacilityClosed> context) => db.EndKitAsync(context.Message.FacilityId, context.Message.Reason,
        new Act(nameof(CallBackDevicesWhenFacilityClosed), clock.GetUtcNow(), context.Message.Reason), context.CancellationToken);
}
