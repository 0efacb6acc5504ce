using System.Net;
using System.Text.Json;

namespace BetterConnections.Demo;

/// <summary>A team's phone, and the facilities it goes to.</summary>
internal sealed record FieldTeam(Guid Collector, SurveyPhone Phone, IReadOnlyList<string> Facilities);

/// <summary>Who asks: five teams, each with a phone that was made ready by scanning a code and that lists the workers of the team's own facilities only.</summary>
internal sealed class FieldTeams(People people, HttpClient gateway)
{
    public const string Baseline = "bc-worker-baseline", Endline = "bc-worker-endline", FollowUp = "bc-worker-follow-up", Employer = "bc-employer", Checklist = "bc-facility";
    private const int Count = 5;
    private static readonly string[] Forms = [Baseline, Endline, FollowUp, Employer, Checklist];

    public IReadOnlyList<FieldTeam> All { get; private set; } = [];
    /// <summary>Codes of the open facilities, in their order.</summary>
    public IReadOnlyList<string> Open { get; private set; } = [];
    /// <summary>Of those whose room is ready and whose kit has not come.</summary>
    public IReadOnlyList<string> Waiting { get; private set; } = [];
    public IEnumerable<string> Everywhere => Open.Concat(Waiting);

    public async Task EquipAsync()
    {
        (Open, Waiting) = (await CodesAsync("Open"), await CodesAsync("SpaceReady"));
        All = await Enumerable.Range(0, Count).AtOnceAsync(EquipAsync);
        Story.Tell($"{Count} phones made ready by scanning a code; each has {Forms.Length} forms and lists the workers of its own facilities only");
    }

    /// <summary>Who helps at open facilities finds their checklist in the portal, to answer it on a phone of their own.</summary>
    public async Task EquipVolunteersAsync(Volunteers volunteers)
    {
        var helping = (await people.Office.ListAsync("/api/volunteer/assignments?state=Accepted"))
            .Where(a => volunteers.Trainer(a.Id("volunteerId")) is not null && Open.Contains(a.Text("facilityCode")))
            .GroupBy(a => (Id: a.Id("volunteerId"), Number: a.Text("volunteerNumber")), a => a.Text("facilityCode")).ToList();
        await helping.AtOnceAsync(async helper =>
        {
            await people.Evaluator.PostAsync("/api/evaluation/collectors", new
            {
                label = $"Checklist of {helper.Key.Number}",
                forms = new[] { Checklist },
                facilities = helper.Distinct(),
                volunteer = helper.Key.Number,
                validUntil = DateTimeOffset.UtcNow.AddDays(90),
            });
            var own = await volunteers.Trainer(helper.Key.Id)!.Person.GetAsync("/api/evaluation/my/collectors");
            Story.Expect(own.EnumerateArray().Single().Each("forms").Single().Text("id") == Checklist, "a volunteer finds the questionnaire in the portal");
            return true;
        });
        Story.Tell($"{helping.Count} volunteers have the checklist of the facilities where they help in the portal");
    }

    public FieldTeam Of(string facility) => All.First(t => t.Facilities.Contains(facility));

    /// <summary>A phone that was lost, its address revoked, can send nothing more.</summary>
    public async Task LoseAPhoneAsync()
    {
        var lost = await EquipAsync(0);
        await people.Evaluator.PostAsync($"/api/evaluation/collectors/{lost.Collector}/revoke");
        await lost.Phone.RefusedAsync(lost.Phone.Form(Checklist).Fill((_, choices) => choices.FirstOrDefault()), HttpStatusCode.Forbidden);
        Story.Tell("a lost phone revoked; what it sends is refused from then on");
    }

    private async Task<IReadOnlyList<string>> CodesAsync(string state) =>
        [.. (await people.Office.ListAsync($"/api/enrollment/facilities?state={state}")).Select(f => f.Text("code")).Order(StringComparer.Ordinal)];

    private async Task<FieldTeam> EquipAsync(int number)
    {
        var facilities = Everywhere.Where((_, i) => i % Count == number).ToList();
        var issued = await people.Evaluator.PostAsync("/api/evaluation/collectors",
            new { label = $"Team {number + 1}", forms = Forms, facilities, validUntil = DateTimeOffset.UtcNow.AddDays(90) });
        Story.Expect((await people.Visitor.FileAsync(issued.Text("qrUrl"), "image/png")).AsSpan(1).StartsWith("PNG"u8), "a phone's settings come as a code to scan");
        var settings = JsonSerializer.Deserialize<JsonElement>(await people.Visitor.ReadAsync(issued.Text("settingsUrl")));
        var phone = new SurveyPhone(gateway, settings.GetProperty("general").Text("server_url"), $"demo-phone-{number + 1}");
        await phone.UpdateAsync();
        return new(issued.GetProperty("collector").Id(), phone, facilities);
    }
}
