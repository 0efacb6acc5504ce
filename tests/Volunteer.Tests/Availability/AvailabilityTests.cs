using System.Net;
using BetterConnections.Contracts;
using BetterConnections.Testing;
using BetterConnections.Volunteers.Availability;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Volunteers.Tests.Availability;

public class AvailabilityTests(VolunteerApp volunteers)
{
    private const string Own = Steps.Me + "/availability";
    private static readonly TimeSpan Qatar = TimeSpan.FromHours(3);

    /// <summary>Sunday the 6th of September 2026 and the days after it, on the clocks of Doha.</summary>
    private static DateTimeOffset Doha(int day, int hour, int minute = 0) => new(2026, 9, day, hour, minute, 0, Qatar);

    private async Task<Person> WithAsync(IReadOnlyList<SlotDetails> weekly, params AbsenceDetails[] absences)
    {
        var person = await volunteers.ScreenedAsync();
        var etag = (await person.Client.GetAsync(Own)).Headers.ETag!.Tag;
        (await person.Client.PutAsync(Own, new AvailabilityDetails(weekly, absences), etag)).EnsureSuccessStatusCode();
        return person;
    }

    private Task<bool> IsAvailableAsync(Person person, DateTimeOffset from, DateTimeOffset to) =>
        volunteers.InDbAsync(db => db.Volunteers.AnyAsync(v => v.Id == person.Id && db.IsAvailable(v.Id, from.ToUniversalTime(), to.ToUniversalTime(), "Asia/Qatar")));

    [Fact]
    public async Task A_shift_within_a_weekly_slot_is_possible_and_one_minute_more_is_not()
    {
        var person = await WithAsync([new(DayOfWeek.Sunday, new(18, 0), new(21, 0))]);

        Assert.True(await IsAvailableAsync(person, Doha(6, 18), Doha(6, 21)));
        Assert.True(await IsAvailableAsync(person, Doha(13, 19), Doha(13, 20)));
        Assert.False(await IsAvailableAsync(person, Doha(6, 17, 59), Doha(6, 21)));
        Assert.False(await IsAvailableAsync(person, Doha(6, 18), Doha(6, 21, 1)));
        Assert.False(await IsAvailableAsync(person, Doha(7, 18), Doha(7, 21)));
        // 18:00 to 21:00 in UTC is another time of the day.
        Assert.False(await IsAvailableAsync(person, Doha(6, 18) + Qatar, Doha(6, 21) + Qatar));
    }

    [Fact]
    public async Task Slots_that_touch_are_one_and_a_night_reaches_over_midnight()
    {
        var person = await WithAsync([new(DayOfWeek.Sunday, new(20, 0), new(22, 0)), new(DayOfWeek.Sunday, new(18, 0), new(20, 0)),
            new(DayOfWeek.Sunday, new(21, 30), new(0, 0)), new(DayOfWeek.Monday, new(0, 0), new(2, 0))]);

        Assert.True(await IsAvailableAsync(person, Doha(6, 18), Doha(7, 2)));
        Assert.False(await IsAvailableAsync(person, Doha(6, 18), Doha(7, 2, 1)));
        Assert.Equal([new(DayOfWeek.Sunday, new(18, 0), new(0, 0)), new(DayOfWeek.Monday, new(0, 0), new(2, 0))],
            (await person.Client.GetAsync<AvailabilityDetails>(Own)).Weekly);
    }

    [Fact]
    public async Task A_day_away_outweighs_the_week()
    {
        var person = await WithAsync([new(DayOfWeek.Sunday, new(0, 0), new(0, 0)), new(DayOfWeek.Monday, new(0, 0), new(0, 0))],
            new AbsenceDetails(new(2026, 9, 7), new(2026, 9, 7)));

        Assert.True(await IsAvailableAsync(person, Doha(6, 0), Doha(7, 0)));
        Assert.False(await IsAvailableAsync(person, Doha(6, 22), Doha(7, 1)));
        Assert.False(await IsAvailableAsync(person, Doha(7, 23), Doha(8, 0)));
        Assert.True(await IsAvailableAsync(person, Doha(14, 8), Doha(14, 9)));
    }

    [Fact]
    public async Task Who_has_named_no_time_is_not_taken_to_be_free() =>
        Assert.False(await IsAvailableAsync(await volunteers.ScreenedAsync(), Doha(6, 18), Doha(6, 19)));

    [Fact]
    public async Task The_list_finds_who_can_come_at_a_time()
    {
        var (person, office) = (await WithAsync([new(DayOfWeek.Sunday, new(18, 0), new(21, 0))]), volunteers.As(Roles.TrainingPartner));
        var list = $"{Steps.Volunteers}?search={person.Details.Email}&availableFrom=";

        Assert.Single((await office.GetAsync<Postgres.Page<VolunteerView>>($"{list}2026-09-06T18:00:00%2B03:00&availableTo=2026-09-06T20:00:00%2B03:00")).Items);
        Assert.Empty((await office.GetAsync<Postgres.Page<VolunteerView>>($"{list}2026-09-06T18:00:00Z&availableTo=2026-09-06T20:00:00Z")).Items);
        await office.GetAsync($"{list}2026-09-06T18:00:00Z").RefusesAsync(HttpStatusCode.BadRequest, "period_not_valid");
        await office.GetAsync($"{list}0001-01-01T00:00:00Z&availableTo=9999-12-31T00:00:00Z").RefusesAsync(HttpStatusCode.BadRequest, "period_too_long");
    }

    [Fact]
    public async Task Availability_is_replaced_whole_with_a_fresh_etag_and_by_its_volunteer_alone()
    {
        var person = await WithAsync([new(DayOfWeek.Sunday, new(18, 0), new(21, 0))], new AbsenceDetails(new(2026, 9, 7), new(2026, 9, 8)));
        var etag = (await person.Client.GetAsync(Own)).Headers.ETag!.Tag;
        var next = new AvailabilityDetails([new(DayOfWeek.Friday, new(9, 0), new(12, 0))], []);

        await person.Client.PutAsync(Own, next, ifMatch: null).RefusesAsync(HttpStatusCode.PreconditionRequired, "if_match_required");
        (await person.Client.PutAsync(Own, next, etag)).EnsureSuccessStatusCode();
        await person.Client.PutAsync(Own, next, etag).RefusesAsync(HttpStatusCode.PreconditionFailed, "etag_stale");

        var seen = await volunteers.As(Roles.ProgrammeOffice).GetAsync<AvailabilityDetails>($"{Steps.Volunteers}/{person.Id}/availability");
        Assert.Equal(next.Weekly, seen.Weekly);
        Assert.Empty(seen.Absences);
        await volunteers.As(Roles.Volunteer).GetAsync($"{Steps.Volunteers}/{person.Id}/availability").RefusesAsync(HttpStatusCode.NotFound, "volunteer_unknown");
        await volunteers.As(Roles.ProgrammeOffice).PutAsync(Own, next, "*").RefusesAsync(HttpStatusCode.Forbidden, "forbidden");
    }

    [Fact]
    public async Task A_time_that_ends_before_it_begins_is_refused()
    {
        var person = await volunteers.ApplyAsync();
        await person.Client.PutAsync(Own, new AvailabilityDetails([new(DayOfWeek.Sunday, new(21, 0), new(18, 0))], []), "*")
            .RefusesAsync(HttpStatusCode.BadRequest, "slot_not_valid");
        await person.Client.PutAsync(Own, new AvailabilityDetails([], [new(new(2026, 9, 8), new(2026, 9, 7))]), "*")
            .RefusesAsync(HttpStatusCode.BadRequest, "absence_not_valid");
    }

    [Fact]
    public async Task Who_leaves_out_the_week_or_the_absences_is_told_so()
    {
        var person = await volunteers.ApplyAsync();
        await person.Client.PutAsync(Own, new { absences = Array.Empty<object>() }, "*").RefusesAsync(HttpStatusCode.BadRequest, "validation_failed");
        await person.Client.PutAsync(Own, new { weekly = Array.Empty<object>() }, "*").RefusesAsync(HttpStatusCode.BadRequest, "validation_failed");
    }
}
