using System.Text.RegularExpressions;

namespace BetterConnections.Portal.Tests;

/// <summary>Who gives to the programme: what was promised, what has arrived, and what it was worth.</summary>
public class PartnerTests(Portal portal) : PortalTest(portal)
{
    [Fact]
    public async Task A_partners_pledge_is_recorded_and_what_arrives_counts_until_it_is_struck()
    {
        var name = $"Partner {Guid.NewGuid():n}"[..20];
        var page = await AsAsync(Roles.ProgrammeOffice);
        await page.GotoAsync("/office/partners");
        await page.GetByLabel("Name").FillAsync(name);
        await page.Locator("form").GetByLabel("Gives").SelectOptionAsync("Connections");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add a partner" }).ClickAsync();
        await Expect(page.Heading()).ToHaveTextAsync(name);
        await page.GetByLabel("What is promised").FillAsync("Mobile internet");
        await page.GetByLabel("Quantity").FillAsync("120");
        await page.GetByLabel("Unit").FillAsync("months");
        await page.GetByLabel("Worth of the whole").FillAsync("36000.50");
        await page.HasNoViolationsAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Record a pledge" }).ClickAsync();

        await Expect(page.Heading()).ToHaveTextAsync("Mobile internet");
        await page.GetByLabel("Quantity (months)").FillAsync("45");
        await page.GetByLabel("Evidence").FillAsync("Letter of the first of the month");
        await page.GetByRole(AriaRole.Button, new() { Name = "Record what has arrived" }).ClickAsync();
        await Expect(Told("Still owed")).ToHaveTextAsync("75 months");
        await page.HasNoViolationsAsync();
        Assert.Equal("Connectivity Mobile internet 120 of 36000.5: 45", await PledgedAsync());

        await page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Strike") }).ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await dialog.GetByLabel("Why").FillAsync("It was another partner's.");
        await dialog.GetByRole(AriaRole.Button, new() { NameRegex = new("^Strike") }).ClickAsync();
        await Expect(page.GetByText("It was another partner's.")).ToBeVisibleAsync();
        await Expect(Told("Received")).ToHaveTextAsync("0 months");
        await page.GetByLabel("Quantity", new() { Exact = true }).FillAsync("60");
        await page.GetByRole(AriaRole.Button, new() { Name = "Change the pledge" }).ClickAsync();
        await Expect(Told("Still owed")).ToHaveTextAsync("60 months");
        Assert.Equal("Connectivity Mobile internet 60 of 36000.5: 0", await PledgedAsync());

        var arabic = await OnPhone().InArabic().AsAsync(Roles.ProgrammeOffice);
        await arabic.GotoAsync(new Uri(page.Url).AbsolutePath);
        await Expect(arabic.GetByText("مشطوب")).ToBeVisibleAsync();
        await arabic.HasNoViolationsAsync();
        Assert.Equal(0, await arabic.SidewaysAsync());

        ILocator Told(string what) => page.Locator("dl.facts dt", new() { HasText = what }).Locator("+ dd");

        Task<string> PledgedAsync() => Books.OneAsync<string>("enrollment", $"""
            select a.kind || ' ' || p.what || ' ' || trim_scale(p.quantity) || ' of ' || trim_scale(p.value) || ': '
                || (select coalesce(trim_scale(sum(quantity)), 0) from deliveries d where d.pledge_id = p.id and struck_at is null)
            from pledges p join partners a on a.id = p.partner_id where a.name = '{name}'
            """);
    }

    [Fact]
    public async Task A_contribution_in_kind_is_recorded_for_a_new_giver_and_taken_back_by_a_second_entry()
    {
        var (giver, purpose) = ($"g-{Guid.NewGuid():n}"[..20], $"p-{Guid.NewGuid():n}"[..20]);
        var page = await AsAsync(Roles.ProgrammeOffice);
        await page.GotoAsync("/office/contributions");
        foreach (var (kind, code) in new[] { ("Giver", giver), ("Purpose", purpose) })
        {
            await page.GetByLabel("Which").SelectOptionAsync(kind);
            await page.GetByLabel("Name").FillAsync($"Name of {code}");
            await page.GetByLabel("Code").FillAsync(code);
            await page.GetByRole(AriaRole.Button, new() { Name = "Add a giver or a purpose" }).ClickAsync();
            await Expect(page.GetByRole(AriaRole.Main).GetByLabel(kind, new() { Exact = true })).ToHaveValueAsync($"{kind.ToLowerInvariant()}:{code}");
        }
        await page.Locator("form").GetByLabel("In cash or in kind").SelectOptionAsync("In kind");
        await page.GetByLabel("How it was valued").SelectOptionAsync("By invoice");
        await page.GetByLabel("Amount").FillAsync("1250.75");
        await page.GetByLabel("What it is").FillAsync($"Chairs of {giver}");
        await page.GetByLabel("Evidence").FillAsync("Invoice 12");
        await page.HasNoViolationsAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Record a contribution" }).ClickAsync();
        await Expect(page.Locator(".notice")).ToContainTextAsync("Recorded.");
        Assert.Equal($"InKind Invoice giver:{giver} -1250.75", await EntriesAsync());

        var more = page.GetByRole(AriaRole.Button, new() { Name = "Show more" });
        var row = page.Locator("tbody tr", new() { HasText = $"Chairs of {giver}" });
        await Expect(row.Or(more).First).ToBeVisibleAsync();
        while (await row.CountAsync() == 0) await more.ClickAsync();
        await row.GetByRole(AriaRole.Button).ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await dialog.GetByLabel("Why").FillAsync("Counted twice.");
        await dialog.GetByRole(AriaRole.Button, new() { NameRegex = new("^Take back") }).ClickAsync();
        await Expect(page.Locator(".notice")).ToContainTextAsync("Taken back.");
        Assert.Equal($"InKind Invoice giver:{giver} -1250.75, InKind Invoice giver:{giver} 1250.75", await EntriesAsync());

        Task<string> EntriesAsync() => Books.OneAsync<string>("evaluation", $"""
            select string_agg(concat_ws(' ', e.nature, e.valuation, l.account_code, l.amount), ', ' order by e.number)
            from ledger_entries e join ledger_lines l on l.entry_id = e.id where l.account_code = 'giver:{giver}'
            """);
    }
}
