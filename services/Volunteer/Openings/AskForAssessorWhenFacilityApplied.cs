using BetterConnections.Contracts;
using BetterConnections.Volunteers.Facilities;
using MassTransit;

namespace BetterConnections.Volunteers.Openings;

public sealed class AskForAssessorWhenFacilityApplied(VolunteerDb db, VolunteeringSettings settings) : IConsumer<FacilityApplied>
{
    public async Task Consume(ConsumeContext<FacilityApplied> context)
    {
        var (applied, cancel) = (context.Message, context.CancellationToken);
        var facility = await db.LockFacilityAsync(applied.FacilityId, cancel);
        facility.Describe(applied.Code, applied.Zone, applied.Latitude, applied.Longitude);
        if (facility.NeedsAsOf is not null) return; // assessed already; this came late
        await db.OpenAsync(facility, "applied", OpenNeeds.Of(AssignmentRole.Assessor, facility, settings, applied.At),
            nameof(AskForAssessorWhenFacilityApplied), applied.At, cancel);
    }
}
