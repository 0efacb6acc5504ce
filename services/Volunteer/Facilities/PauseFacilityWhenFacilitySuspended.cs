using BetterConnections.Contracts;
using MassTransit;

namespace BetterConnections.Volunteers.Facilities;

public sealed class PauseFacilityWhenFacilitySuspended(VolunteerDb db) : IConsumer<FacilitySuspended>
{
    public async Task Consume(ConsumeContext<FacilitySuspended> context) =>
        (await db.LockFacilityAsync(context.Message.FacilityId, context.CancellationToken)).Suspend(context.Message.At);
}
