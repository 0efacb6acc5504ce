using BetterConnections.Contracts;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Enrollment.Tickets;

/// <summary>A fault ends with the device that had it; a ticket opened after the exchange is about something else.</summary>
public sealed class ResolveTicketWhenDeviceReplaced(EnrollmentDb db) : IConsumer<DeviceReplaced>
{
    public async Task Consume(ConsumeContext<DeviceReplaced> context)
    {
        var replaced = context.Message;
        var ticket = await db.Tickets.SingleOrDefaultAsync(t => t.Barcode == replaced.OldBarcode && t.FacilityId == replaced.FacilityId
            && t.State != TicketState.Resolved && t.OpenedAt <= replaced.At, context.CancellationToken);
        ticket?.Resolve(new Act(nameof(ResolveTicketWhenDeviceReplaced), replaced.At, $"Replaced by {replaced.NewBarcode}."));
    }
}
