using System.Net;
using BetterConnections.Contracts;
using BetterConnections.Postgres;
using BetterConnections.Testing;
using BetterConnections.Volunteers.Assignments;
using BetterConnections.Volunteers.Visits;

namespace BetterConnections.Volunteers.Tests.Visits;

public class VisitTests(VolunteerApp volunteers)
{
    private const string Path = "/api/volunteer/visits";
    private DateTimeOffset Now => volunteers.Clock.GetUtcNow();

    [Fact]
    public async Task A_visit_is_the_time_from_check_in_to_check_out_and_keeps_how_far_away_the_phone_was()
    {
        var (person, assignment) = await OnDutyAsync();

        var begun = await person.Client.PostAsync<VisitView>(Path, Arrival(assignment, Now.AddMinutes(-50)) with { Latitude = WorkSteps.DohaLatitude + 0.01, Longitude = WorkSteps.DohaLongitude });
        Assert.Equal((VisitState.Begun, 1112, false), (begun.State, begun.InMetres, begun.Late));
        var ended = await person.Client.PostAsync<VisitView>($"{Path}/{begun.Id}/check-out", new Departure(Now.AddMinutes(-5), Latitude: WorkSteps.DohaLatitude, Longitude: WorkSteps.DohaLongitude));

        Assert.Equal((VisitState.Ended, 45, 0, assignment.Role), (ended.State, ended.Minutes, ended.OutMetres, ended.Role));
        Assert.Equal(ended, await person.Client.GetAsync<VisitView>($"{Path}/{begun.Id}"));
    }

    [Fact]
    public async Task What_a_phone_sends_again_changes_nothing()
    {
        var (person, assignment) = await OnDutyAsync();
        var (arrival, departure) = (Arrival(assignment, Now.AddMinutes(-50)), new Departure(Now.AddMinutes(-20)));

        var first = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => person.Client.PostAsync<VisitView>(Path, arrival)));
        var ended = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => person.Client.PostAsync<VisitView>($"{Path}/{arrival.Id}/check-out", departure)));
        await person.Client.PostAsync<VisitView>($"{Path}/{arrival.Id}/check-out", new Departure(Now.AddMinutes(-1)));
        await person.Client.PostAsync<VisitView>(Path, arrival with { At = Now.AddMinutes(-49) });

        Assert.Single(first.Distinct());
        Assert.Single(ended.Distinct());
        Assert.Equal(ended[0], Assert.Single((await person.Client.GetAsync<Page<VisitView>>($"{Path}?assignmentId={assignment.Id}")).Items));
    }

    [Fact]
    public async Task A_phone_with_a_wrong_clock_is_put_right_and_it_is_noted()
    {
        var (person, assignment) = await OnDutyAsync();

        // Its clock is three hours fast; it was there half an hour ago.
        var fast = TimeSpan.FromHours(3);
        var visit = await person.Client.PostAsync<VisitView>(Path, Arrival(assignment, Now.AddMinutes(-30) + fast) with { SentAt = Now + fast });

        Assert.Equal(-fast.TotalSeconds, visit.ClockSkewSeconds, 60d);
        Assert.Equal(Now.AddMinutes(-30), visit.InAt, TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task A_time_that_has_not_come_is_out_of_every_shift_or_is_too_long_ago_is_refused()
    {
        var (person, assignment) = await OnDutyAsync();
        await person.Client.PostAsync(Path, Arrival(assignment, Now.AddMinutes(10))).RefusesAsync(HttpStatusCode.BadRequest, "time_in_future");
        await person.Client.PostAsync(Path, Arrival(assignment, DateTimeOffset.MaxValue)).RefusesAsync(HttpStatusCode.BadRequest, "time_in_future");
        await person.Client.PostAsync(Path, Arrival(assignment, DateTimeOffset.MaxValue) with { SentAt = DateTimeOffset.MinValue }).RefusesAsync(HttpStatusCode.BadRequest, "time_in_future");
        await person.Client.PostAsync(Path, Arrival(assignment, DateTimeOffset.MinValue) with { SentAt = DateTimeOffset.MaxValue }).RefusesAsync(HttpStatusCode.Conflict, "too_late");
        await person.Client.PostAsync(Path, Arrival(assignment, Now.AddDays(-31))).RefusesAsync(HttpStatusCode.Conflict, "too_late");
        await person.Client.PostAsync(Path, Arrival(assignment, Now.AddHours(-4))).RefusesAsync(HttpStatusCode.Conflict, "outside_shift");

        var visit = await person.Client.PostAsync<VisitView>(Path, Arrival(assignment, Now.AddMinutes(-30)));
        await person.Client.PostAsync($"{Path}/{visit.Id}/check-out", new Departure(Now.AddMinutes(-40))).RefusesAsync(HttpStatusCode.BadRequest, "out_before_in");
        await person.Client.PostAsync($"{Path}/{visit.Id}/check-out", new Departure(Now.AddMinutes(9))).RefusesAsync(HttpStatusCode.BadRequest, "time_in_future");
    }

    [Theory]
    [InlineData("""{"assignmentId":"00000000-0000-0000-0000-000000000001","at":"2026-11-22T00:00:00Z"}""", "validation_failed")]
    [InlineData("""{"id":"00000000-0000-0000-0000-000000000001","assignmentId":"00000000-0000-0000-0000-000000000001","at":"yesterday"}""", "request_not_readable")]
    [InlineData("""{"id":"00000000-0000-0000-0000-000000000001","assignmentId":"00000000-0000-0000-0000-000000000001","at":"2026-11-22T00:00:00Z","latitude":95}""", "validation_failed")]
    public async Task What_cannot_be_understood_is_a_coded_400(string body, string code) =>
        await volunteers.As(Roles.Volunteer).PostAsync(Path, new StringContent(body, System.Text.Encoding.UTF8, "application/json")).RefusesAsync(HttpStatusCode.BadRequest, code);

    [Fact]
    public async Task Nobody_checks_in_for_what_is_only_offered_or_another_volunteers()
    {
        var (person, assignment) = await OnDutyAsync();
        var offer = await volunteers.OfferAsync(await volunteers.OpeningAsync(), person, volunteers.Shift(1));
        var (stranger, theirs) = await OnDutyAsync();
        var visit = await person.Client.PostAsync<VisitView>(Path, Arrival(assignment, Now.AddMinutes(-30)));

        await person.Client.PostAsync(Path, Arrival(offer, Now)).RefusesAsync(HttpStatusCode.Conflict, "assignment_not_accepted");
        await stranger.Client.PostAsync(Path, Arrival(assignment, Now)).RefusesAsync(HttpStatusCode.NotFound, "assignment_unknown");
        await stranger.Client.PostAsync(Path, Arrival(theirs, Now) with { Id = visit.Id }).RefusesAsync(HttpStatusCode.Conflict, "visit_id_taken");
        await stranger.Client.GetAsync($"{Path}/{visit.Id}").RefusesAsync(HttpStatusCode.NotFound, "visit_unknown");
        await stranger.Client.PostAsync($"{Path}/{visit.Id}/check-out", new Departure(Now)).RefusesAsync(HttpStatusCode.NotFound, "visit_unknown");
        Assert.Empty((await stranger.Client.GetAsync<Page<VisitView>>($"{Path}?assignmentId={assignment.Id}")).Items);
        await volunteers.As(Roles.Employer).GetAsync(Path).RefusesAsync(HttpStatusCode.Forbidden, "forbidden");
    }

    [Fact]
    public async Task A_minute_counts_once_whatever_is_sent()
    {
        var (person, assignment) = await OnDutyAsync();
        await VisitAsync(person, assignment, from: -50, to: -20);
        var second = await person.Client.PostAsync<VisitView>(Path, Arrival(assignment, Now.AddMinutes(-30)));

        await person.Client.PostAsync($"{Path}/{second.Id}/check-out", new Departure(Now.AddMinutes(-10))).RefusesAsync(HttpStatusCode.Conflict, "visit_overlaps");

        Assert.Equal(VisitState.Begun, (await person.Client.GetAsync<VisitView>($"{Path}/{second.Id}")).State);
    }

    [Fact]
    public async Task A_second_person_approves_once_and_downwards_only_with_a_reason()
    {
        var (person, assignment) = await OnDutyAsync();
        var visit = await VisitAsync(person, assignment, from: -50, to: -20);
        var office = volunteers.Office();

        await office.PostAsync($"{Path}/{visit.Id}/approve", new { minutes = 31 }).RefusesAsync(HttpStatusCode.Conflict, "minutes_too_many");
        await office.PostAsync($"{Path}/{visit.Id}/approve", new { minutes = 25 }).RefusesAsync(HttpStatusCode.BadRequest, "reason_required");
        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => office.PostAsync($"{Path}/{visit.Id}/approve", new { minutes = 25, why = "came late" })));

        Assert.Single(answers, a => a.StatusCode == HttpStatusCode.OK);
        var approved = await person.Client.GetAsync<VisitView>($"{Path}/{visit.Id}");
        Assert.Equal((VisitState.Approved, 25, 30, "came late"), (approved.State, approved.ApprovedMinutes, approved.Minutes, approved.Why));
        var heard = Assert.Single(await volunteers.Broker.HeardAsync<HoursApproved>(e => e.VisitId == visit.Id, 1)).Event;
        Assert.Equal((person.Id, assignment.FacilityId, "monitor", 25), (heard.VolunteerId, heard.FacilityId, heard.Role, heard.Minutes));
        await office.PostAsync($"{Path}/{visit.Id}/reject", new { why = "on second thoughts" }).RefusesAsync(HttpStatusCode.Conflict, "state_forbids");
    }

    [Fact]
    public async Task Nobody_approves_own_hours_whatever_else_the_account_may_do()
    {
        var (person, assignment) = await OnDutyAsync();
        var visit = await VisitAsync(person, assignment, from: -50, to: -20);
        var both = volunteers.As(Roles.TrainingPartner, subject: person.Account);

        await both.PostAsync($"{Path}/{visit.Id}/approve", new { }).RefusesAsync(HttpStatusCode.Forbidden, "own_hours");
        await both.PostAsync($"{Path}/{visit.Id}/reject", new { why = "modesty" }).RefusesAsync(HttpStatusCode.Forbidden, "own_hours");
        await person.Client.PostAsync($"{Path}/{visit.Id}/approve", new { }).RefusesAsync(HttpStatusCode.Forbidden, "forbidden");
        Assert.Empty(volunteers.Broker.Heard<HoursApproved>(e => e.VisitId == visit.Id));
    }

    [Fact]
    public async Task Rejected_hours_count_nowhere_and_the_time_may_be_recorded_anew()
    {
        var (person, assignment) = await OnDutyAsync();
        var visit = await VisitAsync(person, assignment, from: -50, to: -20);

        Assert.Equal(VisitState.Rejected, (await volunteers.Office().PostAsync<VisitView>($"{Path}/{visit.Id}/reject", new { why = "nobody saw you" })).State);
        var again = await VisitAsync(person, assignment, from: -45, to: -25);
        await volunteers.Office().PostAsync<VisitView>($"{Path}/{again.Id}/approve");

        Assert.Equal(20, (await person.Client.GetAsync<Page<HoursTotal>>("/api/volunteer/hours?by=Role")).Items.Single().Minutes);
    }

    [Fact]
    public async Task Hours_are_summed_by_volunteer_facility_role_and_month_and_a_volunteer_sees_its_own()
    {
        var facility = await volunteers.OpenFacilityAsync();
        var ((a, first), (b, second)) = (await OnDutyAsync(facility), await OnDutyAsync(facility));
        foreach (var visit in new[] { await VisitAsync(a, first, -55, -45), await VisitAsync(a, first, -40, -20), await VisitAsync(b, second, -50, -20) })
            await volunteers.Office().PostAsync<VisitView>($"{Path}/{visit.Id}/approve");
        await VisitAsync(b, second, -10, -5);

        Assert.Equal([(a.Id.ToString(), 2, 30L, 0), (b.Id.ToString(), 1, 30L, 1)],
            (await SumAsync(volunteers.Office(), $"by=Volunteer&facilityId={facility}")).OrderByDescending(t => t.Visits).Select(t => (t.Of, t.Visits, t.Minutes, t.Waiting)));
        var whole = Assert.Single(await SumAsync(volunteers.Office(), $"by=Facility&facilityId={facility}"));
        Assert.Equal((facility.ToString(), 3, 60L, 2, 1), (whole.Of, whole.Visits, whole.Minutes, whole.Volunteers, whole.Waiting));
        Assert.Equal(("monitor", 60L), (await SumAsync(volunteers.Office(), $"by=Role&facilityId={facility}")).Select(t => (t.Of, t.Minutes)).Single());
        var month = TimeZoneInfo.ConvertTime(Now.AddMinutes(-50), TimeZoneInfo.FindSystemTimeZoneById("Asia/Qatar")).ToString("yyyy-MM");
        Assert.Equal((month, 60L), (await SumAsync(volunteers.Office(), $"by=Month&facilityId={facility}")).Select(t => (t.Of, t.Minutes)).First());
        Assert.Equal(30, (await SumAsync(a.Client, $"by=Month&volunteerId={b.Id}")).Sum(t => t.Minutes)); // its own, whoever it asks for
        Assert.Empty(await SumAsync(volunteers.Office(), $"by=Role&facilityId={facility}&to={Uri.EscapeDataString(Now.AddDays(-1).ToString("o"))}"));
    }

    private static async Task<IReadOnlyList<HoursTotal>> SumAsync(HttpClient client, string query) => (await client.GetAsync<Page<HoursTotal>>($"/api/volunteer/hours?{query}")).Items;

    /// <summary>A volunteer whose shift began an hour ago and lasts another.</summary>
    private async Task<(Person, AssignmentView)> OnDutyAsync(Guid? facility = null)
    {
        var person = await volunteers.ScreenedAsync();
        return (person, await volunteers.AssignAsync(await volunteers.OpeningAsync(facility: facility), person, volunteers.Shift(-1)));
    }

    private async Task<VisitView> VisitAsync(Person person, AssignmentView assignment, int from, int to)
    {
        var now = Now;
        var visit = await person.Client.PostAsync<VisitView>(Path, Arrival(assignment, now.AddMinutes(from)));
        return await person.Client.PostAsync<VisitView>($"{Path}/{visit.Id}/check-out", new Departure(now.AddMinutes(to)));
    }

    private static Arrival Arrival(AssignmentView assignment, DateTimeOffset at) => new(Guid.NewGuid(), assignment.Id, at);
}
