using BetterConnections.Contracts;
using MassTransit;

namespace BetterConnections.Volunteers.Facilities;

public sealed class EndFacilityWhenFacilityWithdrawn(VolunteerDb db) : IConsumer<FacilityWithdrawn>
{
    public Task Consume(ConsumeContext<FacilityWithdrawn> context) =>
        db.EndFacilityAsync(context.Message.FacilityId, nameof(EndFacilityWhenFacilityWithdrawn), context.Message.Reason, context.Message.At, context.CancellationToken);
}
