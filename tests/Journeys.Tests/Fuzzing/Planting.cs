using BetterConnections.Contracts;
using BetterConnections.Testing;

namespace BetterConnections.Journeys.Tests.Fuzzing;

/// <summary>Brings everybody who asks, with something of each tenant to be found in every service.</summary>
internal sealed class Planting(WholeSystem system)
{
    private const string Inventory = "/api/inventory", Evaluation = "/api/evaluation", Checklist = "bc-facility";
    private readonly Person _office = system.Office;
    private readonly Staff _staff = system.Staff;
    private readonly List<Tenant> _tenants = [];

    public async Task<IReadOnlyList<Tenant>> EverybodyAsync()
    {
        var (school, evaluator) = (await system.School.OpenAsync(), await _staff.HireAsync(Roles.Evaluator));
        var facility = (await _office.FacilityAsync(school.Facility)).Code;
        var warehouse = await _staff.WarehouseAsync();
        for (var i = 0; i < 2; i++)
        {
            await PlantEmployerAsync($"employer {i}");
            await PlantDonorAsync($"donor {i}");
            await PlantClubAsync($"{Roles.Club} {i}", warehouse);
            await PlantRecyclerAsync($"{Roles.Recycler} {i}", warehouse);
            await PlantVolunteerAsync($"{Roles.Volunteer} {i}", school, evaluator, facility);
            await PlantPartnerSystemAsync($"partner system {i}", facility);
        }
        await PlantWorkerAsync(school, evaluator, facility);
        await PlantBystandersAsync();

        Ask(Roles.Operator, await _staff.HireAsync(Roles.Operator), isConfined: true);
        foreach (var role in (string[])[Roles.Logistics, Roles.Regulator, Roles.TrainingPartner]) Ask(role, await _staff.HireAsync(role), isConfined: false);
        Ask(Roles.Evaluator, evaluator, isConfined: false);
        Ask("partner system with all scopes", await _staff.PartnerSystemAsync(NextMark(), "identity.read", "inventory.read", "inventory.write", "enrollment.read", "enrollment.write", "volunteer.read",
            "training.read", "training.write", "training.xapi", "evaluation.read", "evaluation.interviews", "evaluation.submit", "evaluation.webhooks"), isConfined: false);
        Ask("programme office", _office, isConfined: false);
        Ask("nobody", null, isConfined: true);
        foreach (var (name, token) in Forgery.Of(await _office.TokenAsync())) _tenants.Add(new(name, null, NextMark(), IsConfined: true, token));
        return _tenants;
    }

    /// <summary>As short as a card's code, in which it stands as in any text.</summary>
    private static string NextMark() => $"{Tenant.Mark}{Guid.NewGuid():n}"[..24].ToUpperInvariant();

    private void Ask(string name, Person? person, bool isConfined, string? mark = null) => _tenants.Add(new(name, person, mark ?? NextMark(), isConfined));

    private async Task PlantEmployerAsync(string name)
    {
        var (mark, employer) = (NextMark(), await _staff.ApprovedEmployerAsync());
        var facility = await employer.ApplyAsync(await employer.AddSiteAsync($"{mark} camp", facilities: 4));
        await employer.ApplyAsync(await employer.AddSiteAsync($"{mark} annex", facilities: 1));
        (await _office.TryPostAsync($"/api/enrollment/facilities/{facility.Id}/withdraw", new { why = $"{mark} is sold." })).Read();
        Ask(name, employer, isConfined: true, mark);
    }

    private async Task PlantDonorAsync(string name)
    {
        var mark = NextMark();
        var id = (await _office.PostAsync<Named>($"{Inventory}/donors", new { name = $"{mark} company", kind = "Company" })).Id;
        var donor = await _staff.HireAsync(Roles.Donor, id);
        await donor.PostAsync<Named>($"{Inventory}/donations", new { description = $"{mark} computers", expectedDevices = 40 });
        Ask(name, donor, isConfined: true, mark);
    }

    /// <summary>A school's club with a work order in hand and one that is done.</summary>
    private async Task PlantClubAsync(string name, Person warehouse)
    {
        var (mark, organisation) = (NextMark(), Guid.NewGuid());
        var club = await _staff.HireAsync(Roles.Club, organisation);
        var clubId = await PlaceAsync(warehouse, "Club", $"{mark} school", organisation);
        var checks = await club.GetAsync<string[]>($"{Inventory}/work-orders/checks");
        foreach (var isDone in (bool[])[false, true])
        {
            var device = await TriagedAsync(warehouse);
            var order = $"{Inventory}/work-orders/{(await warehouse.PostAsync<Named>($"{Inventory}/work-orders", new { clubId, note = $"{mark} first" })).Id}";
            Assert.Equal(1, (await warehouse.PostAsync<ScanAnswer>($"{order}/devices", new { barcodes = new[] { device.Barcode } })).Done);
            await warehouse.PostAsync<Named>($"{order}/hand-over");
            if (!isDone) continue;
            var result = new { barcode = device.Barcode, checks = checks.Select(item => new { item, outcome = "Passed" }), parts = new[] { new { part = $"{mark} keyboard", quantity = 1 } } };
            Assert.Equal(1, (await club.PostAsync<ScanAnswer>($"{order}/results", new { results = new[] { result } })).Done);
        }
        Ask(name, club, isConfined: true, mark);
    }

    /// <summary>A recycler with a lot to fetch and one that it has signed for.</summary>
    private async Task PlantRecyclerAsync(string name, Person warehouse)
    {
        var (mark, organisation) = (NextMark(), Guid.NewGuid());
        var recycler = await _staff.HireAsync(Roles.Recycler, organisation);
        var recyclerId = await PlaceAsync(warehouse, "Recycler", $"{mark} smelter", organisation);
        foreach (var isDone in (bool[])[false, true])
        {
            var device = await TriagedAsync(warehouse);
            await warehouse.ScanAsync("Retire", [device], why: "broken");
            var batch = $"{Inventory}/ewaste/{(await warehouse.PostAsync<Named>($"{Inventory}/ewaste", new { recyclerId })).Id}";
            Assert.Equal(1, (await warehouse.PostAsync<ScanAnswer>($"{batch}/scan", new { barcodes = new[] { device.Barcode } })).Done);
            await warehouse.PostAsync<Named>($"{batch}/hand-over");
            if (isDone) await recycler.PostAsync<Named>($"{batch}/confirm", new { weightKg = 6.5, certificate = $"{mark} certificate" });
        }
        Ask(name, recycler, isConfined: true, mark);
    }

    /// <summary>A volunteer who has learned and is certified, and has questionnaires on a phone.</summary>
    private async Task PlantVolunteerAsync(string name, School school, Person evaluator, string facility)
    {
        var (mark, volunteer) = (NextMark(), await _staff.HireAsync(Roles.Volunteer));
        var id = await volunteer.ApplyAsVolunteerAsync($"{mark} Nair");
        await _office.ScreenAsync(id);
        var course = await school.Partner.WriteDownCourseAsync("Hall 3");
        await school.Partner.MarkAsync(course.Id, $"{id}");
        await school.Partner.DeliverAsync(course.Id);
        await volunteer.PassAsync(school.Quizzes);
        await volunteer.CertifiedAsync();

        var number = (await volunteer.GetAsync<Numbered>("/api/volunteer/me")).Number;
        var collector = new { label = $"{mark} phone", forms = new[] { Checklist }, facilities = new[] { facility }, validUntil = DateTimeOffset.UtcNow.AddDays(1), volunteer = number };
        await HeardAsync(() => evaluator.TryPostAsync($"{Evaluation}/collectors", collector));
        Ask(name, volunteer, isConfined: true, mark);
    }

    /// <summary>A partner that sends interviews and may read none, not even its own.</summary>
    private async Task PlantPartnerSystemAsync(string name, string facility)
    {
        var mark = NextMark();
        var partner = await _staff.PartnerSystemAsync($"{mark} survey system", "evaluation.submit");
        var version = await system.Books.OneAsync<string>("evaluation", $"select form_version from instrument_versions where form_id = '{Checklist}' and state = 'Published' order by number desc limit 1");
        var interview = new { instanceId = $"{mark}-1", formId = Checklist, formVersion = version, facility, answers = new Dictionary<string, int> { ["OB1"] = 20, ["OB2"] = 10, ["OB3"] = 9 } };
        // Refused until Evaluation has heard of the facility.
        await Eventually.BecomesAsync(async () => (await partner.PostAsync<BulkReport>($"{Evaluation}/submissions/bulk", new { submissions = new[] { interview } })).Results.Single(),
            result => result.Outcome == "Stored", TimeSpan.FromMinutes(1));
        Ask(name, partner, isConfined: true, mark);
    }

    /// <summary>Somebody who asks nothing, and whom nobody of the confined may see: a worker who has joined, learned, has a certificate and is drawn to be asked.</summary>
    private async Task PlantWorkerAsync(School school, Person evaluator, string facility)
    {
        var card = NextMark();
        (await school.JoinAsync(card)).Read();
        var session = await school.WriteDownSessionAsync();
        await school.Partner.MarkAsync(session.Id, card);
        await school.Partner.DeliverAsync(session.Id);

        var (wave, opens) = ($"F{Guid.NewGuid():n}"[..20], DateTimeOffset.UtcNow.AddHours(1)); // and earlier by hand
        var plan = new { instruments = new[] { "I1" }, opens, closes = opens.AddDays(1), facilities = new[] { facility } };
        await evaluator.PostAsync<Coded>($"{Evaluation}/waves", new { code = wave, kind = "Baseline", simulated = true, plan });
        await evaluator.PostAsync<object>($"{Evaluation}/waves/{wave}/analysis-plans", new { text = $"{card}: what is compared is written down before." });
        await HeardAsync(() => evaluator.TryPostAsync($"{Evaluation}/waves/{wave}/open"));
        await HeardAsync(() => evaluator.TryPostAsync($"{Evaluation}/waves/{wave}/samples", new { perCluster = 5 }));
    }

    /// <summary>Several, for some are deleted.</summary>
    private async Task PlantBystandersAsync()
    {
        for (var i = 0; i < 5; i++)
        {
            var name = $"{Known.Bystander}{Guid.NewGuid():n}";
            await _office.PostAsync<object>("/api/identity/accounts", new { userName = $"{name}@example.org", roles = new[] { Roles.Donor }, organisationId = Guid.NewGuid() });
            await _staff.PartnerSystemAsync(name, "inventory.read");
        }
    }

    /// <summary>Refused until Evaluation has heard of whom and what it is about.</summary>
    private static Task<Answer> HeardAsync(Func<Task<Answer>> ask) => Eventually.BecomesAsync(ask, answer => answer.IsDone, TimeSpan.FromMinutes(1));

    /// <summary>A thin client, which has nothing to wipe.</summary>
    private static async Task<Device> TriagedAsync(Person warehouse)
    {
        var device = await warehouse.RegisterAsync("Desktop", $"F{Guid.NewGuid():n}");
        await warehouse.ScanAsync("Triage", [device]);
        return device;
    }

    private static async Task<Guid> PlaceAsync(Person warehouse, string kind, string name, Guid organisationId) =>
        (await warehouse.PostAsync<Named>($"{Inventory}/locations", new { code = $"F{Guid.NewGuid():n}"[..12], name, kind, organisationId })).Id;

    private sealed record Named(Guid Id);

    private sealed record Coded(string Code);

    private sealed record Numbered(string Number);

    private sealed record BulkReport(IReadOnlyList<BulkResult> Results);

    private sealed record BulkResult(string Outcome, string? Code, string? Detail);
}
