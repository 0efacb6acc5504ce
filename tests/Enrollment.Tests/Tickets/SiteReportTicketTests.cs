using BetterConnections.Contracts;
using BetterConnections.Enrollment.Facilities;
using BetterConnections.Enrollment.Tickets;
using BetterConnections.Postgres;
using BetterConnections.Testing;

namespace BetterConnections.Enrollment.Tests.Tickets;

public class SiteReportTicketTests(EnrollmentApp enrollment)
{
    private readonly HttpClient _office = enrollment.As(Roles.ProgrammeOffice);
    private DateTimeOffset Now => enrollment.Clock.GetUtcNow();

    [Fact]
    public async Task Each_problem_of_a_site_report_opens_one_ticket_however_often_it_is_delivered()
    {
        var (facility, barcode) = (await enrollment.FacilityAsync(), TicketTests.Barcode());
        var report = Report(facility.Id, Problem("device", barcode.Replace("-", "")), Problem("connection"), Problem("room"), Problem("device"));

        await enrollment.DeliverAsync(report, times: 2);
        await enrollment.DeliverAsync(report);

        var tickets = await TicketsAsync(facility.Id);
        Assert.Equal(4, tickets.Count);
        Assert.Equal([("Device", barcode), ("Connection", null), ("Room", null), ("Device", null)],
            report.Problems.Select(p => tickets.Single(t => t.Id == p.ProblemId)).Select(t => (t.Concerns.ToString(), t.Barcode)));
        var opened = await enrollment.Broker.HeardAsync<TicketOpened>(e => e.FacilityId == facility.Id, 4);
        Assert.Equal(4, opened.Count);
        Assert.Contains(opened, o => o.Event == new TicketOpened(report.Problems[0].ProblemId, facility.Id, "device", barcode, report.At));
    }

    [Fact]
    public async Task What_waits_already_is_not_opened_again_by_another_report_or_the_same_one()
    {
        var (facility, barcode) = (await enrollment.FacilityAsync(), TicketTests.Barcode());
        var waiting = await _office.PostAsync<TicketView>($"/api/enrollment/facilities/{facility.Id}/tickets", new { concerns = "Device", barcode, description = "Does not start" });

        await enrollment.DeliverAsync(Report(facility.Id, Problem("device", barcode), Problem("room"), Problem("room")));
        await Task.WhenAll(enrollment.DeliverAsync(Report(facility.Id, Problem("room"))), enrollment.DeliverAsync(Report(facility.Id, Problem("device", barcode))));

        Assert.Equal([(waiting.Id, TicketConcern.Device), (null, TicketConcern.Room)], (await TicketsAsync(facility.Id)).Select(t => (t.Id == waiting.Id ? t.Id : (Guid?)null, t.Concerns)));
    }

    [Fact]
    public async Task Two_reports_of_one_fault_at_once_open_one_ticket()
    {
        var (facility, barcode) = (await enrollment.FacilityAsync(), TicketTests.Barcode());

        await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => enrollment.DeliverAsync(Report(facility.Id, Problem("connection"), Problem("device", barcode)))));

        Assert.Equal(2, (await TicketsAsync(facility.Id)).Count);
    }

    [Fact]
    public async Task What_was_mended_since_it_was_seen_is_not_reported_anew_and_what_broke_again_is()
    {
        var facility = await enrollment.FacilityAsync();
        var early = Now.AddMinutes(-10);
        var mended = await _office.PostAsync<TicketView>($"/api/enrollment/facilities/{facility.Id}/tickets", new { concerns = "Room", description = "The door does not lock" });
        await _office.PostAsync<TicketView>($"/api/enrollment/tickets/{mended.Id}/resolve", new { what = "New lock" });

        await enrollment.DeliverAsync(Report(facility.Id, Problem("room")) with { At = early });
        Assert.Single(await TicketsAsync(facility.Id));
        await enrollment.DeliverAsync(Report(facility.Id, Problem("room")));
        Assert.Equal(2, (await TicketsAsync(facility.Id)).Count);
    }

    [Fact]
    public async Task A_facility_that_has_ended_gets_no_tickets()
    {
        var closed = await enrollment.FacilityInAsync(FacilityState.Closed);
        await enrollment.DeliverAsync(Report(closed, Problem("room")));
        Assert.Empty(await TicketsAsync(closed));
    }

    private SiteReported Report(Guid facility, params ReportedProblem[] problems) => new(Guid.NewGuid(), facility, Guid.NewGuid(), 8, 10, true, 12, problems, Now);
    private static ReportedProblem Problem(string concerns, string? barcode = null) => new(Guid.NewGuid(), concerns, barcode);

    private async Task<IReadOnlyList<TicketView>> TicketsAsync(Guid facility) =>
        (await _office.GetAsync<Page<TicketView>>($"/api/enrollment/tickets?facilityId={facility}&sort=number")).Items;
}
