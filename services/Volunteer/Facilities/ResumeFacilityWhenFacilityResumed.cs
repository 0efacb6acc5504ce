using BetterConnections.Contracts;
using MassTransit;

namespace BetterConnections.Volunteers.Facilities;

public sealed class ResumeFacilityWhenFacilityResumed(VolunteerDb db) : IConsumer<FacilityResumed>
{
    public async Task Consume(ConsumeContext<FacilityResumed> context) =>
        (await db.LockFacilityAsync(context.Message.FacilityId, context.CancellationToken)).Resume(context.Message.At);
}
