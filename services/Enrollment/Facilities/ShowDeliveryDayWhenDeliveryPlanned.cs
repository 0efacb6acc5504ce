using BetterConnections.Contracts;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Enrollment.Facilities;

public sealed class ShowDeliveryDayWhenDeliveryPlanned(EnrollmentDb db) : IConsumer<DeliveryPlanned>
{
    public async Task Consume(ConsumeContext<DeliveryPlanned> context)
    {
        var planned = context.Message;
        var facility = await db.Facilities.SingleAsync(f => f.Id == planned.FacilityId, context.CancellationToken);
        facility.ExpectDelivery(planned.On, new Act(nameof(ShowDeliveryDayWhenDeliveryPlanned), planned.At, $"delivery planned for {planned.On:yyyy-MM-dd}"));
    }
}
