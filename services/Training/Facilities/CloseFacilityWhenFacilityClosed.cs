using BetterConnections.Contracts;
using BetterConnections.Training.Sessions;
using MassTransit;

namespace BetterConnections.Training.Facilities;

public sealed class CloseFacilityWhenFacilityClosed(TrainingDb db, TimeProvider clock) : IConsumer<FacilityClosed>
{
    public async Task Consume(ConsumeContext<FacilityClosed> context)
    {
        var (closed, cancel) = (context.Message, context.CancellationToken);
        var facility = await db.LockFacilityAsync(closed.FacilityId, cancel);
        facility.Close(closed.At);
        await db.CancelFutureSessionsAsync(facility.Id, $"Facility closed: {closed.Reason}", clock.GetUtcNow(), cancel);
    }
}
