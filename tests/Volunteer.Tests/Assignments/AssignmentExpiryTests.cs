using System.Net;
using BetterConnections.Contracts;
using BetterConnections.Testing;
using BetterConnections.Volunteers.Assignments;
using BetterConnections.Volunteers.Openings;
using Microsoft.Extensions.DependencyInjection;

namespace BetterConnections.Volunteers.Tests.Assignments;

/// <summary>Moves the clock, so it has a service of its own.</summary>
public class AssignmentExpiryTests(FreshVolunteerApp volunteers) : IClassFixture<FreshVolunteerApp>
{
    [Fact]
    public async Task An_offer_is_over_when_its_time_is_over_whether_swept_or_not()
    {
        var person = await volunteers.ScreenedAsync();
        var opening = await volunteers.OpeningAsync();
        var offer = await volunteers.Office().PostAsync<AssignmentView>($"{WorkSteps.Openings}/{opening.Id}/offers",
            new { volunteerId = person.Id, shifts = new[] { volunteers.Shift(200) }, answerBy = volunteers.In(3) });
        var waiting = await volunteers.OfferAsync(await volunteers.OpeningAsync(), person, volunteers.Shift(300));

        volunteers.Clock.Advance(TimeSpan.FromHours(4));

        var problem = await person.AcceptAsync(offer).RefusesAsync(HttpStatusCode.Conflict, "offer_expired");
        Assert.Equal(offer.AnswerBy, problem.GetProperty("answerBy").GetDateTimeOffset());
        await SweepAsync();
        Assert.Equal(AssignmentState.Expired, (await person.Client.GetAsync<AssignmentView>($"{WorkSteps.Assignments}/{offer.Id}")).State);
        await person.AcceptAsync(offer).RefusesAsync(HttpStatusCode.Conflict, "offer_expired");
        Assert.Equal(AssignmentState.Offered, (await person.Client.GetAsync<AssignmentView>($"{WorkSteps.Assignments}/{waiting.Id}")).State);
        Assert.Equal(AssignmentState.Offered, (await volunteers.OfferAsync(opening, person, volunteers.Shift(200))).State); // it may be offered again
    }

    [Fact]
    public async Task An_answer_is_wanted_before_the_work_begins()
    {
        var (first, later) = (volunteers.Shift(5), volunteers.Shift(100));
        var offer = await volunteers.OfferAsync(await volunteers.OpeningAsync(), await volunteers.ScreenedAsync(), later, first);
        Assert.Equal(first.Starts, offer.AnswerBy);
    }

    [Fact]
    public async Task An_assignment_is_done_once_its_last_shift_is_over_and_keeps_its_place()
    {
        var (person, opening) = (await volunteers.ScreenedAsync(), await volunteers.OpeningAsync());
        var assignment = await volunteers.AssignAsync(opening, person, volunteers.Shift(1, hours: 1), volunteers.Shift(5, hours: 1));

        volunteers.Clock.Advance(TimeSpan.FromHours(3));
        await SweepAsync();
        Assert.Equal(AssignmentState.Accepted, (await person.Client.GetAsync<AssignmentView>($"{WorkSteps.Assignments}/{assignment.Id}")).State);
        volunteers.Clock.Advance(TimeSpan.FromHours(3));
        await Task.WhenAll(SweepAsync(), SweepAsync());

        Assert.Equal(AssignmentState.Done, (await person.Client.GetAsync<AssignmentView>($"{WorkSteps.Assignments}/{assignment.Id}")).State);
        Assert.Single(await volunteers.Broker.HeardAsync<AssignmentEnded>(e => e.AssignmentId == assignment.Id, 1));
        Assert.Equal((OpeningState.Filled, 1), ((await volunteers.ReadAsync(opening)).State, (await volunteers.ReadAsync(opening)).Taken));
        volunteers.Clock.Advance(TimeSpan.FromDays(31));
        await SweepAsync();
        Assert.Equal(OpeningState.Closed, (await volunteers.ReadAsync(opening)).State);
    }

    [Fact]
    public async Task What_is_finished_early_frees_the_hours_to_come()
    {
        var (person, opening) = (await volunteers.ScreenedAsync(), await volunteers.OpeningAsync());
        var assignment = await volunteers.AssignAsync(opening, person, volunteers.Shift(48));

        Assert.Equal(AssignmentState.Done, (await volunteers.Office().PostAsync<AssignmentView>($"{WorkSteps.Assignments}/{assignment.Id}/finish")).State);

        await volunteers.Broker.HeardAsync<AssignmentEnded>(e => e.AssignmentId == assignment.Id);
        await volunteers.AssignAsync(await volunteers.OpeningAsync(), person, volunteers.Shift(48));
        await volunteers.Office().PostAsync($"{WorkSteps.Assignments}/{assignment.Id}/finish", new { }).RefusesAsync(HttpStatusCode.Conflict, "state_forbids");
    }

    private Task SweepAsync() => volunteers.Services.GetRequiredService<AssignmentSweep>().SweepDueAsync(CancellationToken.None);
}
