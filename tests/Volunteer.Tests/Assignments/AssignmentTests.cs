using System.Net;
using BetterConnections.Contracts;
using BetterConnections.Postgres;
using BetterConnections.Testing;
using BetterConnections.Volunteers.Assignments;
using BetterConnections.Volunteers.Messages;
using BetterConnections.Volunteers.Openings;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Volunteers.Tests.Assignments;

public class AssignmentTests(VolunteerApp volunteers)
{
    private const string Path = WorkSteps.Assignments;

    [Fact]
    public async Task An_offer_that_its_volunteer_accepts_fills_the_opening_and_is_told()
    {
        var (opening, trainer) = (await volunteers.OpeningAsync(AssignmentRole.Trainer), await volunteers.CertifiedAsync("computer-basics", "labour-rights"));
        var (first, second) = (volunteers.Shift(24), volunteers.Shift(48, hours: 3));

        var offer = await volunteers.OfferAsync(opening, trainer, second, first);
        Assert.Equal((AssignmentState.Offered, 0), (offer.State, offer.Sequence));
        var accepted = await (await trainer.AcceptAsync(offer)).ReadAsync<AssignmentView>();

        Assert.Equal((AssignmentState.Accepted, 1, first.Starts, second.Ends), (accepted.State, accepted.Sequence, accepted.Starts, accepted.Ends));
        Assert.Equal([first, second], accepted.Shifts);
        Assert.Equal((OpeningState.Filled, 1), ((await volunteers.ReadAsync(opening)).State, (await volunteers.ReadAsync(opening)).Taken));
        var heard = await volunteers.Broker.HeardAsync<AssignmentAccepted>(e => e.AssignmentId == offer.Id);
        Assert.Equal((trainer.Id, trainer.Account, opening.FacilityId, "trainer", "en hi", "computer-basics labour-rights", first.Starts, second.Ends),
            (heard.VolunteerId, heard.Account, heard.FacilityId, heard.Role, string.Join(' ', heard.Languages), string.Join(' ', heard.Topics), heard.Starts, heard.Ends));
        Assert.Equal([new(first.Starts, first.Ends), new(second.Starts, second.Ends)], heard.Shifts!);
        Assert.Equal(VolunteerState.Active, (await trainer.Client.GetAsync<VolunteerView>(Steps.Me)).State);
    }

    [Fact]
    public async Task A_volunteers_request_is_answered_by_the_programme_office()
    {
        var (opening, person) = (await volunteers.OpeningAsync(), await volunteers.ScreenedAsync());
        var request = await person.Client.PostAsync<AssignmentView>($"{WorkSteps.Openings}/{opening.Id}/requests", new { shifts = new[] { volunteers.Shift() } });

        Assert.Equal(AssignmentState.Requested, request.State);
        await person.AcceptAsync(request).RefusesAsync(HttpStatusCode.Forbidden, "not_yours_to_answer");
        Assert.Equal(AssignmentState.Accepted, (await volunteers.Office().PostAsync<AssignmentView>($"{Path}/{request.Id}/accept")).State);
        Assert.Empty((await volunteers.Broker.HeardAsync<AssignmentAccepted>(e => e.AssignmentId == request.Id)).Topics);
    }

    [Fact]
    public async Task The_programme_office_does_not_accept_in_a_volunteers_place()
    {
        var offer = await volunteers.OfferAsync(await volunteers.OpeningAsync(), await volunteers.ScreenedAsync());
        await volunteers.Office().PostAsync($"{Path}/{offer.Id}/accept", new { }).RefusesAsync(HttpStatusCode.Forbidden, "not_yours_to_answer");
        await volunteers.Office().PostAsync($"{Path}/{offer.Id}/decline", new { why = "in your name" }).RefusesAsync(HttpStatusCode.Forbidden, "not_yours_to_answer");
    }

    [Fact]
    public async Task A_declined_offer_keeps_its_reason_and_leaves_the_place_free_for_another_offer()
    {
        var (opening, person) = (await volunteers.OpeningAsync(), await volunteers.ScreenedAsync());
        var offer = await volunteers.OfferAsync(opening, person);
        await person.Client.PostAsync($"{Path}/{offer.Id}/decline", new { }).RefusesAsync(HttpStatusCode.BadRequest, "validation_failed");

        var declined = await person.Client.PostAsync<AssignmentView>($"{Path}/{offer.Id}/decline", new { why = "too far" });

        Assert.Equal((AssignmentState.Declined, "too far"), (declined.State, declined.Why));
        await person.AcceptAsync(offer).RefusesAsync(HttpStatusCode.Conflict, "state_forbids");
        Assert.Equal(AssignmentState.Accepted, (await volunteers.AssignAsync(opening, person)).State);
    }

    [Fact]
    public async Task Nobody_is_offered_the_same_opening_twice_at_once()
    {
        var (opening, person) = (await volunteers.OpeningAsync(people: 2), await volunteers.ScreenedAsync());
        await volunteers.OfferAsync(opening, person);
        await volunteers.Office().PostAsync($"{WorkSteps.Openings}/{opening.Id}/offers", new { volunteerId = person.Id, shifts = new[] { volunteers.Shift(90) } })
            .RefusesAsync(HttpStatusCode.Conflict, "assignment_already_there");
    }

    [Fact]
    public async Task Who_is_not_screened_not_certified_or_has_stopped_gets_no_place()
    {
        var (monitor, trainer) = (await volunteers.OpeningAsync(), await volunteers.OpeningAsync(AssignmentRole.Trainer));
        var (applied, other, stopped) = (await volunteers.ApplyAsync(), await volunteers.CertifiedAsync("labour-rights"), await volunteers.ScreenedAsync());
        await volunteers.Office().PostAsync<VolunteerView>($"{Steps.Volunteers}/{stopped.Id}/deactivate", new { why = "moved abroad" });

        await OfferAsync(monitor, applied).RefusesAsync(HttpStatusCode.Conflict, "volunteer_not_screened");
        await OfferAsync(monitor, stopped).RefusesAsync(HttpStatusCode.Conflict, "volunteer_inactive");
        var problem = await OfferAsync(trainer, other).RefusesAsync(HttpStatusCode.Conflict, "volunteer_not_certified");
        Assert.Equal("computer-basics", problem.GetProperty("missing")[0].GetString());
        await applied.Client.PostAsync($"{WorkSteps.Openings}/{monitor.Id}/requests", new { shifts = new[] { volunteers.Shift() } })
            .RefusesAsync(HttpStatusCode.Conflict, "volunteer_not_screened");
    }

    [Fact]
    public async Task A_certificate_that_runs_out_before_the_last_shift_or_is_revoked_after_the_offer_does_not_do()
    {
        var opening = await volunteers.OpeningAsync(AssignmentRole.Trainer);
        var (shortly, revoked, certificate) = (await volunteers.ScreenedAsync(), await volunteers.ScreenedAsync(), Guid.NewGuid());
        var now = volunteers.Clock.GetUtcNow();
        await volunteers.DeliverAsync(new VolunteerCertified(shortly.Id, Guid.NewGuid(), ["computer-basics"], volunteers.In(72), now));
        await volunteers.DeliverAsync(new VolunteerCertified(revoked.Id, certificate, ["computer-basics"], null, now));

        await OfferAsync(opening, shortly, volunteers.Shift(24), volunteers.Shift(71)).RefusesAsync(HttpStatusCode.Conflict, "volunteer_not_certified");
        var offer = await volunteers.OfferAsync(opening, revoked);
        await volunteers.DeliverAsync(new CertificateRevoked(certificate, revoked.Id, now));

        await revoked.AcceptAsync(offer).RefusesAsync(HttpStatusCode.Conflict, "volunteer_not_certified");
        Assert.Equal(0, (await volunteers.ReadAsync(opening)).Taken);
    }

    [Fact]
    public async Task Nobody_accepts_two_facilities_at_the_same_hour()
    {
        var person = await volunteers.ScreenedAsync();
        await volunteers.AssignAsync(await volunteers.OpeningAsync(), person, volunteers.Shift(48), volunteers.Shift(72));
        var (overlaps, follows) = (await volunteers.OpeningAsync(), await volunteers.OpeningAsync());

        var offer = await volunteers.OfferAsync(overlaps, person, volunteers.Shift(30), volunteers.Shift(73));
        await person.AcceptAsync(offer).RefusesAsync(HttpStatusCode.Conflict, "volunteer_double_booked");

        Assert.Equal((AssignmentState.Offered, 0), ((await person.Client.GetAsync<AssignmentView>($"{Path}/{offer.Id}")).State, (await volunteers.ReadAsync(overlaps)).Taken));
        Assert.Equal(AssignmentState.Accepted, (await volunteers.AssignAsync(follows, person, volunteers.Shift(74))).State); // the next one may begin as one ends
    }

    [Fact]
    public async Task What_is_cancelled_frees_the_hours_and_the_place()
    {
        var (opening, other, person) = (await volunteers.OpeningAsync(), await volunteers.OpeningAsync(), await volunteers.ScreenedAsync());
        var assignment = await volunteers.AssignAsync(opening, person);

        var cancelled = await volunteers.Office().PostAsync<AssignmentView>($"{Path}/{assignment.Id}/cancel", new { why = "the room is painted" });

        Assert.Equal((AssignmentState.Cancelled, "the room is painted", 2), (cancelled.State, cancelled.Why, cancelled.Sequence));
        var ended = await volunteers.Broker.HeardAsync<AssignmentEnded>(e => e.AssignmentId == assignment.Id);
        Assert.Equal((person.Id, person.Account, opening.FacilityId, "monitor"), (ended.VolunteerId, ended.Account, ended.FacilityId, ended.Role));
        Assert.Equal((OpeningState.Open, 0), ((await volunteers.ReadAsync(opening)).State, (await volunteers.ReadAsync(opening)).Taken));
        Assert.Equal(AssignmentState.Accepted, (await volunteers.AssignAsync(other, person)).State);
        await volunteers.Office().PostAsync($"{Path}/{assignment.Id}/cancel", new { why = "once more" }).RefusesAsync(HttpStatusCode.Conflict, "state_forbids");
    }

    [Fact]
    public async Task A_volunteer_steps_back_in_time_and_not_at_the_last_moment()
    {
        var (opening, person) = (await volunteers.OpeningAsync(people: 2), await volunteers.ScreenedAsync());
        var soon = await volunteers.AssignAsync(opening, person, volunteers.Shift(20));
        var later = await volunteers.AssignAsync(await volunteers.OpeningAsync(), person, volunteers.Shift(30));

        await person.Client.PostAsync($"{Path}/{soon.Id}/withdraw", new { why = "I am ill" }).RefusesAsync(HttpStatusCode.Conflict, "notice_too_short");
        Assert.Equal(AssignmentState.Cancelled, (await person.Client.PostAsync<AssignmentView>($"{Path}/{later.Id}/withdraw", new { why = "I am ill" })).State);
        await volunteers.Broker.HeardAsync<AssignmentEnded>(e => e.AssignmentId == later.Id);
        await volunteers.Office().PostAsync($"{Path}/{soon.Id}/withdraw", new { why = "for you" }).RefusesAsync(HttpStatusCode.Forbidden, "forbidden");
    }

    [Fact]
    public async Task A_volunteer_is_told_of_an_offer_and_of_a_cancellation_that_is_not_its_own()
    {
        var (person, first, second) = (await volunteers.ScreenedAsync(), await volunteers.OpeningAsync(), await volunteers.OpeningAsync());
        var (called, left) = (await volunteers.AssignAsync(first, person, volunteers.Shift(50)), await volunteers.AssignAsync(second, person, volunteers.Shift(60)));
        await volunteers.Office().PostAsync<AssignmentView>($"{Path}/{called.Id}/cancel", new { why = "the room is painted" });
        await person.Client.PostAsync<AssignmentView>($"{Path}/{left.Id}/withdraw", new { why = "I am ill" });

        var told = await volunteers.InDbAsync(db => db.Messages.Where(m => m.VolunteerId == person.Id && m.Template.StartsWith("assignment-")).OrderBy(m => m.CreatedAt).ToListAsync());

        Assert.Equal([Templates.AssignmentOffered, Templates.AssignmentOffered, Templates.AssignmentCancelled], told.Select(m => m.Template));
        Assert.Contains(first.FacilityCode!, told[2].Values);
        Assert.Contains("the room is painted", told[2].Values);
    }

    [Fact]
    public async Task Who_had_not_yet_answered_an_offer_or_been_answered_is_told_that_the_place_is_gone()
    {
        var (facility, offered, asking, leaving) = (await volunteers.OpenFacilityAsync(), await volunteers.ScreenedAsync(), await volunteers.ScreenedAsync(), await volunteers.ScreenedAsync());
        var opening = await volunteers.OpeningAsync(people: 5, facility: facility);
        var offer = await volunteers.OfferAsync(opening, offered);
        await asking.Client.PostAsync<AssignmentView>($"{WorkSteps.Openings}/{opening.Id}/requests", new { shifts = new[] { volunteers.Shift() } });
        var given = await volunteers.OfferAsync(opening, leaving);
        await leaving.Client.PostAsync<AssignmentView>($"{Path}/{given.Id}/withdraw", new { why = "I am ill" });

        await volunteers.Office().PostAsync<AssignmentView>($"{Path}/{offer.Id}/cancel", new { why = "the room is painted" });
        await volunteers.DeliverAsync(new FacilityClosed(facility, "camp demolished", volunteers.Clock.GetUtcNow()), times: 2);

        Assert.Contains("the room is painted", Assert.Single(await ToldAsync(offered)));
        Assert.Contains("camp demolished", Assert.Single(await ToldAsync(asking)));
        Assert.Empty(await ToldAsync(leaving)); // it was its own doing

        Task<List<string>> ToldAsync(Person person) => volunteers.InDbAsync(db =>
            db.Messages.Where(m => m.VolunteerId == person.Id && m.Template == Templates.PlaceWithdrawn).Select(m => m.Values).ToListAsync());
    }

    [Fact]
    public async Task Another_volunteers_assignment_is_not_there()
    {
        var (assignment, stranger) = (await volunteers.OfferAsync(await volunteers.OpeningAsync(), await volunteers.ScreenedAsync()), await volunteers.ScreenedAsync());

        await stranger.Client.GetAsync($"{Path}/{assignment.Id}").RefusesAsync(HttpStatusCode.NotFound, "assignment_unknown");
        foreach (var verb in new[] { "accept", "decline", "withdraw" })
            await stranger.Client.PostAsync($"{Path}/{assignment.Id}/{verb}", verb == "accept" ? new { } : new { why = "not mine" })
                .RefusesAsync(HttpStatusCode.NotFound, "assignment_unknown");
        await stranger.Client.PostAsync($"{Path}/{assignment.Id}/cancel", new { why = "not mine" }).RefusesAsync(HttpStatusCode.Forbidden, "forbidden");
        Assert.Empty((await stranger.Client.GetAsync<Page<AssignmentView>>($"{Path}?openingId={assignment.OpeningId}")).Items);
        Assert.Single((await volunteers.Office().GetAsync<Page<AssignmentView>>($"{Path}?openingId={assignment.OpeningId}&state=Offered&role=Monitor")).Items);
        foreach (var state in new[] { "99", "1", "Offered,Accepted", "Given" })
            await volunteers.Office().GetAsync($"{Path}?state={state}").RefusesAsync(HttpStatusCode.BadRequest, "request_not_readable");
        await volunteers.As(Roles.Employer).GetAsync(Path).RefusesAsync(HttpStatusCode.Forbidden, "forbidden");
    }

    [Fact]
    public async Task Shifts_that_make_no_sense_are_a_coded_400()
    {
        var (opening, person) = (await volunteers.OpeningAsync(), await volunteers.ScreenedAsync());
        foreach (var shifts in new ShiftTime[][]
        {
            [], [volunteers.Shift(10, hours: -1)], [volunteers.Shift(10, hours: 17)], [volunteers.Shift(10), volunteers.Shift(11)],
            [volunteers.Shift(-4)], [volunteers.Shift(-2, hours: 3)], [volunteers.Shift(30 * 24 - 1)],
        })
            await volunteers.Office().PostAsync($"{WorkSteps.Openings}/{opening.Id}/offers", new { volunteerId = person.Id, shifts })
                .RefusesAsync(HttpStatusCode.BadRequest, "shifts_not_valid");
        await volunteers.Office().PostAsync($"{WorkSteps.Openings}/{opening.Id}/offers", new { volunteerId = person.Id, shifts = new[] { volunteers.Shift() }, answerBy = volunteers.In(-1) })
            .RefusesAsync(HttpStatusCode.BadRequest, "answer_by_not_valid");
        await volunteers.Office().PostAsync($"{WorkSteps.Openings}/{Guid.NewGuid()}/offers", new { volunteerId = person.Id, shifts = new[] { volunteers.Shift() } })
            .RefusesAsync(HttpStatusCode.NotFound, "opening_unknown");
    }

    [Fact]
    public async Task Nobody_is_sent_to_a_facility_that_is_suspended()
    {
        var (facility, person) = (await volunteers.OpenFacilityAsync(), await volunteers.ScreenedAsync());
        var opening = await volunteers.OpeningAsync(facility: facility);
        var offer = await volunteers.OfferAsync(opening, person);
        await volunteers.DeliverAsync(new FacilitySuspended(facility, "flooded", volunteers.Clock.GetUtcNow()));

        await person.AcceptAsync(offer).RefusesAsync(HttpStatusCode.Conflict, "facility_suspended");
        await volunteers.DeliverAsync(new FacilityResumed(facility, volunteers.Clock.GetUtcNow()));
        Assert.Equal(AssignmentState.Accepted, (await (await person.AcceptAsync(offer)).ReadAsync<AssignmentView>()).State);
    }

    [Fact]
    public async Task A_facility_that_closes_ends_its_assignments_and_who_stops_leaves_all_places()
    {
        var (facility, person, leaver) = (await volunteers.OpenFacilityAsync(), await volunteers.ScreenedAsync(), await volunteers.ScreenedAsync());
        var closed = await volunteers.AssignAsync(await volunteers.OpeningAsync(facility: facility), person);
        var left = await volunteers.AssignAsync(await volunteers.OpeningAsync(), leaver);

        await volunteers.DeliverAsync(new FacilityClosed(facility, "camp demolished", volunteers.Clock.GetUtcNow()), times: 2);
        await volunteers.Office().PostAsync<VolunteerView>($"{Steps.Volunteers}/{leaver.Id}/deactivate", new { why = "moved abroad" });

        Assert.Single(await volunteers.Broker.HeardAsync<AssignmentEnded>(e => e.AssignmentId == closed.Id, 1));
        Assert.Single(await volunteers.Broker.HeardAsync<AssignmentEnded>(e => e.AssignmentId == left.Id, 1));
        Assert.Equal("camp demolished", (await person.Client.GetAsync<AssignmentView>($"{Path}/{closed.Id}")).Why);
        Assert.Equal(AssignmentState.Cancelled, (await leaver.Client.GetAsync<AssignmentView>($"{Path}/{left.Id}")).State);
    }

    private Task<HttpResponseMessage> OfferAsync(OpeningView opening, Person person, params ShiftTime[] shifts) =>
        volunteers.Office().PostAsync($"{WorkSteps.Openings}/{opening.Id}/offers", new { volunteerId = person.Id, shifts = shifts.Length > 0 ? shifts : [volunteers.Shift()] });
}
