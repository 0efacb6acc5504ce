namespace BetterConnections.Demo;

/// <summary>Somebody who gives the programme time.</summary>
internal sealed record Volunteer(Person Person, Guid Id);

/// <summary>Volunteers register themselves, apply and are screened.</summary>
internal sealed class Volunteers(People people)
{
    private Dictionary<Guid, Volunteer> _trainers = [];

    public Volunteer Assessor { get; private set; } = null!;
    public Volunteer Inspector { get; private set; } = null!;
    /// <summary>Who will teach.</summary>
    public IReadOnlyCollection<Volunteer> Trainers => _trainers.Values;

    public Volunteer? Trainer(Guid id) => _trainers.GetValueOrDefault(id);

    /// <summary>The two who look at rooms; that needs screening and no certificate.</summary>
    public async Task WelcomeFirstAsync()
    {
        (Assessor, Inspector) = (await ApplyAsync(people.Assessor, 3, "assessor"), await ApplyAsync(people.Inspector, 4, "inspector"));
        foreach (var volunteer in new[] { Assessor, Inspector }) await AcceptAsync(volunteer);
        Story.Tell("an assessor and an inspector applied as volunteers and were screened");
    }

    /// <summary>One more than <paramref name="count"/> apply, and one of them is rejected.</summary>
    public async Task WelcomeTrainersAsync(int count)
    {
        var applied = await Enumerable.Range(0, count + 1).AtOnceAsync(async i => await ApplyAsync(await people.RegisterAsync("volunteer", i + 1), i, "trainer", "monitor"));
        var rejected = applied[^1];
        await people.Office.PostAsync($"/api/volunteer/volunteers/{rejected.Id}/reject", new { why = "lives abroad for the next year" });
        await applied[..^1].AtOnceAsync(AcceptAsync);
        _trainers = applied[..^1].ToDictionary(v => v.Id);
    }

    private static async Task<Volunteer> ApplyAsync(Person person, int number, params string[] skills)
    {
        var home = Facilities.Zones[number % Facilities.Zones.Length];
        var applied = await person.PostAsync("/api/volunteer/volunteers", new
        {
            name = $"Volunteer {number + 1}",
            email = person.UserName,
            languages = home.Languages.Select((language, i) => new { language, level = i == 0 ? "Native" : "Good" }),
            skills,
            homeArea = home.Zone,
            homeLatitude = home.Latitude + number % 9 * 0.01,
            homeLongitude = home.Longitude - number % 7 * 0.01,
        });
        await person.PutAsync("/api/volunteer/me/availability", new
        {
            weekly = new[] { "Friday", "Saturday", "Sunday" }.Select(day => new { day, from = "08:00", to = "22:00" }),
            absences = Array.Empty<object>(),
        });
        return new(person, applied.Id());
    }

    private async Task<bool> AcceptAsync(Volunteer volunteer)
    {
        await people.Office.PostAsync($"/api/volunteer/volunteers/{volunteer.Id}/accept");
        return true;
    }
}
