using BetterConnections.Contracts;
using BetterConnections.Inventory.Devices;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Inventory.Faults;

public sealed class FailDeviceWhenTicketOpened(InventoryDb db, ProgrammeSettings programme, TimeProvider clock) : IConsumer<TicketOpened>
{
    public async Task Consume(ConsumeContext<TicketOpened> context)
    {
        var (ticket, cancel) = (context.Message, context.CancellationToken);
        if (ticket.Concerns != "device" || await db.Faults.AnyAsync(f => f.TicketId == ticket.TicketId && f.TicketOpenedAt == ticket.At, cancel)) return;

        // As typed on site, perhaps without dashes; what is no barcode is written down as it came.
        var barcode = Barcode.TryParse(ticket.Barcode, programme.BarcodePrefix, out var read, out _) ? read.ToString() : ticket.Barcode;
        await db.ReportFaultAsync(barcode, ticket.FacilityId, ticket,
            new Act(nameof(FailDeviceWhenTicketOpened), clock.GetUtcNow(), $"ticket {ticket.TicketId}"), cancel);
    }
}
