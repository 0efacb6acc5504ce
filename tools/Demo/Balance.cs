namespace BetterConnections.Demo;

/// <summary>The books at the end: what came in must be somewhere.</summary>
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
        Row("seconds", (int)Math.Round(Story.Clock.Elapsed.TotalSeconds));

        Story.Expect(devices.Values.Sum() == donations.Accepted, "every device received is in the books once");
        Story.Expect(devices.GetValueOrDefault("Deployed") == deliveries.Opened * 11, "every open facility has ten computers and a modem");
        Story.Expect(facilities.GetValueOrDefault("Open") == deliveries.Opened, "what was opened is open");
    }

    private static void Row(string what, int count) => Console.WriteLine($"  {what,-24} {count,8}");
}
