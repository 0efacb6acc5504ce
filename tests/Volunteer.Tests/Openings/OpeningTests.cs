using System.Net;
using BetterConnections.Contracts;
using BetterConnections.Postgres;
using BetterConnections.Testing;
using BetterConnections.Volunteers.Assignments;
using BetterConnections.Volunteers.Openings;

namespace BetterConnections.Volunteers.Tests.Openings;

public class OpeningTests(VolunteerApp volunteers)
{
    [Fact]
    public async Task An_opening_by_hand_takes_the_facilitys_languages_and_topics_unless_it_says_others()
    {
        var facility = await volunteers.OpenFacilityAsync();

        var usual = await volunteers.OpeningAsync(AssignmentRole.Trainer, people: 3, facility);
        var other = await volunteers.OpeningAsync(AssignmentRole.Trainer, facility: facility, languages: ["tl"], topics: ["labour-rights"]);

        Assert.Equal(("hi ne", "computer-basics", 3, 4), (string.Join(' ', usual.Languages), string.Join(' ', usual.Topics), usual.People, usual.HoursPerWeek));
        Assert.Equal(("tl", "labour-rights"), (string.Join(' ', other.Languages), string.Join(' ', other.Topics)));
    }

    [Theory]
    [InlineData("role", "Magician", "request_not_readable")]
    [InlineData("people", 0, "validation_failed")]
    [InlineData("languages", "xx", "language_unknown")]
    [InlineData("topics", "labour-rights", "topics_not_expected")]
    [InlineData("ends", "2020-01-01T00:00:00Z", "period_not_valid")]
    public async Task What_cannot_be_understood_is_a_coded_400(string member, object value, string code)
    {
        var body = new Dictionary<string, object>
        {
            ["facilityId"] = await volunteers.OpenFacilityAsync(),
            ["role"] = "Monitor",
            ["starts"] = volunteers.In(0),
            ["ends"] = volunteers.In(100),
        };
        body[member] = member is "languages" or "topics" ? new[] { value } : value;

        await volunteers.Office().PostAsync(WorkSteps.Openings, body).RefusesAsync(HttpStatusCode.BadRequest, code);
    }

    [Fact]
    public async Task Only_the_programme_office_and_the_training_partner_open_and_rank()
    {
        var opening = await volunteers.OpeningAsync();
        foreach (var stranger in new[] { volunteers.As(Roles.Volunteer), volunteers.As(Roles.Employer), volunteers.WithScope("volunteer.read") })
        {
            await stranger.PostAsync(WorkSteps.Openings, new { facilityId = opening.FacilityId, role = "Monitor", starts = volunteers.In(0), ends = volunteers.In(9) })
                .RefusesAsync(HttpStatusCode.Forbidden, "forbidden");
            await stranger.GetAsync($"{WorkSteps.Openings}/{opening.Id}/candidates").RefusesAsync(HttpStatusCode.Forbidden, "forbidden");
        }
        await volunteers.As(Roles.Employer).GetAsync(WorkSteps.Openings).RefusesAsync(HttpStatusCode.Forbidden, "forbidden");
        await volunteers.Office().PostAsync(WorkSteps.Openings, new { facilityId = Guid.NewGuid(), role = "Monitor", starts = volunteers.In(0), ends = volunteers.In(9) })
            .RefusesAsync(HttpStatusCode.NotFound, "facility_unknown");
    }

    [Fact]
    public async Task A_volunteer_sees_what_it_may_apply_for_and_no_more()
    {
        var facility = await volunteers.OpenFacilityAsync();
        var (open, closed) = (await volunteers.OpeningAsync(facility: facility), await volunteers.OpeningAsync(facility: facility));
        await volunteers.Office().PostAsync<OpeningView>($"{WorkSteps.Openings}/{closed.Id}/close", new { why = "enough people" });
        var client = (await volunteers.ScreenedAsync()).Client;

        var seen = (await client.GetAsync<Page<OpeningView>>($"{WorkSteps.Openings}?facilityId={facility}&role=Monitor&zone=57&language=ne")).Items;

        Assert.Contains(open.Id, seen.Select(o => o.Id));
        Assert.DoesNotContain(closed.Id, seen.Select(o => o.Id));
        await client.GetAsync($"{WorkSteps.Openings}/{closed.Id}").RefusesAsync(HttpStatusCode.NotFound, "opening_unknown");
    }

    [Fact]
    public async Task A_closed_opening_keeps_who_accepted_and_a_cancelled_one_does_not()
    {
        var (closed, cancelled) = (await volunteers.OpeningAsync(people: 2), await volunteers.OpeningAsync());
        var stays = await volunteers.AssignAsync(closed, await volunteers.ScreenedAsync());
        var waits = await volunteers.OfferAsync(closed, await volunteers.ScreenedAsync());
        var leaves = await volunteers.AssignAsync(cancelled, await volunteers.ScreenedAsync());
        var office = volunteers.Office();

        Assert.Equal(OpeningState.Closed, (await office.PostAsync<OpeningView>($"{WorkSteps.Openings}/{closed.Id}/close", new { why = "enough people" })).State);
        Assert.Equal(OpeningState.Cancelled, (await office.PostAsync<OpeningView>($"{WorkSteps.Openings}/{cancelled.Id}/cancel", new { why = "not needed" })).State);

        Assert.Equal(AssignmentState.Accepted, (await office.GetAsync<AssignmentView>($"{WorkSteps.Assignments}/{stays.Id}")).State);
        Assert.Equal(AssignmentState.Cancelled, (await office.GetAsync<AssignmentView>($"{WorkSteps.Assignments}/{waits.Id}")).State);
        Assert.Equal((AssignmentState.Cancelled, "not needed"), await StateAsync(leaves));
        await volunteers.Broker.HeardAsync<AssignmentEnded>(e => e.AssignmentId == leaves.Id);
        await office.PostAsync($"{WorkSteps.Openings}/{cancelled.Id}/close", new { why = "once more" }).RefusesAsync(HttpStatusCode.Conflict, "opening_closed");

        async Task<(AssignmentState, string?)> StateAsync(AssignmentView a)
        {
            var now = await office.GetAsync<AssignmentView>($"{WorkSteps.Assignments}/{a.Id}");
            return (now.State, now.Why);
        }
    }

    [Fact]
    public void The_roles_are_those_that_events_name() =>
        Assert.Equal(AssignmentRoles.All.Order(), Enum.GetValues<AssignmentRole>().Select(r => r.Word()).Order());
}
