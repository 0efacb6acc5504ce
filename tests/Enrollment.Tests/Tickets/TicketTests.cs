using System.Net;
using BetterConnections.Contracts;
using BetterConnections.Enrollment.Partners;
using BetterConnections.Enrollment.Tickets;
using BetterConnections.Postgres;
using BetterConnections.Testing;

namespace BetterConnections.Enrollment.Tests.Tickets;

public class TicketTests(EnrollmentApp enrollment)
{
    private readonly HttpClient _office = enrollment.As(Roles.ProgrammeOffice);

    [Fact]
    public async Task A_devices_ticket_goes_to_Inventory_by_its_event()
    {
        var facility = await enrollment.FacilityAsync();
        var barcode = Barcode();

        var ticket = await (await facility.AsVolunteerAsync()).PostAsync<TicketView>(Path(facility), new { concerns = "Device", barcode = $" {barcode.ToLowerInvariant().Replace("-", "")} ", description = "Does not start" });

        Assert.Equal((TicketState.Open, facility.Code, barcode, 0), (ticket.State, ticket.FacilityCode, ticket.Barcode, ticket.AgeHours));
        var opened = await enrollment.Broker.HeardAsync<TicketOpened>(e => e.TicketId == ticket.Id);
        Assert.Equal((facility.Id, "device", barcode), (opened.FacilityId, opened.Concerns, opened.Barcode));
    }

    [Fact]
    public async Task A_connections_ticket_goes_to_the_internet_partner()
    {
        var facility = await enrollment.FacilityAsync();
        await _office.PostAsync<PartnerView>("/api/enrollment/partners", new { name = $"Internet {Guid.NewGuid():n}", kind = "Connectivity" });

        var ticket = await facility.AsEmployer().PostAsync<TicketView>(Path(facility), new { concerns = "Connection", description = "No internet since Sunday" });

        var partner = await _office.GetAsync<PartnerView>($"/api/enrollment/partners/{ticket.PartnerId}");
        Assert.Equal(PartnerKind.Connectivity, partner.Kind);
        Assert.Contains((ticket.Id, facility.Code), (await TicketsAsync(_office, $"partnerId={partner.Id}&facilityId={facility.Id}")).Select(t => (t.Id, t.FacilityCode)));
    }

    [Fact]
    public async Task A_ticket_is_worked_on_resolved_and_opened_again_and_whoever_it_concerns_is_told_again()
    {
        var facility = await enrollment.FacilityAsync();
        var employer = facility.AsEmployer();
        var ticket = await employer.PostAsync<TicketView>(Path(facility), new { concerns = "Room", description = "The door does not lock" });

        Assert.Equal(TicketState.InProgress, (await employer.PostAsync<TicketView>($"/api/enrollment/tickets/{ticket.Id}/start")).State);
        var resolved = await employer.PostAsync<TicketView>($"/api/enrollment/tickets/{ticket.Id}/resolve", new { what = "New lock" });
        Assert.Equal((TicketState.Resolved, facility.Code, "New lock"), (resolved.State, resolved.FacilityCode, resolved.Note));
        var reopened = await employer.PostAsync<TicketView>($"/api/enrollment/tickets/{ticket.Id}/reopen", new { why = "Broken again" });

        Assert.Equal((TicketState.Reopened, "Broken again", 1), (reopened.State, reopened.Note, reopened.Reopenings));
        Assert.Equal(2, (await enrollment.Broker.HeardAsync<TicketOpened>(e => e.TicketId == ticket.Id, 2)).Count);
        Assert.Equal(reopened.State, (await employer.GetAsync<TicketView>($"/api/enrollment/tickets/{ticket.Id}")).State);
    }

    [Fact]
    public async Task What_the_state_forbids_is_refused()
    {
        var facility = await enrollment.FacilityAsync();
        var ticket = await OpenAsync(facility, "Room");
        var path = $"/api/enrollment/tickets/{ticket.Id}";

        await _office.PostAsync($"{path}/reopen", new { why = "not yet mended" }).RefusesAsync(HttpStatusCode.Conflict, "state_forbids");
        await _office.PostAsync<TicketView>($"{path}/start");
        await _office.PostAsync($"{path}/start", new { }).RefusesAsync(HttpStatusCode.Conflict, "state_forbids");
        await _office.PostAsync<TicketView>($"{path}/resolve", new { what = "painted" });
        await _office.PostAsync($"{path}/resolve", new { what = "painted" }).RefusesAsync(HttpStatusCode.Conflict, "state_forbids");
        await _office.PostAsync($"/api/enrollment/tickets/{Guid.NewGuid()}/start", new { }).RefusesAsync(HttpStatusCode.NotFound, "ticket_unknown");
    }

    [Fact]
    public async Task A_device_has_one_ticket_at_a_time()
    {
        var facility = await enrollment.FacilityAsync();
        var first = await OpenAsync(facility, "Device", Barcode());
        var again = new { concerns = "Device", barcode = first.Barcode, description = "Still dead" };

        await _office.PostAsync(Path(facility), again).RefusesAsync(HttpStatusCode.Conflict, "ticket_already_open");
        await _office.PostAsync<TicketView>($"/api/enrollment/tickets/{first.Id}/resolve", new { what = "New power supply" });
        await _office.PostAsync<TicketView>(Path(facility), again);
        await _office.PostAsync($"/api/enrollment/tickets/{first.Id}/reopen", new { why = "dead again" }).RefusesAsync(HttpStatusCode.Conflict, "ticket_already_open");
    }

    [Theory]
    [InlineData("""{"concerns":"Device","description":"Dead"}""", "barcode_required")]
    [InlineData("""{"concerns":"Room","description":"Dirty","barcode":"BC-000001-0"}""", "barcode_not_expected")]
    [InlineData("""{"concerns":"Device","description":"Dead","barcode":"the left one"}""", "validation_failed")]
    [InlineData("""{"concerns":"Room"}""", "validation_failed")]
    [InlineData("""{"description":"Dirty"}""", "validation_failed")]
    [InlineData("""{"concerns":"Weather","description":"Hot"}""", "request_not_readable")]
    public async Task What_cannot_be_understood_is_a_coded_400(string body, string code)
    {
        var facility = await enrollment.FacilityAsync();
        await facility.AsEmployer().PostAsync(Path(facility), new StringContent(body, System.Text.Encoding.UTF8, "application/json")).RefusesAsync(HttpStatusCode.BadRequest, code);
    }

    [Fact]
    public async Task Another_employers_tickets_and_facility_are_not_there()
    {
        var (mine, others) = (await enrollment.FacilityAsync(), await enrollment.FacilityAsync());
        var ticket = await OpenAsync(others, "Room");
        var employer = mine.AsEmployer();
        var volunteer = await mine.AsVolunteerAsync();

        foreach (var stranger in new[] { employer, volunteer })
        {
            await stranger.GetAsync($"/api/enrollment/tickets/{ticket.Id}").RefusesAsync(HttpStatusCode.NotFound, "ticket_unknown");
            await stranger.PostAsync(Path(others), new { concerns = "Room", description = "Dirty" }).RefusesAsync(HttpStatusCode.NotFound, "facility_unknown");
            await stranger.PostAsync($"/api/enrollment/tickets/{ticket.Id}/reopen", new { why = "mine is worse" }).RefusesAsync(HttpStatusCode.NotFound, "ticket_unknown");
            Assert.Empty(await TicketsAsync(stranger, $"facilityId={others.Id}"));
        }
        Assert.Single(await TicketsAsync(others.AsEmployer(), ""));
    }

    [Fact]
    public async Task Each_mends_what_is_theirs()
    {
        var facility = await enrollment.FacilityAsync();
        var device = await OpenAsync(facility, "Device", Barcode());
        var room = await OpenAsync(facility, "Room");

        await facility.AsEmployer().PostAsync($"/api/enrollment/tickets/{device.Id}/resolve", new { what = "kicked it" }).RefusesAsync(HttpStatusCode.Forbidden, "ticket_not_yours");
        await facility.AsEmployer().PostAsync($"/api/enrollment/tickets/{device.Id}/start", new { }).RefusesAsync(HttpStatusCode.Forbidden, "ticket_not_yours");
        await (await facility.AsVolunteerAsync()).PostAsync($"/api/enrollment/tickets/{room.Id}/resolve", new { what = "cleaned" }).RefusesAsync(HttpStatusCode.Forbidden, "forbidden");
        await enrollment.As(Roles.Operator).GetAsync("/api/enrollment/tickets").RefusesAsync(HttpStatusCode.Forbidden, "forbidden");
        Assert.Equal(TicketState.Resolved, (await enrollment.As(Roles.Logistics).PostAsync<TicketView>($"/api/enrollment/tickets/{device.Id}/resolve", new { what = "exchanged the disk" })).State);
    }

    [Fact]
    public async Task A_facility_without_equipment_has_no_faults()
    {
        var facility = await enrollment.FacilityAsync(open: false);
        await facility.AsEmployer().PostAsync(Path(facility), new { concerns = "Room", description = "Not painted" }).RefusesAsync(HttpStatusCode.Conflict, "facility_not_in_use");
    }

    [Fact]
    public async Task Tickets_are_listed_newest_first_by_what_they_concern_and_by_state_page_by_page()
    {
        var facility = await enrollment.FacilityAsync();
        var (room, device, connection) = (await OpenAsync(facility, "Room"), await OpenAsync(facility, "Device", Barcode()), await OpenAsync(facility, "Connection"));
        await _office.PostAsync<TicketView>($"/api/enrollment/tickets/{room.Id}/resolve", new { what = "cleaned" });
        var employer = facility.AsEmployer();

        Assert.Equal([connection.Id, device.Id, room.Id], (await TicketsAsync(employer, "")).Select(t => t.Id));
        Assert.Equal([room.Id, device.Id, connection.Id], (await TicketsAsync(employer, "sort=number")).Select(t => t.Id));
        Assert.Equal([device.Id], (await TicketsAsync(employer, "concerns=Device")).Select(t => t.Id));
        Assert.Equal([room.Id], (await TicketsAsync(employer, "state=Resolved")).Select(t => t.Id));
        Assert.Equal([connection.Id, device.Id], (await TicketsAsync(employer, "unresolved=true")).Select(t => t.Id));
        var first = await employer.GetAsync<Page<TicketView>>("/api/enrollment/tickets?limit=2");
        Assert.Equal([room.Id], (await TicketsAsync(employer, $"limit=2&after={first.Next}")).Select(t => t.Id));
    }

    private Task<TicketView> OpenAsync(FacilityInUse facility, string concerns, string? barcode = null) =>
        _office.PostAsync<TicketView>(Path(facility), new { concerns, barcode, description = "Something is broken" });

    private static async Task<IReadOnlyList<TicketView>> TicketsAsync(HttpClient client, string query) =>
        (await client.GetAsync<Page<TicketView>>($"/api/enrollment/tickets?{query}")).Items;

    private static string Path(FacilityInUse facility) => $"/api/enrollment/facilities/{facility.Id}/tickets";

    internal static string Barcode() => $"BC-{Random.Shared.Next(1_000_000, int.MaxValue)}-0";
}
