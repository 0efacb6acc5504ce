using BetterConnections.Contracts;
using BetterConnections.Inventory.Devices;
using MassTransit;

namespace BetterConnections.Inventory.Kits;

public sealed class ReserveKitWhenFacilitySpaceReady(InventoryDb db, TimeProvider clock) : IConsumer<FacilitySpaceReady>
{
    public async Task Consume(ConsumeContext<FacilitySpaceReady> context)
    {
        var (ready, cancel) = (context.Message, context.CancellationToken);
        await db.LockKitsAsync(cancel);
        if (await db.Kits.FindAsync([ready.FacilityId], cancel) is { } known)
        {
            // Told again, or the withdrawal came first: then only the facts are added to it.
            if (known.Status == KitStatus.Cancelled) known.Describe(ready);
            return;
        }
        db.Kits.Add(Kit.For(ready));
        await db.ServeWaitingListAsync(new Act(nameof(ReserveKitWhenFacilitySpaceReady), clock.GetUtcNow()), cancel);
    }
}
