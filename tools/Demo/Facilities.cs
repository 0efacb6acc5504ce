namespace BetterConnections.Demo;

/// <summary>Employers register themselves, are approved, apply for facilities and prepare the rooms until inspection finds nothing missing.</summary>
internal sealed class Facilities(People people, Volunteers volunteers, Assignments assignments)
{
    internal static readonly (string Zone, double Latitude, double Longitude, string[] Languages)[] Zones =
    [
        ("Industrial Area", 25.195, 51.435, ["hi", "bn", "ne"]), ("Al Khor", 25.684, 51.505, ["ur", "hi", "ml"]),
        ("Umm Salal", 25.415, 51.404, ["ne", "hi", "en"]), ("Mesaieed", 24.992, 51.549, ["tl", "ta", "si"]), ("Al Wakrah", 25.171, 51.603, ["bn", "ar", "ur"]),
    ];

    /// <summary>A picture of one pixel: evidence is checked by its content, so it has to be a real one.</summary>
    private static readonly byte[] Photograph = Convert.FromBase64String(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

    /// <summary>From when on the rounds of assessor and inspector are planned, half an hour for each room.</summary>
    private readonly DateTimeOffset _rounds = DateTimeOffset.UtcNow.AddHours(1);

    /// <summary>In the order in which their spaces became ready, the order in which they are to be served.</summary>
    public IReadOnlyList<Guid> Ready { get; private set; } = [];

    public async Task PrepareAsync(int count)
    {
        var employers = await Enumerable.Range(1, 6).AtOnceAsync(EnrollAsync);
        Story.Tell($"{employers.Length} employers registered themselves and were approved");

        var facilities = await Enumerable.Range(0, count).AtOnceAsync(i => ApplyAsync(employers[i % employers.Length], i));
        Story.Tell($"{count} facilities applied for and their needs assessed by a volunteer");

        await facilities.AtOnceAsync(f => PrepareRoomAsync(f.Employer, f.Id));
        Story.Tell($"{count} rooms prepared: every checklist item with a photograph or a note, and inspected");

        // One after the other, so that it is known whose turn comes first.
        foreach (var (_, id) in facilities) await people.Inspector.PostAsync($"/api/enrollment/facilities/{id}/space-ready");
        Ready = [.. facilities.Select(f => f.Id)];
        Story.Tell($"{count} spaces declared ready, which asks for their kits");
    }

    private async Task<Person> EnrollAsync(int number)
    {
        var employer = await people.RegisterAsync("employer", number);
        var registered = await employer.PostAsync("/api/enrollment/employers", new { commercialRegistration = $"{70_000 + number}", name = $"Contractor {number} W.L.L." });
        await people.Office.PostAsync($"/api/enrollment/employers/{registered.Id()}/approve");
        return employer;
    }

    private async Task<(Person Employer, Guid Id)> ApplyAsync(Person employer, int number)
    {
        var (zone, latitude, longitude, languages) = Zones[number % Zones.Length];
        var site = await employer.PostAsync("/api/enrollment/sites", new
        {
            name = $"Accommodation {number + 1}",
            address = $"Street {number + 1}, {zone}",
            zone,
            latitude = latitude + number % 7 * 0.003,
            longitude = longitude + number % 5 * 0.003,
            residents = 600 + number % 10 * 20,
            languages,
        });
        var facility = (await employer.PostAsync("/api/enrollment/facilities", new { siteId = site.Id() })).Id();
        await SendAsync(volunteers.Assessor, "Assessor", facility, number);
        await people.Assessor.PostAsync($"/api/enrollment/facilities/{facility}/needs-assessment", new
        {
            languages,
            literatePercent = 80,
            topics = new[] { "computer-basics", "keeping-in-touch", "labour-rights", "money-transfer" },
            roomSquareMetres = 36,
            signal = "Good",
        });
        await SendAsync(volunteers.Inspector, "Inspector", facility, number);
        return (employer, facility);
    }

    /// <summary>The facility asked for somebody in this role by itself. Whoever accepts is known there from then on.</summary>
    private async Task SendAsync(Volunteer volunteer, string role, Guid facility, int number)
    {
        var opening = (await assignments.OpeningsAsync(facility, role, 1))[0];
        await assignments.TakeAsync(opening.Id(), volunteer, [new(_rounds.AddMinutes(30 * number), _rounds.AddMinutes(30 * number + 30))]);
        await volunteer.Person.WaitForAsync($"/api/enrollment/facilities/{facility}", _ => true, $"the {role} to be known at the facility");
    }

    private async Task<bool> PrepareRoomAsync(Person employer, Guid facility)
    {
        var address = $"/api/enrollment/facilities/{facility}/checklist";
        foreach (var item in (await employer.GetAsync(address)).Each("items"))
        {
            var code = item.Text("item");
            if (item.GetProperty("evidenceNeeded").GetBoolean()) await employer.UploadAsync($"{address}/{code}/evidence?fileName={code}.png", Photograph, "image/png");
            await employer.PostAsync($"{address}/{code}/done", new { note = "as the guideline says" });
            await people.Inspector.PostAsync($"{address}/{code}/inspect", new { passed = true });
        }
        Story.Expect(!(await employer.GetAsync(address)).Each("missing").Any(), "nothing is missing after inspection");
        return true;
    }
}
