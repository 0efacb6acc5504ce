using BetterConnections.Contracts;
using BetterConnections.Inventory.Devices;
using MassTransit;

namespace BetterConnections.Inventory.Kits;

public sealed class ServeWaitingListWhenStockArrives(InventoryDb db, TimeProvider clock) : IConsumer<StockArrived>
{
    public Task Consume(ConsumeContext<StockArrived> context) =>
        db.ServeWaitingListAsync(new Act(nameof(ServeWaitingListWhenStockArrives), clock.GetUtcNow()), context.CancellationToken);
}
