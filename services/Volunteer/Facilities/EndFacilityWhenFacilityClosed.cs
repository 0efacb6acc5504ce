using BetterConnections.Contracts;
using MassTransit;

namespace BetterConnections.Volunteers.Facilities;

public sealed class EndFacilityWhenFacilityClosed(VolunteerDb db) : IConsumer<FacilityClosed>
{
    public Task Consume(ConsumeContext<FacilityClosed> context) =>
        db.EndFacilityAsync(context.Message.FacilityId, nameof(EndFacilityWhenFacilityClosed), context.Message.Reason, context.Message.At, context.CancellationToken);
}
