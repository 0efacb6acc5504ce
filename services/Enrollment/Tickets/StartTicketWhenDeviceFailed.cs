using BetterConnections.Contracts;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Enrollment.Tickets;

/// <summary>Inventory has taken the fault up. A failure without a ticket opens none: Inventory works on it already.</summary>
public sealed class StartTicketWhenDeviceFailed(EnrollmentDb db) : IConsumer<DeviceFailed>
{
    public async Task Consume(ConsumeContext<DeviceFailed> context)
    {
        var failed = context.Message;
        var ticket = await db.Tickets.SingleOrDefaultAsync(t => t.Barcode == failed.Barcode && (t.State == TicketState.Open || t.State == TicketState.Reopened)
            && (t.Id == failed.TicketId || t.StateSince <= failed.At), context.CancellationToken);
        ticket?.Start(new Act(nameof(StartTicketWhenDeviceFailed), failed.At, "Inventory knows of the fault."));
    }
}
