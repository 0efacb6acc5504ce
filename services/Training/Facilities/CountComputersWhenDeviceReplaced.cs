using BetterConnections.Contracts;
using MassTransit;

namespace BetterConnections.Training.Facilities;

public sealed class CountComputersWhenDeviceReplaced(TrainingDb db) : IConsumer<DeviceReplaced>
{
    public Task Consume(ConsumeContext<DeviceReplaced> context)
    {
        var replaced = context.Message;
        return db.CountComputersAsync(replaced.FacilityId,
            [new(replaced.FacilityId, ComputerFactKind.Replaced, replaced.OldBarcode, replaced.At)], context.CancellationToken);
    }
}
