using System.Text.Json;

namespace BetterConnections.Demo;

/// <summary>The books at the end: what came in must be somewhere, and the services must tell the same.</summary>
internal sealed class Balance(People people)
{
    public async Task PrintAsync(Donations donations, Deliveries deliveries)
    {
        var devices = (await people.Warehouse.ListAsync("/api/inventory/devices")).CountBy(d => d.Text("state")).ToDictionary();
        var facilities = (await people.Office.ListAsync("/api/enrollment/facilities")).CountBy(f => f.Text("state")).ToDictionary();

        Story.Chapter("The books");
        Row("devices received", donations.Accepted);
        Row("rows refused", donations.Refused);
        foreach (var state in new[] { "InStock", "Reserved", "InTransit", "Deployed", "Faulty", "Lost", "Retired", "Recycled" })
            Row($"  {state}", devices.GetValueOrDefault(state));
        foreach (var (state, count) in facilities.OrderBy(f => f.Key)) Row($"facilities {state}", count);

        Story.Expect(devices.Values.Sum() == donations.Accepted, "every device received is in the books once");
        Story.Expect(devices.GetValueOrDefault("Deployed") == deliveries.Opened * 11, "every open facility has ten computers and a modem");
        Story.Expect(facilities.GetValueOrDefault("Open") == deliveries.Opened, "what was opened is open");
    }

    public async Task PrintAsync(Volunteers volunteers, SiteVisits visits, int assignments)
    {
        var states = (await people.Office.ListAsync("/api/volunteer/volunteers")).CountBy(v => v.Text("state")).ToDictionary();
        var accepted = (await people.Office.ListAsync("/api/volunteer/assignments?state=Accepted")).Count;
        var minutes = (await people.Office.ListAsync("/api/volunteer/hours?by=Role")).Sum(h => h.Number("minutes"));

        foreach (var (state, count) in states.OrderBy(s => s.Key)) Row($"volunteers {state}", count);
        Row("assignments accepted", accepted);
        Row("hours approved", minutes / 60);

        Story.Expect(states.GetValueOrDefault("Active") + states.GetValueOrDefault("Certified") == volunteers.Trainers.Count + 2, "every volunteer who was screened is certified or at work");
        Story.Expect(accepted == assignments, "every assignment is in the books once");
        Story.Expect(minutes == visits.Minutes, "the hours approved are those that were worked");
    }

    public async Task PrintAsync(Volunteers volunteers, Sessions sessions, Deliveries deliveries)
    {
        var delivered = await people.TrainingPartner.ListAsync("/api/training/sessions?state=Delivered&audience=Workers");
        var attended = delivered.Sum(s => s.Number("attended"));
        var marks = (await delivered.AtOnceAsync(s => people.TrainingPartner.ListAsync($"/api/training/sessions/{s.Id()}/attendance/marks"))).SelectMany(m => m).ToList();
        var certificates = (await people.TrainingPartner.ListAsync("/api/training/certificates")).Count;

        Row("workers joined", sessions.Workers);
        Row("sessions delivered", delivered.Count);
        Row("people attended", attended);
        Row("certificates", certificates);

        Story.Expect(delivered.Count == deliveries.Opened && delivered.All(s => s.Number("attended") > 0), "every facility that was opened had its session");
        Story.Expect(attended == sessions.Attended, "as many attended as were marked, late ones too");
        Story.Expect(marks.Count == attended && marks.DistinctBy(m => m.Id("learnerId")).Count() == attended, "each mark is kept once");
        Story.Expect(certificates == attended + volunteers.Trainers.Count, "who completed a course has one certificate");
        await AgreeAsync(("facilities-opened", deliveries.Opened), ("sessions-delivered", delivered.Count + 1), ("attendances", attended + volunteers.Trainers.Count),
            ("courses-completed", certificates), ("volunteers-certified", volunteers.Trainers.Count));
        Row("seconds", (int)Math.Round(Story.Clock.Elapsed.TotalSeconds));
    }

    /// <summary>Evaluation counts from events alone, and comes to the same.</summary>
    private async Task AgreeAsync(params (string Figure, int Value)[] expected)
    {
        foreach (var (figure, value) in expected)
            await people.Office.WaitForAsync("/api/evaluation/account/figures", all => all.EnumerateArray().Single(f => f.Text("code") == figure).GetProperty("value") is
                { ValueKind: JsonValueKind.Number } counted && counted.GetDecimal() == value, $"Evaluation to count {value} {figure}");
    }

    private static void Row(string what, int count) => Console.WriteLine($"  {what,-24} {count,8}");
}
