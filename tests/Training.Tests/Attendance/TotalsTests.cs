using System.Net;
using BetterConnections.Contracts;
using BetterConnections.Postgres;
using BetterConnections.Testing;
using BetterConnections.Training.Attendance;
using BetterConnections.Training.Sessions;

namespace BetterConnections.Training.Tests.Attendance;

public class TotalsTests(TrainingApp training)
{
    [Fact]
    public async Task Minutes_add_up_by_facility_topic_language_and_month()
    {
        var site = await Site.OpenAsync(training);
        var workers = await site.WorkersAsync(2);
        var (first, second) = (await site.PlanAsync(-8, 2), await site.PlanAsync(-5, 2, topic: Site.Money));
        await AttendAsync(first, (workers[0], 100), (workers[1], 50));
        await AttendAsync(second, (workers[0], 20));

        Assert.Equal([new Totals(site.Code, 2, 3, 2, 170)], await TotalsAsync(site.Partner, "Facility"));
        Assert.Equal([new Totals(site.Zone, 2, 3, 2, 170)], await TotalsAsync(site.Partner, "Zone"));
        Assert.Equal([new Totals(Site.Basics, 1, 2, 2, 150), new Totals(Site.Money, 1, 1, 1, 20)], await TotalsAsync(site.Partner, "Topic"));
        Assert.Equal(170, (await TotalsAsync(site.Partner, "Month")).Sum(t => t.Minutes));
        Assert.Equal([new Totals("hi", 2, 3, 2, 170)], await TotalsAsync(training.As(Roles.Employer, site.Employer), "Language"));
        Assert.Empty(await TotalsAsync(training.As(Roles.Employer, Guid.NewGuid()), "Facility"));

        var audit = await site.Partner.GetAsync<Page<LearnerAttendanceRow>>($"/api/training/learners/{workers[0].Code}/attendance");
        Assert.Equal([(second.Id, 20), (first.Id, 100)], audit.Items.Select(r => (r.SessionId, r.Minutes)));
        var people = await site.Partner.GetAsync<Page<LearnerMinutesRow>>($"/api/training/facilities/{site.Id}/attendance");
        Assert.Equal([(workers[0].Code, 2, 120), (workers[1].Code, 1, 50)], people.Items.Select(p => (p.Card!, p.Sessions, p.Minutes)).OrderByDescending(p => p.Minutes));

        Task<List<Totals>> TotalsAsync(HttpClient client, string by) => client.GetAsync<List<Totals>>($"/api/training/attendance/totals?by={by}&facilityId={site.Id}");
        Task AttendAsync(SessionView session, params (JoinedWorker Worker, int Minutes)[] marks) => site.Partner.PostAsync<MarkReport>(
            $"/api/training/sessions/{session.Id}/attendance/batch",
            new { sentAt = DateTimeOffset.UtcNow, marks = marks.Select(m => new { id = Guid.NewGuid(), card = m.Worker.Code, minutes = m.Minutes }) });
    }

    [Fact]
    public async Task Single_people_and_too_long_periods_are_not_for_everybody()
    {
        var site = await Site.OpenAsync(training);
        var worker = (await site.WorkersAsync(1))[0];
        await training.As(Roles.Employer, site.Employer).GetAsync($"/api/training/learners/{worker.Code}/attendance").RefusesAsync(HttpStatusCode.Forbidden, "forbidden");
        await training.As(Roles.Employer, site.Employer).GetAsync($"/api/training/facilities/{site.Id}/attendance").RefusesAsync(HttpStatusCode.Forbidden, "forbidden");
        await training.As(Roles.Volunteer).GetAsync($"/api/training/learners/{worker.Code}/attendance").RefusesAsync(HttpStatusCode.NotFound, "learner_unknown");
        await site.Partner.GetAsync("/api/training/attendance/totals?from=2020-01-01T00:00:00Z").RefusesAsync(HttpStatusCode.BadRequest, "period_too_long");
        await site.Partner.GetAsync("/api/training/attendance/totals?by=Height").RefusesAsync(HttpStatusCode.BadRequest, "request_not_readable");
    }
}
