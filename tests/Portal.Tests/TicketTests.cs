namespace BetterConnections.Portal.Tests;

/// <summary>What does not work at a facility is reported, worked on and mended.</summary>
public class TicketTests(Portal portal) : PortalTest(portal)
{
    [Fact]
    public async Task An_employers_ticket_is_started_and_resolved_and_the_employer_reads_what_was_done()
    {
        var ground = await Whole.OpenFacilityAsync();
        var employer = await AsAsync(ground.Employer);
        await employer.GotoAsync($"/employer/facilities/{ground.Facility}/tickets");
        await employer.GetByLabel("What it concerns").SelectOptionAsync("Connection");
        await employer.GetByLabel("What does not work").FillAsync("No internet since Sunday.");
        await employer.GetByRole(AriaRole.Button, new() { Name = "Report it" }).ClickAsync();
        await Expect(employer.GetByText("No internet since Sunday.")).ToBeVisibleAsync();
        var (ticket, number) = (await TicketAsync<Guid>("id"), await TicketAsync<long>("number"));

        var warehouse = await AsAsync(await Staff.WarehouseAsync());
        await warehouse.GotoAsync("/tickets");
        await warehouse.GetByLabel("About").SelectOptionAsync("Connection");
        var row = warehouse.Locator("tbody tr", new() { HasText = ground.Code });
        await Expect(row).ToContainTextAsync("No internet since Sunday.");
        await warehouse.HasNoViolationsAsync();
        await warehouse.LooksLikeAsync("tickets");
        await row.GetByRole(AriaRole.Link).ClickAsync();
        await warehouse.GetByRole(AriaRole.Button, new() { Name = "I work on it" }).ClickAsync();
        await Expect(warehouse.GetByText("In work", new() { Exact = true })).ToBeVisibleAsync();
        await Expect(warehouse.Locator("dl.facts")).ToBeFocusedAsync();
        Assert.Equal("InProgress", await TicketAsync<string>("state"));
        await warehouse.GetByLabel("What was done").FillAsync("A new SIM card.");
        await warehouse.HasNoViolationsAsync();
        await warehouse.LooksLikeAsync("ticket");
        await warehouse.GetByRole(AriaRole.Button, new() { Name = "It is mended" }).ClickAsync();
        await Expect(warehouse.GetByText("Mended", new() { Exact = true })).ToBeVisibleAsync();
        Assert.Equal("Resolved: A new SIM card.", await TicketAsync<string>("state || ': ' || note"));
        await warehouse.GotoAsync("/tickets");
        await Expect(warehouse.Heading()).ToBeVisibleAsync();
        await Expect(row).ToHaveCountAsync(0);

        await employer.ReloadAsync();
        await employer.GetByRole(AriaRole.Link, new() { Name = $"{number:N0}" }).ClickAsync();
        await Expect(employer.GetByText("A new SIM card.")).ToBeVisibleAsync();

        Task<T> TicketAsync<T>(string what) => Books.OneAsync<T>("enrollment", $"select {what} from tickets where facility_id = '{ground.Facility}'");
    }

    [Fact]
    public async Task In_Arabic_on_a_phone_an_employer_mends_its_room_itself_but_not_the_connection()
    {
        var ground = await Whole.OpenFacilityAsync();
        var (room, connection) = (await FileAsync("Room"), await FileAsync("Connection"));
        var page = await OnPhone().InArabic().AsAsync(ground.Employer);
        await page.GotoAsync($"/tickets/{connection}");
        await Expect(page.GetByText("الأجهزة والاتصال يصلحها المستودع ومكتب البرنامج.")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "أُصلح" })).ToHaveCountAsync(0);

        await page.GotoAsync("/tickets");
        await page.GetByLabel("بشأن").SelectOptionAsync("Room");
        await page.Locator("tbody tr").GetByRole(AriaRole.Link).ClickAsync();
        await page.GetByLabel("ماذا أُنجز").FillAsync("قفل جديد.");
        await page.HasNoViolationsAsync();
        Assert.Equal(0, await page.SidewaysAsync());
        await page.LooksLikeAsync("ticket");
        await page.GetByRole(AriaRole.Button, new() { Name = "أُصلح", Exact = true }).ClickAsync();
        await Expect(page.GetByText("أُغلق البلاغ.")).ToBeVisibleAsync();
        Assert.Equal("Resolved: قفل جديد.", await Books.OneAsync<string>("enrollment", $"select state || ': ' || note from tickets where id = '{room}'"));

        async Task<Guid> FileAsync(string concerns) => (await ground.Employer.PostAsync<VolunteerSteps.Named>($"/api/enrollment/facilities/{ground.Facility}/tickets",
            new { concerns, description = "It does not work." })).Id;
    }
}
