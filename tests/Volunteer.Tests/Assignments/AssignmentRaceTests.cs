using System.Net;
using BetterConnections.Testing;
using BetterConnections.Volunteers.Assignments;
using BetterConnections.Volunteers.Openings;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Volunteers.Tests.Assignments;

/// <summary>What the database decides when everything happens at once.</summary>
public class AssignmentRaceTests(VolunteerApp volunteers)
{
    [Fact]
    public async Task Of_many_who_accept_the_last_place_at_once_one_gets_it()
    {
        var opening = await volunteers.OpeningAsync();
        var offers = new List<(Person Person, AssignmentView Offer)>();
        for (var i = 0; i < 8; i++)
        {
            var person = await volunteers.ScreenedAsync();
            offers.Add((person, await volunteers.OfferAsync(opening, person)));
        }

        var answers = await Task.WhenAll(offers.Select(o => o.Person.AcceptAsync(o.Offer)));

        var refused = answers.Where(a => a.StatusCode != HttpStatusCode.OK).ToList();
        Assert.Equal(7, refused.Count);
        foreach (var answer in refused) await Task.FromResult(answer).RefusesAsync(HttpStatusCode.Conflict, "opening_filled");
        Assert.Equal((OpeningState.Filled, 1), ((await volunteers.ReadAsync(opening)).State, (await volunteers.ReadAsync(opening)).Taken));
        Assert.Equal(1, await volunteers.InDbAsync(db => db.Assignments.CountAsync(a => a.OpeningId == opening.Id && a.State == AssignmentState.Accepted)));
    }

    [Fact]
    public async Task A_volunteer_who_accepts_many_places_of_one_hour_at_once_gets_one()
    {
        var person = await volunteers.ScreenedAsync();
        var offers = new List<AssignmentView>();
        for (var i = 0; i < 6; i++) // overlapping crosswise, so that each holds what others wait for
            offers.Add(await volunteers.OfferAsync(await volunteers.OpeningAsync(), person, volunteers.Shift(48 + i % 2), volunteers.Shift(60 - i % 2)));

        var answers = await Task.WhenAll(offers.Select(person.AcceptAsync));

        var refused = answers.Where(a => a.StatusCode != HttpStatusCode.OK).ToList();
        Assert.Equal(5, refused.Count);
        foreach (var answer in refused) await Task.FromResult(answer).RefusesAsync(HttpStatusCode.Conflict, "volunteer_double_booked");
        Assert.Equal(2, await volunteers.InDbAsync(db => db.Shifts.CountAsync(s => s.VolunteerId == person.Id && s.Held)));
    }

    [Fact]
    public async Task Accepting_and_cancelling_at_once_leaves_the_count_of_places_right()
    {
        var opening = await volunteers.OpeningAsync(people: 4);
        var assigned = new List<AssignmentView>();
        for (var i = 0; i < 4; i++) assigned.Add(await volunteers.AssignAsync(opening, await volunteers.ScreenedAsync()));
        var office = volunteers.Office();

        await Task.WhenAll(assigned.Take(3).SelectMany(a => new[] { 1, 2 }, (a, _) => office.PostAsync($"{WorkSteps.Assignments}/{a.Id}/cancel", new { why = "twice at once" })));

        Assert.Equal((OpeningState.Open, 1), ((await volunteers.ReadAsync(opening)).State, (await volunteers.ReadAsync(opening)).Taken));
    }
}
