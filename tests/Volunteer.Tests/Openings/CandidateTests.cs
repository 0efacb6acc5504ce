using System.Net;
using BetterConnections.Contracts;
using BetterConnections.Testing;
using BetterConnections.Volunteers.Assignments;
using BetterConnections.Volunteers.Availability;
using BetterConnections.Volunteers.Openings;

namespace BetterConnections.Volunteers.Tests.Openings;

/// <summary>Ranks everybody there is, so it has a service of its own.</summary>
public class CandidateTests(FreshVolunteerApp volunteers) : IClassFixture<FreshVolunteerApp>
{
    [Fact]
    public async Task Every_candidate_shows_its_points_and_why()
    {
        var opening = await volunteers.OpeningAsync(AssignmentRole.Trainer, languages: ["hi", "ne"]);
        var person = await TrainerAsync(Steps.Details(languages: ["ne"]) with { HomeLatitude = WorkSteps.DohaLatitude, HomeLongitude = WorkSteps.DohaLongitude + 0.1 });
        await SetAvailabilityAsync(person, hours: 3);

        var candidate = Assert.Single(await CandidatesAsync(opening), c => c.VolunteerId == person.Id);

        Assert.Equal(["language", "qualification", "distance", "availability", "load"], candidate.Factors.Select(f => f.Name));
        Assert.Equal(["language_spoken", "certified_until", "distance_known", "free_hours", "hours_accepted"], candidate.Factors.Select(f => f.Why));
        Assert.Equal([17.5, 25, 10, 9, 8], candidate.Factors.Select(f => f.Name == "distance" ? Math.Round(f.Points) : f.Points));
        Assert.Equal([35d, 25, 20, 12, 8], candidate.Factors.Select(f => f.Most));
        // 0.1° of longitude there; the certificate's day is Doha's.
        var until = DateOnly.FromDateTime(volunteers.In(24 * 365).ToOffset(TimeSpan.FromHours(3)).DateTime);
        Assert.Equal(new Figures("ne", LanguageLevel.Native, 2, until, 10.1, WeeklyHours: 3, AwayDays: 0, FreeShifts: 0, LoadHours: 0), candidate.Figures);
        Assert.Equal(candidate.Factors.Sum(f => f.Points), candidate.Total, 0.3);
    }

    [Fact]
    public async Task Each_factor_ranks_when_all_else_is_equal()
    {
        var opening = await volunteers.OpeningAsync(AssignmentRole.Trainer, languages: ["hi", "ne"]);
        var here = Steps.Details(languages: ["hi"]) with { HomeLatitude = WorkSteps.DohaLatitude, HomeLongitude = WorkSteps.DohaLongitude };
        var best = await TrainerAsync(here);
        foreach (var worse in new[]
        {
            await TrainerAsync(here with { Languages = [new("ne", LanguageLevel.Native)] }),
            await TrainerAsync(here with { Languages = [new("hi", LanguageLevel.Fluent)] }),
            await TrainerAsync(here with { HomeLatitude = here.HomeLatitude + 0.05 }),
            await TrainerAsync(here with { HomeLatitude = null, HomeLongitude = null }),
            await TrainerAsync(here, validDays: 10),
            await BusyAsync(here),
        })
            Assert.True(await RankAsync(best) < await RankAsync(worse), $"{worse.Details}");
        var free = await TrainerAsync(here);
        await SetAvailabilityAsync(free, hours: 4);
        var away = await TrainerAsync(here);
        await SetAvailabilityAsync(away, hours: 4, away: [(0, 10), (5, 12)]);

        Assert.True(await RankAsync(free) < await RankAsync(away));
        Assert.True(await RankAsync(away) < await RankAsync(best));

        async Task<int> RankAsync(Person person) => (await CandidatesAsync(opening)).ToList().FindIndex(c => c.VolunteerId == person.Id);

        async Task<Person> BusyAsync(VolunteerDetails details)
        {
            var busy = await TrainerAsync(details);
            await volunteers.AssignAsync(await volunteers.OpeningAsync(), busy, volunteers.Shift(48, hours: 10), volunteers.Shift(72, hours: 10));
            return busy;
        }
    }

    [Fact]
    public async Task Nearer_never_ranks_lower_and_points_keep_to_their_bounds_whoever_applies()
    {
        var random = new Random(20261122);
        var opening = await volunteers.OpeningAsync(languages: ["bn"]);
        var people = new List<(Guid Id, double Km)>();
        for (var i = 0; i < 40; i++)
        {
            var (latitude, longitude) = (24.5 + random.NextDouble() * 1.7, 50.8 + random.NextDouble() * 0.8);
            var person = await volunteers.ScreenedAsync(Steps.Details(languages: ["bn"]) with { HomeLatitude = latitude, HomeLongitude = longitude });
            people.Add((person.Id, Km(latitude, longitude)));
        }

        var ranked = (await CandidatesAsync(opening)).ToList();

        var order = people.OrderBy(p => p.Km).Select(p => ranked.Single(c => c.VolunteerId == p.Id)).ToList();
        Assert.All(order.Zip(order.Skip(1)), pair => Assert.True(pair.First.Total >= pair.Second.Total));
        foreach (var (id, km) in people) // the distance is what another formula says
            Assert.Equal(km, ranked.Single(c => c.VolunteerId == id).Figures.Km!.Value, 0.25);
        Assert.All(ranked.SelectMany(c => c.Factors), f => Assert.InRange(f.Points, 0, f.Most));
        Assert.Equal(ranked.OrderByDescending(c => c.Factors[0].Points > 0).ThenByDescending(c => c.Total).Select(c => c.Total), ranked.Select(c => c.Total));
    }

    [Fact]
    public async Task Whose_home_is_not_known_gets_half_of_the_points_for_the_distance()
    {
        var opening = await volunteers.OpeningAsync(languages: ["tl"]);
        var person = await volunteers.ScreenedAsync(Steps.Details(languages: ["tl"]) with { HomeLatitude = null, HomeLongitude = null });

        var candidate = Assert.Single(await CandidatesAsync(opening), c => c.VolunteerId == person.Id);

        var distance = candidate.Factors[2];
        Assert.Equal(("distance_unknown", distance.Most / 2, (double?)null), (distance.Why, distance.Points, candidate.Figures.Km));
    }

    [Fact]
    public async Task Nobody_teaches_without_a_language_wanted_and_in_other_roles_who_speaks_none_stands_below_all_who_do()
    {
        var (teaching, watching) = (await volunteers.OpeningAsync(AssignmentRole.Trainer, languages: ["si", "ta"]), await volunteers.OpeningAsync(languages: ["si", "ta"]));
        var far = Steps.Details(languages: ["en"]) with { Languages = [new("ta", LanguageLevel.Basic)], HomeLatitude = 24.5, HomeLongitude = 50.8 };
        var near = Steps.Details(languages: ["ml"]) with { HomeLatitude = WorkSteps.DohaLatitude, HomeLongitude = WorkSteps.DohaLongitude };
        var (speaker, other) = (await TrainerAsync(far), await TrainerAsync(near));
        await SetAvailabilityAsync(other, hours: 4);

        var trainers = await CandidatesAsync(teaching);
        Assert.Contains(trainers, c => c.VolunteerId == speaker.Id);
        Assert.DoesNotContain(trainers, c => c.VolunteerId == other.Id);

        var monitors = (await CandidatesAsync(watching)).ToList();
        var (above, below) = (monitors.Single(c => c.VolunteerId == speaker.Id), monitors.Single(c => c.VolunteerId == other.Id));
        Assert.True(below.Total > above.Total, "Without the languages it would stand above.");
        Assert.True(monitors.IndexOf(above) < monitors.IndexOf(below));
        Assert.Equal((0d, "language_missing", (string?)null), (below.Factors[0].Points, below.Factors[0].Why, below.Figures.Language));
    }

    [Fact]
    public async Task Who_is_free_at_the_shifts_is_found_by_the_week_the_absences_and_the_other_shifts()
    {
        var opening = await volunteers.OpeningAsync(languages: ["tl"]);
        var details = Steps.Details(languages: ["tl"]);
        var (free, away, booked, never) = (await TrainerAsync(details), await TrainerAsync(details), await TrainerAsync(details), await TrainerAsync(details));
        // Fridays from 9 to 13 in Doha, which is three hours ahead of UTC.
        var friday = new DateTimeOffset(volunteers.In(24 * 3).UtcDateTime.Date, TimeSpan.Zero);
        while (friday.DayOfWeek != DayOfWeek.Friday) friday = friday.AddDays(1);
        ShiftTime[] shifts = [new(friday.AddHours(6), friday.AddHours(8)), new(friday.AddDays(7).AddHours(8), friday.AddDays(7).AddHours(10))];
        await SetAvailabilityAsync(free, hours: 4);
        var today = DateOnly.FromDateTime(volunteers.Clock.GetUtcNow().DateTime);
        var until = DateOnly.FromDateTime(friday.DateTime).DayNumber - today.DayNumber;
        await SetAvailabilityAsync(away, hours: 4, away: [(0, until)]);
        await SetAvailabilityAsync(booked, hours: 4);
        await volunteers.AssignAsync(await volunteers.OpeningAsync(), booked, new ShiftTime(shifts[1].Starts.AddHours(1), shifts[1].Ends.AddHours(1)));
        var path = $"{WorkSteps.Openings}/{opening.Id}/candidates?limit=200" + string.Concat(shifts.Select(s => $"&shift={s.Starts:yyyy-MM-ddTHH:mm}Z/{s.Ends:yyyy-MM-ddTHH:mm}Z"));

        var found = (await volunteers.Office().GetAsync<List<Candidate>>(path)).ToDictionary(c => c.VolunteerId, c => (c.Factors[3].Why, c.Factors[3].Points, c.Figures.FreeShifts));

        Assert.Equal(("free_at_shifts", 12d, 2), found[free.Id]);
        Assert.Equal(("free_at_shifts", 6d, 1), found[away.Id]);
        Assert.Equal(("free_at_shifts", 6d, 1), found[booked.Id]);
        Assert.Equal(("free_at_shifts", 0d, 0), found[never.Id]);
        foreach (var shift in new[] { "tomorrow", "2026-12-04T15:00Z", "2026-12-04T17:00Z/2026-12-04T15:00Z" })
            await volunteers.Office().GetAsync($"{WorkSteps.Openings}/{opening.Id}/candidates?shift={shift}").RefusesAsync(HttpStatusCode.BadRequest, "shifts_not_valid");
    }

    [Fact]
    public async Task Who_cannot_be_assigned_is_no_candidate()
    {
        var (trainer, monitor) = (await volunteers.OpeningAsync(AssignmentRole.Trainer, topics: ["computer-basics", "labour-rights"]), await volunteers.OpeningAsync(people: 2));
        var (applied, partly, offered) = (await volunteers.ApplyAsync(), await volunteers.CertifiedAsync("labour-rights"), await volunteers.ScreenedAsync());
        var both = await volunteers.CertifiedAsync("labour-rights");
        await volunteers.DeliverAsync(new VolunteerCertified(both.Id, Guid.NewGuid(), ["computer-basics"], volunteers.In(24 * 9), volunteers.In(-1)));
        await volunteers.OfferAsync(monitor, offered);

        var (trainers, monitors) = (await IdsAsync(trainer), await IdsAsync(monitor));

        Assert.DoesNotContain(applied.Id, monitors);
        Assert.DoesNotContain(partly.Id, trainers);
        Assert.DoesNotContain(offered.Id, monitors);
        Assert.Contains(both.Id, trainers);
        Assert.Contains(partly.Id, monitors);

        async Task<HashSet<Guid>> IdsAsync(OpeningView opening) => [.. (await CandidatesAsync(opening)).Select(c => c.VolunteerId)];
    }

    [Fact]
    public async Task A_filled_opening_has_no_candidates_and_the_list_is_as_long_as_asked_for()
    {
        var opening = await volunteers.OpeningAsync();
        for (var i = 0; i < 3; i++) await volunteers.ScreenedAsync();
        Assert.Equal(2, (await volunteers.Office().GetAsync<List<Candidate>>($"{WorkSteps.Openings}/{opening.Id}/candidates?limit=2")).Count);
        await volunteers.Office().GetAsync($"{WorkSteps.Openings}/{opening.Id}/candidates?limit=500").RefusesAsync(HttpStatusCode.BadRequest, "validation_failed");

        await volunteers.AssignAsync(opening, await volunteers.ScreenedAsync());

        await volunteers.Office().GetAsync($"{WorkSteps.Openings}/{opening.Id}/candidates").RefusesAsync(HttpStatusCode.Conflict, "opening_filled");
        await volunteers.Office().GetAsync($"{WorkSteps.Openings}/{Guid.NewGuid()}/candidates").RefusesAsync(HttpStatusCode.NotFound, "opening_unknown");
    }

    private async Task<IReadOnlyList<Candidate>> CandidatesAsync(OpeningView opening) =>
        await volunteers.Office().GetAsync<List<Candidate>>($"{WorkSteps.Openings}/{opening.Id}/candidates?limit=200");

    private async Task<Person> TrainerAsync(VolunteerDetails details, int validDays = 365)
    {
        var unique = Guid.NewGuid().ToString("n")[..10];
        var person = await volunteers.ScreenedAsync(details with { Email = $"{unique}@example.org" });
        await volunteers.DeliverAsync(new VolunteerCertified(person.Id, Guid.NewGuid(), ["computer-basics"], volunteers.In(24 * validDays), volunteers.In(-1)));
        return person;
    }

    private async Task SetAvailabilityAsync(Person person, int hours, params (int First, int Last)[] away)
    {
        var etag = (await person.Client.GetAsync(Steps.Me + "/availability")).Headers.ETag!.Tag;
        var today = DateOnly.FromDateTime(volunteers.Clock.GetUtcNow().DateTime);
        await (await person.Client.PutAsync(Steps.Me + "/availability", new AvailabilityDetails([new(DayOfWeek.Friday, new(9, 0), new(9 + hours, 0))],
            [.. away.Select(a => new AbsenceDetails(today.AddDays(a.First), today.AddDays(a.Last)))]), etag)).ReadAsync<AvailabilityDetails>();
    }

    /// <summary>On a plane, which is near enough over Qatar.</summary>
    private static double Km(double latitude, double longitude)
    {
        var (north, east) = ((latitude - WorkSteps.DohaLatitude) * 111.195, (longitude - WorkSteps.DohaLongitude) * 111.195 * Math.Cos((latitude + WorkSteps.DohaLatitude) / 2 * Math.PI / 180));
        return Math.Sqrt(north * north + east * east);
    }
}
