using BetterConnections.Contracts;
using MassTransit;

namespace BetterConnections.Training.Facilities;

public sealed class OpenFacilityWhenFacilityOpened(TrainingDb db) : IConsumer<FacilityOpened>
{
    public async Task Consume(ConsumeContext<FacilityOpened> context)
    {
        var facility = await db.LockFacilityAsync(context.Message.FacilityId, context.CancellationToken);
        if (facility.OpenedAt is null) facility.Open(context.Message);
    }
}
