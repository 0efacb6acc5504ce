namespace BetterConnections.Portal.Tests;

/// <summary>The ministry of labour reads how far companies have come, and what partners promised.</summary>
public class RegulatorTests(Portal portal) : PortalTest(portal)
{
    [Fact]
    public async Task The_regulator_reads_the_compliance_board_and_a_companys_state_without_whom_to_call()
    {
        var number = Random.Shared.NextInt64(1_000_000_000, 9_999_999_999);
        var (name, contact) = ($"Reading {number}", $"call-{number}@example.org");
        await Office.ApproveAsync((await (await Staff.NewEmployerAsync()).PostAsync<Made>("/api/enrollment/employers", new { commercialRegistration = $"{number}", name, contactEmail = contact })).Id);
        var page = await AsAsync(Roles.Regulator);
        await page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Link, new() { Name = "Compliance" }).ClickAsync();
        await Expect(page.Heading()).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Main).GetByText("Only named").First).ToBeVisibleAsync();

        await page.GotoAsync("/regulator/employers");
        await page.GetByLabel("Registration number begins with").FillAsync($"{number}");
        var answer = await page.RunAndWaitForResponseAsync(() => page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Button, new() { Name = "Search" }).ClickAsync(),
            r => r.Url.Contains("/api/enrollment/employers?", StringComparison.Ordinal));
        await Expect(page.Locator("tbody tr", new() { HasText = name })).ToContainTextAsync("Approved");
        Assert.DoesNotContain(contact, await answer.TextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_partner_owes_is_among_the_pledges_and_gone_from_those_owed_once_delivered()
    {
        var what = $"Modems {Guid.NewGuid():n}"[..16];
        var partner = await Office.PostAsync<Made>("/api/enrollment/partners", new { name = $"Partner {what}", kind = "Connectivity" });
        var pledge = await Office.PostAsync<Made>($"/api/enrollment/partners/{partner.Id}/pledges", new { what, quantity = 10, unit = "modems", dueOn = "2020-01-31" });
        var page = await OnPhone().InArabic().AsAsync(Roles.Regulator);
        await page.GotoAsync("/regulator/pledges?show=overdue");
        var row = page.Locator("tbody tr", new() { HasText = what });
        var more = page.GetByRole(AriaRole.Button, new() { Name = "عرض المزيد" });
        while (true)
        {
            await Expect(row.Or(more).First).ToBeVisibleAsync();
            if (await row.CountAsync() > 0) break;
            await more.ClickAsync();
        }
        await Expect(row).ToContainTextAsync("0 من 10");
        await Expect(row).ToContainTextAsync("متأخر");
        // The list is long and only the rows near the window are in the page: what is on none of its pages, the API says.
        var owed = $"/api/enrollment/pledges?overdue=true&partnerId={partner.Id}";
        Assert.Single((await Office.GetAsync<Page<Made>>(owed)).Items);

        await Office.PostAsync<System.Text.Json.JsonElement>($"/api/enrollment/pledges/{pledge.Id}/deliveries", new { quantity = 10, deliveredOn = "2020-01-30", evidence = "Receipt 7" });
        await page.ReloadAsync();
        await Expect(page.Locator(".data-table table, .data-table .empty")).ToBeVisibleAsync(); // not while it is read
        await Expect(row).ToHaveCountAsync(0);
        Assert.Empty((await Office.GetAsync<Page<Made>>(owed)).Items);
    }

    private sealed record Made(Guid Id);
}
