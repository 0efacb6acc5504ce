using System.Text.Json;
using BetterConnections.Testing;

namespace BetterConnections.Portal.Tests;

/// <summary>Exceptions that the programme office decides by hand.</summary>
public class DecisionTests(Portal portal) : PortalTest(portal)
{
    [Fact]
    public async Task A_device_that_was_only_cleared_may_leave_by_a_waiver_that_says_why()
    {
        var given = await Whole.GivenByDonorAsync();
        var warehouse = await Staff.WarehouseAsync();
        await warehouse.ScanAsync("Triage", [new(given.Barcode, "Desktop", given.Serial, "Received", null)]);
        var now = DateTimeOffset.UtcNow;
        await warehouse.PostAsync<JsonElement>("/api/inventory/wipes", new
        {
            records = new[]
            {
                new
                {
                    barcode = given.Barcode, media = new { type = "Ssd", serial = $"M-{given.Serial}", model = "as fitted" }, method = "Clear", technique = "Overwrite", tool = "nwipe", toolVersion = "0.42",
                    verification = new { how = "Sampling", result = "Passed" }, status = "Succeeded", startedAt = now.AddHours(-2), endedAt = now.AddHours(-1),
                },
            },
        });
        var page = await AsAsync(Roles.ProgrammeOffice);
        await page.GotoAsync($"/office/devices/{given.Barcode}");
        await page.GetByRole(AriaRole.Button, new() { Name = "Let it leave all the same" }).ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await dialog.GetByLabel("Why").FillAsync("Too short");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Let it leave all the same" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Let it leave all the same" }).ClickAsync();
        await dialog.GetByLabel("Why").FillAsync("The controller knows no purge command.");
        await page.HasNoViolationsAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Let it leave all the same" }).ClickAsync();
        await Expect(page.GetByText("A waiver lets it leave for a club")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Table)).ToContainTextAsync("wipe waiver: The controller knows no purge command.");
        Assert.Equal(1, await Books.OneAsync<long>("inventory", $"select count(*) from wipe_waivers w join devices d on d.id = w.device_id where d.barcode = '{given.Barcode}' and d.wipe_waived"));
    }

    [Fact]
    public async Task The_office_looks_for_a_volunteer_that_no_event_asked_for()
    {
        var facility = await Whole.AppliedForAsync();
        await Eventually.BecomesAsync(() => Books.OneAsync<long>("volunteer", $"select count(*) from facilities where id = '{facility.Id}'"), known => known == 1, TimeSpan.FromMinutes(1));
        var page = await AsAsync(Roles.ProgrammeOffice);
        await page.GotoAsync($"/office/facilities/{facility.Id}");
        await page.GetByRole(AriaRole.Link, new() { Name = "Look for a volunteer" }).ClickAsync();
        await page.GetByLabel("What to do").SelectOptionAsync("Monitor");
        await page.GetByLabel("How many people").FillAsync("2");
        await page.GetByLabel("Hours a week of each").FillAsync("3");
        await page.GetByLabel("Hindi").CheckAsync();
        await page.HasNoViolationsAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Look for volunteers" }).ClickAsync();
        await Expect(page.GetByText("0 of 2 taken")).ToBeVisibleAsync();
        Assert.Equal("Monitor Open 3 {hi}", await Books.OneAsync<string>("volunteer",
            $"select concat_ws(' ', role, state, hours_per_week, languages) from openings where facility_id = '{facility.Id}' and cause like 'by-hand:%'"));
    }
}

/// <summary>Who is before whom in the line for kits. Alone, because other tests stock kits for all who wait.</summary>
[Collection(nameof(Alone))]
public class LineTests(Portal portal) : PortalTest(portal)
{
    [Fact]
    public async Task A_facility_is_moved_in_the_line_for_kits_with_a_reason()
    {
        // Who is ready while kits are in stock does not wait: each takes one, until one waits.
        var ready = new List<Guid>();
        do ready.Add(await ReadyAsync());
        while (await Eventually.BecomesAsync(() => StatusAsync(ready[^1]), s => s != "", TimeSpan.FromMinutes(1)) != "Waiting");

        var page = await AsAsync(Roles.ProgrammeOffice);
        await page.GotoAsync($"/office/facilities/{ready[^1]}");
        await page.GetByRole(AriaRole.Spinbutton, new() { Name = "Priority" }).FillAsync("40");
        await page.HasNoViolationsAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Move in the line" }).ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await dialog.GetByLabel("Why").FillAsync("The camp has no other place.");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Move in the line" }).ClickAsync();
        await Expect(page.Locator(".notice")).ToContainTextAsync("Moved.");
        await Expect(page.GetByText("Priority in the line for kits: 40")).ToBeVisibleAsync();
        Assert.Equal(40, await Books.OneAsync<int>("inventory", $"select priority from kits where facility_id = '{ready[^1]}' and priority_note like '%The camp has no other place.'"));
        foreach (var facility in ready) await Office.WithdrawAsync(facility);
    }

    private async Task<Guid> ReadyAsync()
    {
        var employer = await Staff.ApprovedEmployerAsync();
        var facility = (await employer.ApplyAsync(await employer.AddSiteAsync("Site in line", facilities: 1))).Id;
        await Office.AssessNeedsAsync(facility);
        await employer.PrepareSpaceAsync(Office, facility);
        await Office.DeclareSpaceReadyAsync(facility);
        return facility;
    }

    /// <summary>Nothing before the line was gone through.</summary>
    private async Task<string> StatusAsync(Guid facility) =>
        (await Books.ColumnAsync<string>("inventory", $"select status from kits where facility_id = '{facility}' and (status <> 'Waiting' or reason is not null)")).SingleOrDefault() ?? "";
}
