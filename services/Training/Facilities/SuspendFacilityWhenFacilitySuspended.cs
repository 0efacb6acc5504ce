using BetterConnections.Contracts;
using BetterConnections.Training.Sessions;
using MassTransit;

namespace BetterConnections.Training.Facilities;

public sealed class SuspendFacilityWhenFacilitySuspended(TrainingDb db, TimeProvider clock) : IConsumer<FacilitySuspended>
{
    public async Task Consume(ConsumeContext<FacilitySuspended> context)
    {
        var (suspended, cancel) = (context.Message, context.CancellationToken);
        var facility = await db.LockFacilityAsync(suspended.FacilityId, cancel);
        facility.Suspend(suspended.At);
        // Resumed already by the time this came: what is planned now was planned for after it.
        if (facility.State == FacilityState.Suspended) await db.CancelFutureSessionsAsync(facility.Id, $"Facility suspended: {suspended.Reason}", clock.GetUtcNow(), cancel);
    }
}
