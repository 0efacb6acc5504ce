using BetterConnections.Contracts;
using BetterConnections.Enrollment.Tickets;
using BetterConnections.Testing;

namespace BetterConnections.Enrollment.Tests.Tickets;

/// <summary>Moves the clock, so it has a service of its own.</summary>
public class TicketAgeTests(FreshEnrollmentApp enrollment) : IClassFixture<FreshEnrollmentApp>
{
    [Fact]
    public async Task The_summary_counts_waiting_tickets_by_age_and_a_resolved_one_ages_no_more()
    {
        var facility = await enrollment.FacilityAsync();
        var path = $"/api/enrollment/facilities/{facility.Id}/tickets";
        var employer = facility.AsEmployer();
        Task<TicketView> OpenAsync() => employer.PostAsync<TicketView>(path, new { concerns = "Room", description = "Dirty" });
        var resolved = await OpenAsync();
        enrollment.Clock.Advance(TimeSpan.FromHours(2));
        await employer.PostAsync<TicketView>($"/api/enrollment/tickets/{resolved.Id}/resolve", new { what = "cleaned" });
        var oldest = await OpenAsync();
        enrollment.Clock.Advance(TimeSpan.FromDays(25));
        await OpenAsync();
        enrollment.Clock.Advance(TimeSpan.FromDays(5));
        await OpenAsync();
        enrollment.Clock.Advance(TimeSpan.FromHours(1));

        var room = Assert.Single(await employer.GetAsync<List<TicketsWaiting>>("/api/enrollment/tickets/summary"));

        Assert.Equal(new TicketsWaiting(TicketConcern.Room, 3, UnderOneDay: 1, UnderThreeDays: 0, UnderSevenDays: 1, UnderThirtyDays: 0, ThirtyDaysAndOver: 1,
            oldest.OpenedAt), room);
        Assert.Equal(2, (await employer.GetAsync<TicketView>($"/api/enrollment/tickets/{resolved.Id}")).AgeHours);
        Assert.Equal(30 * 24 + 1, (await employer.GetAsync<TicketView>($"/api/enrollment/tickets/{oldest.Id}")).AgeHours);
    }
}
