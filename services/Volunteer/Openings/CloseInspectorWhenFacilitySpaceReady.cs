using BetterConnections.Contracts;
using BetterConnections.Volunteers.Facilities;
using MassTransit;

namespace BetterConnections.Volunteers.Openings;

public sealed class CloseInspectorWhenFacilitySpaceReady(VolunteerDb db) : IConsumer<FacilitySpaceReady>
{
    public async Task Consume(ConsumeContext<FacilitySpaceReady> context)
    {
        var (ready, cancel) = (context.Message, context.CancellationToken);
        var facility = await db.LockFacilityAsync(ready.FacilityId, cancel);
        facility.Describe(ready.Code, ready.Zone, null, null);
        facility.SpaceReady(ready.At);
        await db.CloseOpenAsync(facility, [AssignmentRole.Assessor, AssignmentRole.Inspector], "The space is ready.", ready.At, cancel);
    }
}
