using BetterConnections.Contracts;
using BetterConnections.Volunteers.Facilities;
using MassTransit;

namespace BetterConnections.Volunteers.Openings;

public sealed class AskForInspectorWhenFacilityNeedsAssessed(VolunteerDb db, VolunteeringSettings settings) : IConsumer<FacilityNeedsAssessed>
{
    public async Task Consume(ConsumeContext<FacilityNeedsAssessed> context)
    {
        var (assessed, cancel) = (context.Message, context.CancellationToken);
        var facility = await db.LockFacilityAsync(assessed.FacilityId, cancel);
        facility.Describe(assessed.Code, null, null, null);
        facility.Assess(assessed.Languages, assessed.Topics, assessed.At);
        await db.CloseOpenAsync(facility, [AssignmentRole.Assessor], "The needs are assessed.", assessed.At, cancel);
        if (facility.SpaceReadyAt is not null || facility.OpenedAt is not null) return;
        await db.OpenAsync(facility, "needs-assessed", OpenNeeds.Of(AssignmentRole.Inspector, facility, settings, assessed.At),
            nameof(AskForInspectorWhenFacilityNeedsAssessed), assessed.At, cancel);
    }
}
