using BetterConnections.Contracts;
using MassTransit;

namespace BetterConnections.Training.Facilities;

public sealed class CountComputersWhenDeviceFailed(TrainingDb db) : IConsumer<DeviceFailed>
{
    public async Task Consume(ConsumeContext<DeviceFailed> context)
    {
        var failed = context.Message;
        if (failed.FacilityId is { } facility)
            await db.CountComputersAsync(facility, [new(facility, ComputerFactKind.Failed, failed.Barcode, failed.At)], context.CancellationToken);
    }
}
