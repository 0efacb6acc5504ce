using System.Text.Json;
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

    [Fact]
    public async Task A_rate_for_what_is_given_in_kind_is_set_from_a_day_on_and_stays()
    {
        // So far ahead that nothing of other tests is valued by it.
        var (from, source) = (new DateOnly(2090, 1, 1).AddDays(Random.Shared.Next(3000)), $"Survey of wages {Guid.NewGuid():n}"[..30]);
        var page = await AsAsync(Roles.ProgrammeOffice);
        await page.GotoAsync("/office/contributions");
        await page.GetByRole(AriaRole.Link, new() { Name = "Valuation rates" }).ClickAsync();
        await Expect(page.Heading()).ToHaveTextAsync("Valuation rates");
        await SetAsync("62.5");
        await Expect(page.Locator(".notice")).ToContainTextAsync("The rate is set.");
        var rate = page.Locator("tbody tr", new() { HasText = source });
        await Expect(rate).ToContainTextAsync("Volunteers' hours approved");
        await Expect(rate).ToContainTextAsync("62.5");
        await page.HasNoViolationsAsync();

        await SetAsync("70");
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("There is a rate from this day already.");
        Assert.Equal(["volunteer-hours 62.5"], await Books.ColumnAsync<string>("evaluation", $"select concat_ws(' ', figure, trim_scale(amount)) from valuation_rates where valid_from = '{from:yyyy-MM-dd}' and source = '{source}'"));

        var arabic = await OnPhone().InArabic().AsAsync(Roles.ProgrammeOffice);
        await arabic.GotoAsync("/office/rates");
        await Expect(arabic.Locator("tbody tr", new() { HasText = source })).ToContainTextAsync("ساعات التطوع المعتمدة");
        await arabic.HasNoViolationsAsync();
        Assert.Equal(0, await arabic.SidewaysAsync());

        async Task SetAsync(string amount)
        {
            await page.GetByLabel("What is valued").SelectOptionAsync("volunteer-hours");
            await page.GetByLabel("Worth of one").FillAsync(amount);
            await page.GetByLabel("From", new() { Exact = true }).FillAsync($"{from:yyyy-MM-dd}");
            await page.GetByLabel("Source").FillAsync(source);
            await page.GetByRole(AriaRole.Button, new() { Name = "Set a rate" }).ClickAsync();
        }
    }

    [Fact]
    public async Task A_partners_statement_tells_what_it_promised_and_gave_in_a_period_and_is_printed_and_kept()
    {
        var (name, code) = ($"Partner {Guid.NewGuid():n}"[..20], $"g-{Guid.NewGuid():n}"[..20]);
        var partner = (await Office.PostAsync<JsonElement>("/api/enrollment/partners", new { name, kind = "Connectivity" })).GetProperty("id").GetGuid();
        foreach (var (what, value, dueOn) in new (string, decimal?, string)[] { ("Mobile internet", 36000.5m, "2024-06-30"), ("Modems", 900, "2025-06-30"), ("Advice", null, "2025-12-31") })
            await Office.PostAsync<JsonElement>($"/api/enrollment/partners/{partner}/pledges", new { what, quantity = 12, unit = "pieces", dueOn, value });

        var page = await AsAsync(Roles.ProgrammeOffice);
        await page.GotoAsync($"/office/partners/{partner}");
        await page.GetByRole(AriaRole.Link, new() { Name = "Statement" }).ClickAsync();
        await Expect(page.Heading()).ToHaveTextAsync($"Statement: {name}");
        await Expect(page.GetByText("No giver in the books has this partner's name.")).ToBeVisibleAsync();
        await Expect(Sum("pledged")).ToContainTextAsync("36,900.5");
        await page.HasNoViolationsAsync();

        await OpenAsync($"giver:{code}", $"Trade name of {name}");
        await OpenAsync($"purpose:{code}", $"Purpose of {name}");
        await GiveAsync(1000, "2024-03-01", "Cash", "AsPaid", "First instalment");
        await GiveAsync(250.25m, "2025-03-01", "InKind", "Invoice", "Connections");
        var mistake = await GiveAsync(70, "2025-12-31", "InKind", "MarketPrice", "Connections once more");
        await Office.PostAsync<JsonElement>($"/api/evaluation/ledger/entries/{mistake}/reverse", new { why = "Counted twice." });
        await page.ReloadAsync();
        await page.GetByLabel("Its account in the books").SelectOptionAsync($"giver:{code}");
        await Expect(Sum("in cash")).ToContainTextAsync("1,000");
        await Expect(Sum("in kind")).ToContainTextAsync("250.25");
        await Expect(Rows("By year").Nth(0)).ToHaveTextAsync(new Regex("^2024.*36,000.5.*1,000.*0$"));
        await Expect(Rows("By year").Nth(1)).ToHaveTextAsync(new Regex("^2025.*900.*0.*320.25$"));
        await Expect(Rows("By year").Nth(2)).ToContainTextAsync("-70");

        await page.Locator("input[name=from]").FillAsync("2025-01-01");
        await page.Locator("input[name=to]").FillAsync("2025-12-31");
        await page.GetByRole(AriaRole.Button, new() { Name = "Show", Exact = true }).ClickAsync();
        await Expect(Sum("in kind")).ToContainTextAsync("320.25");
        await Expect(Sum("pledged")).ToContainTextAsync("900");
        await Expect(page.GetByText("Pledges without a value, which are not in the sum: 1")).ToBeVisibleAsync();
        await Expect(Rows("Pledges")).ToHaveCountAsync(2);
        await Expect(Rows("What was given")).ToHaveCountAsync(2);
        await Expect(Rows("What was given").First).ToContainTextAsync("In kind · By invoice");
        await page.HasNoViolationsAsync();
        await page.LooksLikeAsync("statement");

        var download = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Button, new() { Name = "Download as JSON" }).ClickAsync());
        var kept = JsonSerializer.Deserialize<JsonElement>(await File.ReadAllTextAsync(await download.PathAsync(), TestContext.Current.CancellationToken));
        Assert.Equal((name, $"giver:{code}"), (kept.GetProperty("partner").GetProperty("name").GetString(), kept.GetProperty("account").GetString()));
        Assert.Equal(["Modems", "Advice"], kept.GetProperty("pledges").EnumerateArray().Select(p => p.GetProperty("what").GetString()));
        Assert.Equal(["Connections", "Connections once more"], kept.GetProperty("entries").EnumerateArray().Select(e => e.GetProperty("description").GetString()));

        await page.EvaluateAsync("window.print = () => { window.printed = true; }");
        await page.GetByRole(AriaRole.Button, new() { Name = "Print" }).ClickAsync();
        Assert.True(await page.EvaluateAsync<bool>("window.printed"));
        await page.EmulateMediaAsync(new() { Media = Media.Print });
        await Expect(page.Locator("form.filters")).ToBeHiddenAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Print" })).ToBeHiddenAsync();
        await Expect(Rows("What was given").First).ToBeVisibleAsync();

        var arabic = await OnPhone().InArabic().AsAsync(Roles.ProgrammeOffice);
        await arabic.GotoAsync(new Uri(page.Url).PathAndQuery);
        await Expect(arabic.GetByText("Connections once more")).ToBeVisibleAsync();
        await arabic.HasNoViolationsAsync();
        Assert.Equal(0, await arabic.SidewaysAsync());

        await OpenAsync($"giver:{code}-2", name);
        await arabic.GotoAsync($"/office/partners/{partner}/statement");
        await Expect(arabic.GetByLabel("حسابه في الدفاتر")).ToHaveValueAsync($"giver:{code}-2");

        ILocator Sum(string what) => page.Locator(".sums li", new() { HasText = what });

        ILocator Rows(string table) => page.GetByRole(AriaRole.Table, new() { Name = table }).Locator("tbody tr");

        Task<JsonElement> OpenAsync(string account, string called) => Office.PostAsync<JsonElement>("/api/evaluation/ledger/accounts", new { code = account, name = called });

        async Task<Guid> GiveAsync(decimal amount, string on, string nature, string valuation, string description) => (await Office.PostAsync<JsonElement>("/api/evaluation/ledger/contributions",
            new { giver = $"giver:{code}", purpose = $"purpose:{code}", amount, on, nature, valuation, description, evidence = "Letter 5" })).GetProperty("id").GetGuid();
    }
}
