using BetterConnections.Contracts;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Enrollment.Facilities;

public sealed class ShowWaitingReasonWhenKitBackordered(EnrollmentDb db) : IConsumer<KitBackordered>
{
    public async Task Consume(ConsumeContext<KitBackordered> context)
    {
        var kit = context.Message;
        var facility = await db.Facilities.SingleAsync(f => f.Id == kit.FacilityId, context.CancellationToken);
        facility.Wait(kit.Reason, new Act(nameof(ShowWaitingReasonWhenKitBackordered), kit.At, kit.Reason));
    }
}
