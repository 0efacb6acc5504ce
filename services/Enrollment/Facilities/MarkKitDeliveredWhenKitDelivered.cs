using BetterConnections.Contracts;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Enrollment.Facilities;

public sealed class MarkKitDeliveredWhenKitDelivered(EnrollmentDb db) : IConsumer<KitDelivered>
{
    public async Task Consume(ConsumeContext<KitDelivered> context)
    {
        var kit = context.Message;
        var facility = await db.Facilities.SingleAsync(f => f.Id == kit.FacilityId, context.CancellationToken);
        facility.FollowKit(FacilityState.KitDelivered, kit.KitId, new Act(nameof(MarkKitDeliveredWhenKitDelivered), kit.At));
    }
}
