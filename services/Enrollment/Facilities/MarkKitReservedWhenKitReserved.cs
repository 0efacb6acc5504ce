using BetterConnections.Contracts;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Enrollment.Facilities;

public sealed class MarkKitReservedWhenKitReserved(EnrollmentDb db) : IConsumer<KitReserved>
{
    public async Task Consume(ConsumeContext<KitReserved> context)
    {
        var kit = context.Message;
        var facility = await db.Facilities.SingleAsync(f => f.Id == kit.FacilityId, context.CancellationToken);
        facility.FollowKit(FacilityState.KitReserved, kit.KitId, new Act(nameof(MarkKitReservedWhenKitReserved), kit.At));
    }
}
