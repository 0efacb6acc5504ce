using System.Net;
using BetterConnections.Contracts;
using BetterConnections.Postgres;
using BetterConnections.Testing;
using BetterConnections.Training.Facilities;
using BetterConnections.Training.Sessions;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Training.Tests.Facilities;

public class FacilityTests(TrainingApp training)
{
    private Task<FacilityView> ReadAsync(Site site) => site.Partner.GetAsync<FacilityView>($"/api/training/facilities/{site.Id}");

    [Fact]
    public async Task A_facility_is_what_its_events_say_in_whatever_order_they_come()
    {
        for (var seed = 0; seed < 4; seed++)
        {
            var site = Site.NotYetOpen(training);
            Func<Task>[] events =
            [
                () => training.DeliverAsync(site.Opened(Site.In(-50))),
                () => training.DeliverAsync(new FacilitySuspended(site.Id, "cooling broken", Site.In(-40))),
                () => training.DeliverAsync(new FacilityResumed(site.Id, Site.In(-30))),
                () => training.DeliverAsync(new FacilitySuspended(site.Id, "flood", Site.In(-20))),
                () => training.DeliverAsync(new KitDelivered(Guid.NewGuid(), site.Id, 10, 1, Site.In(-60))),
                () => training.DeliverAsync(new DeviceFailed("BC-000001-X", site.Id, null, Site.In(-45))),
                () => training.DeliverAsync(new SiteReported(Guid.NewGuid(), site.Id, Guid.NewGuid(), 8, 10, true, 5, [new(Guid.NewGuid(), "device", "bc-000002-y ")], Site.In(-44))),
                () => training.DeliverAsync(new DeviceFailed("BC-000002-Y", site.Id, Guid.NewGuid(), Site.In(-43))),
                () => training.DeliverAsync(new DeviceReplaced("BC-000001-X", "BC-000003-Z", site.Id, Site.In(-42))),
            ];
            new Random(seed).Shuffle(events);
            foreach (var deliver in events) await deliver();

            var facility = await ReadAsync(site);
            Assert.Equal((FacilityState.Suspended, 9, site.Code, site.Zone), (facility.State, facility.WorkingComputers, facility.Code, facility.Zone));
        }
    }

    [Fact]
    public async Task What_is_told_twice_counts_once()
    {
        var site = Site.NotYetOpen(training);
        await training.DeliverAsync(site.Opened(Site.In(-5)), times: 2);
        await training.DeliverAsync(new KitDelivered(Guid.NewGuid(), site.Id, 10, 1, Site.In(-5)), times: 2);
        var failed = new DeviceFailed("BC-000001-X", site.Id, null, Site.In(-4));
        await training.DeliverAsync(failed, times: 2);
        await training.DeliverAsync(failed); // and once more as another message
        await training.DeliverAsync(new DeviceFailed("BC-000009-X", null, null, Site.In(-4))); // one that stood nowhere
        Assert.Equal(9, (await ReadAsync(site)).WorkingComputers);

        await training.DeliverAsync(new DeviceReplaced("BC-000001-X", "BC-000002-Y", site.Id, Site.In(-3)), times: 2);
        Assert.Equal(10, (await ReadAsync(site)).WorkingComputers);
        await training.DeliverAsync(new SiteReported(Guid.NewGuid(), site.Id, Guid.NewGuid(), 6, 10, true, 5, [], Site.In(-2)), times: 2);
        Assert.Equal(6, (await ReadAsync(site)).WorkingComputers);
    }

    [Fact]
    public async Task Facilities_are_found_by_the_beginning_of_their_code()
    {
        var (site, _) = (await Site.OpenAsync(training), await Site.OpenAsync(training));
        var found = await site.Partner.GetAsync<Page<FacilityView>>($"/api/training/facilities?code={site.Code[..^1].ToLowerInvariant()}");
        Assert.Contains(found.Items, f => f.Id == site.Id);
        Assert.All(found.Items, f => Assert.StartsWith(site.Code[..^1], f.Code));
    }

    [Fact]
    public async Task A_suspended_facility_calls_off_what_has_not_begun_and_stays_called_off_when_it_resumes()
    {
        var site = await Site.OpenAsync(training);
        var (running, tomorrow) = (await site.PlanAsync(-1), await site.PlanAsync(24));

        await training.DeliverAsync(new FacilitySuspended(site.Id, "no cooling", Site.In(0)), times: 2);

        Assert.Equal((SessionState.Planned, 0), await StateAsync(running));
        Assert.Equal((SessionState.Cancelled, 1), await StateAsync(tomorrow));
        await site.TryPlanAsync(site.Session(48)).RefusesAsync(HttpStatusCode.Conflict, "facility_not_open");

        await training.DeliverAsync(new FacilityResumed(site.Id, Site.In(0.1)), times: 2);
        Assert.Equal((SessionState.Cancelled, 1), await StateAsync(tomorrow));
        await site.PlanAsync(24); // its room is free again
    }

    [Fact]
    public async Task News_of_a_suspension_that_is_over_calls_nothing_off()
    {
        var site = await Site.OpenAsync(training);
        await training.DeliverAsync(new FacilityResumed(site.Id, Site.In(-1)));
        var session = await site.PlanAsync();

        await training.DeliverAsync(new FacilitySuspended(site.Id, "no cooling", Site.In(-2)));

        Assert.Equal((SessionState.Planned, 0), await StateAsync(session));
    }

    [Fact]
    public async Task A_closed_facility_calls_off_its_sessions_and_takes_no_more()
    {
        var site = await Site.OpenAsync(training);
        var session = await site.PlanAsync();

        await training.DeliverAsync(new FacilityClosed(site.Id, "company left", Site.In(0)), times: 2);

        Assert.Equal((SessionState.Cancelled, 1), await StateAsync(session));
        await site.TryPlanAsync(site.Session()).RefusesAsync(HttpStatusCode.Conflict, "facility_not_open");
    }

    [Fact]
    public async Task A_session_planned_while_its_facility_closes_is_refused_or_called_off()
    {
        for (var i = 0; i < 5; i++)
        {
            var site = await Site.OpenAsync(training);

            var planned = Task.WhenAll(Enumerable.Range(1, 6).Select(day => site.TryPlanAsync(site.Session(24 * day))));
            await training.DeliverAsync(new FacilityClosed(site.Id, "company left", Site.In(0)));
            await planned;

            Assert.Empty(await training.InDbAsync(db => db.Sessions.Where(s => s.FacilityId == site.Id && s.State != SessionState.Cancelled).ToListAsync()));
        }
    }

    [Fact]
    public async Task An_employer_sees_its_own_facilities_and_a_trainer_those_where_it_teaches()
    {
        var (site, other) = (await Site.OpenAsync(training), await Site.OpenAsync(training));
        var trainer = await site.TrainerAsync();
        foreach (var client in new[] { training.As(Roles.Employer, site.Employer), trainer.Client })
        {
            Assert.Equal([site.Id], (await client.GetAsync<Page<FacilityView>>("/api/training/facilities")).Items.Select(f => f.Id));
            await client.GetAsync($"/api/training/facilities/{other.Id}").RefusesAsync(HttpStatusCode.NotFound, "facility_unknown");
        }
        Assert.Equal([trainer.Id], (await site.Partner.GetAsync<Page<TrainerView>>($"/api/training/facilities/{site.Id}/trainers")).Items.Select(t => t.VolunteerId));
        await trainer.Client.GetAsync($"/api/training/facilities/{site.Id}/trainers").RefusesAsync(HttpStatusCode.Forbidden, "forbidden");
        await training.As(Roles.Donor, Guid.NewGuid()).GetAsync("/api/training/facilities").RefusesAsync(HttpStatusCode.Forbidden, "forbidden");
        await site.Partner.GetAsync("/api/training/facilities?state=Sunny").RefusesAsync(HttpStatusCode.BadRequest, "request_not_readable");
    }

    private Task<(SessionState, int)> StateAsync(SessionView session) => training.InDbAsync(async db =>
    {
        var now = await db.Sessions.AsNoTracking().SingleAsync(s => s.Id == session.Id);
        return (now.State, now.Sequence);
    });
}
