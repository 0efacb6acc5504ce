using BetterConnections.Contracts;
using MassTransit;

namespace BetterConnections.Training.Facilities;

public sealed class CountComputersWhenKitDelivered(TrainingDb db) : IConsumer<KitDelivered>
{
    public Task Consume(ConsumeContext<KitDelivered> context)
    {
        var kit = context.Message;
        return db.CountComputersAsync(kit.FacilityId,
            [new(kit.FacilityId, ComputerFactKind.Delivered, "", kit.At, kit.Computers, kit.Computers)], context.CancellationToken);
    }
}
