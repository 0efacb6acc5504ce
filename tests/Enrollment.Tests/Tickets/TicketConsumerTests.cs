using BetterConnections.Contracts;
using BetterConnections.Enrollment.Tickets;
using BetterConnections.Testing;

namespace BetterConnections.Enrollment.Tests.Tickets;

public class TicketConsumerTests(EnrollmentApp enrollment)
{
    private readonly HttpClient _office = enrollment.As(Roles.ProgrammeOffice);

    [Fact]
    public async Task A_replaced_devices_ticket_is_resolved_once_with_the_note()
    {
        var (facility, ticket) = await TicketAsync();

        await enrollment.DeliverAsync(new DeviceReplaced(ticket.Barcode!, "BC-000777-X", facility.Id, enrollment.Clock.GetUtcNow()), times: 2);

        var after = await ReadAsync(ticket);
        Assert.Equal((TicketState.Resolved, "Replaced by BC-000777-X."), (after.State, after.Note));
    }

    [Fact]
    public async Task A_replacement_does_not_resolve_what_was_reported_after_it_or_elsewhere()
    {
        var (facility, ticket) = await TicketAsync();

        await enrollment.DeliverAsync(new DeviceReplaced(ticket.Barcode!, "BC-000777-X", facility.Id, ticket.OpenedAt.AddMinutes(-1)));
        await enrollment.DeliverAsync(new DeviceReplaced(ticket.Barcode!, "BC-000777-X", Guid.NewGuid(), ticket.OpenedAt.AddMinutes(1)));
        await enrollment.DeliverAsync(new DeviceReplaced("BC-000001-9", "BC-000777-X", facility.Id, ticket.OpenedAt.AddMinutes(1)));

        Assert.Equal(TicketState.Open, (await ReadAsync(ticket)).State);
    }

    [Fact]
    public async Task A_ticket_is_in_progress_once_Inventory_knows_of_the_fault()
    {
        var (facility, ticket) = await TicketAsync();

        await enrollment.DeliverAsync(new DeviceFailed(ticket.Barcode!, facility.Id, ticket.Id, ticket.OpenedAt), times: 2);

        Assert.Equal(TicketState.InProgress, (await ReadAsync(ticket)).State);
    }

    [Fact]
    public async Task A_failure_that_comes_after_the_replacement_changes_nothing()
    {
        var (facility, ticket) = await TicketAsync();

        await enrollment.DeliverAsync(new DeviceReplaced(ticket.Barcode!, "BC-000777-X", facility.Id, enrollment.Clock.GetUtcNow()));
        await enrollment.DeliverAsync(new DeviceFailed(ticket.Barcode!, facility.Id, ticket.Id, ticket.OpenedAt));

        Assert.Equal(TicketState.Resolved, (await ReadAsync(ticket)).State);
    }

    private async Task<(FacilityInUse, TicketView)> TicketAsync()
    {
        var facility = await enrollment.FacilityAsync();
        return (facility, await _office.PostAsync<TicketView>($"/api/enrollment/facilities/{facility.Id}/tickets",
            new { concerns = "Device", barcode = TicketTests.Barcode(), description = "Does not start" }));
    }

    private Task<TicketView> ReadAsync(TicketView ticket) => _office.GetAsync<TicketView>($"/api/enrollment/tickets/{ticket.Id}");
}
