using BetterConnections.Contracts;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Enrollment.Facilities;

public sealed class MarkKitInTransitWhenKitDispatched(EnrollmentDb db) : IConsumer<KitDispatched>
{
    public async Task Consume(ConsumeContext<KitDispatched> context)
    {
        var kit = context.Message;
        var facility = await db.Facilities.SingleAsync(f => f.Id == kit.FacilityId, context.CancellationToken);
        facility.FollowKit(FacilityState.KitInTransit, kit.KitId, new Act(nameof(MarkKitInTransitWhenKitDispatched), kit.At));
    }
}
