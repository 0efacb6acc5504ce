using System.Globalization;
using System.Text.Json;
using System.Xml.Linq;

namespace BetterConnections.Demo;

/// <summary>What was given is entered in the ledger, and the scorecard, which everybody may read, tells what came of it. The amounts are made up.</summary>
internal sealed class ProgrammeAccount(People people)
{
    private const string Ledger = "/api/evaluation/ledger";
    private static readonly DateOnly Today = DateOnly.FromDateTime(DateTime.UtcNow);

    /// <summary>Evaluation has counted what the other services did: it hears of it by events, in its own time.</summary>
    public Task<JsonElement> CountsAsync(string figure, int value) => people.Office.WaitForAsync("/api/evaluation/account/figures",
        all => all.EnumerateArray().Single(f => f.Text("code") == figure).GetProperty("value") is { ValueKind: JsonValueKind.Number } counted && counted.GetDecimal() == value,
        $"Evaluation to count {value} {figure}");

    public async Task EnterAsync()
    {
        foreach (var (code, name) in new[] { ("giver:programme-fund", "The programme's fund"), ("giver:software-partner", "The software partner"),
            ("giver:internet-partner", "The internet partner"), ("purpose:coordination", "Coordination"), ("purpose:software", "Software"), ("purpose:connectivity", "Connectivity") })
            await people.Office.PostAsync($"{Ledger}/accounts", new { code, name });

        await GiveAsync("programme-fund", "coordination", 120_000, "Cash", "AsPaid", "Salaries of the programme office", "payroll 2026-11");
        await GiveAsync("software-partner", "software", 310_000, "InKind", "ListPrice", "Licences of the desktop operating system", "agreement AGR-2026-01");
        var mistake = await GiveAsync("internet-partner", "connectivity", 900_000, "InKind", "MarketPrice", "Connections for a year", "tariff of November 2026");
        await people.Office.PostAsync($"{Ledger}/entries/{mistake.Id()}/reverse", new { why = "a nought too many" });
        await GiveAsync("internet-partner", "connectivity", 90_000, "InKind", "MarketPrice", "Connections for a year", "tariff of November 2026");

        // What events told of waits for a rate, and is entered when there is one.
        var valued = await RateAsync("devices-donated", 650, "price of a used computer with its software, made up");
        valued += await RateAsync("volunteer-hours", 60, "hourly wage of a trainer, made up");
        Story.Expect(valued > 0, "what events told of is valued");

        var balance = await people.Office.GetAsync($"{Ledger}/accounts");
        Story.Expect(balance.GetProperty("difference").GetDecimal() == 0, "the trial balance is nothing");
        var leverage = await people.Office.GetAsync($"{Ledger}/leverage");
        Story.Expect(leverage.GetProperty("unvalued").GetInt64() == 0, "nothing waits for a rate any more");
        Story.Tell($"ledger: {leverage.Text("currency")} {Amount(leverage, "cash")} in cash and {Amount(leverage, "inKind")} in kind ({valued} of the entries by events and a rate), "
            + $"{Amount(leverage, "leverage")} in kind for each 1 in cash; a mistake reversed; debit and credit balance");
    }

    public async Task PublishAsync()
    {
        var open = (await people.Office.ListAsync("/api/enrollment/facilities?state=Open")).Count;
        var sessions = (await people.TrainingPartner.ListAsync("/api/training/sessions?state=Delivered")).Count;
        await CountsAsync("facilities-open", open);
        await CountsAsync("sessions-delivered", sessions);

        var card = JsonSerializer.Deserialize<JsonElement>(await people.Visitor.ReadAsync("/api/evaluation/public/scorecard"));
        var figures = card.Each("figures").ToDictionary(f => f.Text("code"));
        Story.Expect(figures["facilities-open"].GetProperty("value").GetDecimal() == open, "the scorecard has as many open facilities as Enrollment");
        Story.Expect(figures["sessions-delivered"].GetProperty("value").GetDecimal() == sessions, "the scorecard has as many sessions as Training");

        Story.Chapter("The scorecard, as everybody can read it (each number is the sum of events)");
        foreach (var figure in card.Each("figures"))
            Console.WriteLine($"  {figure.GetProperty("name").Text("en"),-62} {Shown(figure.GetProperty("value")),10} {figure.GetProperty("unit").Text("en"),-12}{Planned(figure)}");

        var iati = XDocument.Parse(await people.Visitor.ReadAsync("/api/evaluation/public/iati.xml", "application/xml"));
        Story.Expect(iati.Root!.Name == "iati-activities" && (string?)iati.Root.Attribute("version") == "2.03" && iati.Descendants("indicator").Any(), "the same figures come as IATI 2.03");
        Story.Tell($"the same as an IATI 2.03 activity with {iati.Descendants("indicator").Count()} indicators");
    }

    private Task<JsonElement> GiveAsync(string giver, string purpose, decimal amount, string nature, string valuation, string description, string evidence) =>
        people.Office.PostAsync($"{Ledger}/contributions", new { giver = $"giver:{giver}", purpose = $"purpose:{purpose}", amount, on = Today, nature, valuation, description, evidence });

    private async Task<int> RateAsync(string figure, decimal amount, string source) =>
        (await people.Office.PostAsync($"{Ledger}/rates", new { figure, amount, validFrom = Today.AddMonths(-1), source })).Number("valued");

    private static string Planned(JsonElement figure) => figure.GetProperty("planned") is { ValueKind: JsonValueKind.Number } planned ? $" of {Shown(planned)} planned" : "";

    private static string Amount(JsonElement answer, string name) => Shown(answer.GetProperty(name));

    private static string Shown(JsonElement value) =>
        value.ValueKind == JsonValueKind.Number ? value.GetDecimal().ToString("#,0.##", CultureInfo.InvariantCulture) : "withheld";
}
