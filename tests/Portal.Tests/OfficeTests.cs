using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace BetterConnections.Portal.Tests;

/// <summary>What the programme office sees and decides.</summary>
public class OfficeTests(Portal portal) : PortalTest(portal)
{
    [Fact]
    public async Task An_employer_is_approved_from_the_list_of_what_waits()
    {
        var employer = await Staff.NewEmployerAsync();
        var company = await employer.RegisterCompanyAsync();
        var name = await Books.OneAsync<string>("enrollment", $"select name from employers where id = '{company}'");
        var page = await AsAsync(Roles.ProgrammeOffice);
        await page.GotoAsync("/office/approvals");

        await (await FoundAsync(page, "employers", name)).GetByRole(AriaRole.Button, new() { NameRegex = new("^Approve") }).ClickAsync();

        await Expect(page.Locator(".notice")).ToContainTextAsync(name);
        await Expect(page.Locator("#employers tr", new() { HasText = name })).ToHaveCountAsync(0);
        Assert.Equal("Approved", await Books.OneAsync<string>("enrollment", $"select state from employers where id = '{company}'"));
    }

    [Fact]
    public async Task A_refusal_wants_a_reason_and_tells_it()
    {
        var volunteer = await Staff.NewVolunteerAsync();
        var name = $"Applicant {Guid.NewGuid():n}";
        var id = await volunteer.ApplyAsVolunteerAsync(name);
        var page = await OnDesktop().AsAsync(Roles.ProgrammeOffice);
        await page.GotoAsync("/office/approvals");
        await (await FoundAsync(page, "volunteers", name)).GetByRole(AriaRole.Button, new() { NameRegex = new("^Refuse") }).ClickAsync();

        var dialog = page.GetByRole(AriaRole.Dialog);
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Refuse …" }).ClickAsync();
        await Expect(dialog).ToContainTextAsync("Give a reason.");
        Assert.Equal("Applied", await StateOfAsync(id));

        await dialog.GetByLabel("Why").FillAsync("We need trainers of other languages now.");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Refuse …" }).ClickAsync();
        await Expect(page.Locator("#volunteers tr", new() { HasText = name })).ToHaveCountAsync(0);
        Assert.Equal("Rejected", await StateOfAsync(id));
        Assert.Equal("We need trainers of other languages now.", await Books.OneAsync<string>("volunteer", $"select why from volunteer_events where volunteer_id = '{id}' order by seq desc limit 1"));
    }

    private Task<string> StateOfAsync(Guid volunteer) => Books.OneAsync<string>("volunteer", $"select state from volunteers where id = '{volunteer}'");

    [Fact]
    public async Task The_scoreboard_counts_facilities_as_the_database_does()
    {
        await Whole.AppliedForAsync();
        var page = await AsAsync(Roles.ProgrammeOffice);
        var before = await AppliedAsync();
        await page.GotoAsync("/office");
        var row = page.Locator("tbody tr", new() { Has = page.GetByRole(AriaRole.Link, new() { Name = "Applied", Exact = true }) });
        var told = long.Parse(await row.Locator("td").Nth(1).InnerTextAsync(), NumberStyles.AllowThousands, CultureInfo.InvariantCulture);

        var after = await AppliedAsync(); // other tests apply meanwhile
        Assert.InRange(told, Math.Min(before, after), Math.Max(before, after));
        foreach (var part in (string[])["Kits that are waited for", "Stock", "Sessions", "Figures and targets", "Indicators", "Ledger"])
            await Expect(page.GetByRole(AriaRole.Heading, new() { Name = part, Exact = true })).ToBeVisibleAsync();
        await Expect(page.GetByText("It balances")).ToBeVisibleAsync();
        await row.GetByRole(AriaRole.Link).ClickAsync();
        await Expect(page).ToHaveURLAsync("/office/facilities?state=Applied");

        Task<long> AppliedAsync() => Books.OneAsync<long>("enrollment", "select count(*) from facilities where state = 'Applied'");
    }

    [Fact]
    public async Task A_facility_tells_its_story_and_a_device_leads_from_its_donor_to_its_history()
    {
        var facility = await Whole.AppliedForAsync();
        await Office.AssessNeedsAsync(facility.Id);
        await Office.WithdrawAsync(facility.Id);
        var given = await Whole.GivenByDonorAsync();
        var page = await AsAsync(Roles.ProgrammeOffice);

        await page.GotoAsync($"/office/facilities/{facility.Id}");
        await Expect(page.Heading()).ToContainTextAsync(facility.Code);
        var story = page.Locator(".story li");
        await Expect(story).ToHaveCountAsync((int)await Books.OneAsync<long>("enrollment", $"select count(*) from facility_events where facility_id = '{facility.Id}' and from_state is distinct from to_state"));
        await Expect(story.First).ToContainTextAsync("The building is sold.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Steps" }).ClickAsync();
        await Expect(story.Last).ToContainTextAsync("Applied");

        await page.GotoAsync("/office/facilities");
        await page.GetByLabel("Code, site or employer").FillAsync(facility.Code);
        await page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Button, new() { Name = "Search" }).ClickAsync();
        await Expect(page.Locator("tbody tr")).ToHaveCountAsync(1);

        await page.GotoAsync("/office/donations");
        await page.GetByLabel("Donor").SelectOptionAsync(given.Donor);
        await page.GetByRole(AriaRole.Link, new() { Name = $"Computers of {given.Donor}" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = given.Barcode }).ClickAsync();
        await Expect(page.Heading()).ToHaveTextAsync(given.Barcode);
        await Expect(page.GetByRole(AriaRole.Main)).ToContainTextAsync(given.Serial);
        await page.GetByRole(AriaRole.Link, new() { Name = given.Donor, Exact = true }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = $"Computers of {given.Donor}" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task An_open_facility_is_closed_for_a_while_with_a_reason_and_opened_again()
    {
        var ground = await Whole.OpenFacilityAsync();
        var page = await AsAsync(Roles.ProgrammeOffice);
        await page.GotoAsync($"/office/facilities/{ground.Facility}");
        await StepAsync("Close for a while", "The roof leaks.");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Open again" })).ToBeVisibleAsync();
        Assert.Equal("Suspended: The roof leaks.", await LastAsync());
        await StepAsync("Open again", "The roof is whole.");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Close for a while" })).ToBeVisibleAsync();
        Assert.Equal("Open: The roof is whole.", await LastAsync());

        async Task StepAsync(string step, string why)
        {
            await page.GetByRole(AriaRole.Button, new() { Name = step }).ClickAsync();
            var dialog = page.GetByRole(AriaRole.Dialog);
            await dialog.GetByLabel("Why").FillAsync(why);
            await dialog.GetByRole(AriaRole.Button, new() { Name = step }).ClickAsync();
        }

        Task<string> LastAsync() => Books.OneAsync<string>("enrollment", $"select to_state || ': ' || why from facility_events where facility_id = '{ground.Facility}' order by seq desc limit 1");
    }

    [Fact]
    public async Task A_device_is_found_by_its_barcode_and_by_its_serial()
    {
        var given = await Whole.GivenByDonorAsync();
        var page = await AsAsync(Roles.ProgrammeOffice);
        foreach (var text in new[] { given.Barcode, given.Serial })
        {
            await page.GotoAsync("/");
            await page.GetByRole(AriaRole.Searchbox, new() { Name = "Search" }).FillAsync(text);
            await page.Keyboard.PressAsync("Enter");
            await page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Link, new() { Name = given.Barcode }).ClickAsync();
            await Expect(page).ToHaveURLAsync($"/office/devices/{given.Barcode}");
        }
    }

    [Fact]
    public async Task A_facility_is_found_by_a_part_of_its_sites_name_at_home_and_in_the_list()
    {
        var name = $"Pearl {Guid.NewGuid():n}"[..18];
        var employer = await Staff.ApprovedEmployerAsync();
        var facility = await employer.ApplyAsync(await employer.AddSiteAsync($"Camp {name} North", facilities: 1));
        var page = await AsAsync(Roles.ProgrammeOffice);

        await page.GetByRole(AriaRole.Searchbox, new() { Name = "Search" }).FillAsync(name.ToLowerInvariant());
        await page.Keyboard.PressAsync("Enter");
        await page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Link, new() { Name = facility.Code, Exact = true }).ClickAsync();
        await Expect(page.Heading()).ToContainTextAsync(name);
        await Expect(page).ToHaveURLAsync($"/office/facilities/{facility.Id}");

        await page.GotoAsync("/office/facilities");
        await page.GetByLabel("Code, site or employer").FillAsync(name.ToUpperInvariant());
        await page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Button, new() { Name = "Search" }).ClickAsync();
        await Expect(page.Locator("tbody tr")).ToHaveCountAsync(1);
        await Expect(page.Locator("tbody tr")).ToContainTextAsync(facility.Code);
        Assert.Equal(1, await Books.OneAsync<long>("enrollment", $"select count(*) from facilities f join sites s on s.id = f.site_id where f.id = '{facility.Id}' and s.name like '%{name}%'"));
    }

    [Theory]
    [InlineData(Roles.Logistics, "/stock?place=")]
    [InlineData(Roles.TrainingPartner, "/training?facility=")]
    [InlineData(Roles.Volunteer, null)]
    public async Task A_facility_leads_who_has_no_page_about_it_to_their_work_there_and_who_finds_nothing_is_offered_no_search(string role, string? leadsTo)
    {
        var facility = await Whole.AppliedForAsync();
        var page = await AsAsync(role);
        var search = page.GetByRole(AriaRole.Searchbox, new() { Name = "Search" });
        await Expect(search).ToHaveCountAsync(leadsTo is null ? 0 : 1);
        if (leadsTo is null) return;
        await search.FillAsync(facility.Code);
        await page.Keyboard.PressAsync("Enter");
        await page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Link, new() { Name = facility.Code, Exact = true }).ClickAsync();
        await Expect(page).ToHaveURLAsync(leadsTo + facility.Id);
    }

    [Fact]
    public async Task A_named_company_is_on_the_compliance_board_once_however_often_the_list_is_sent()
    {
        var number = $"{Random.Shared.NextInt64(1_000_000_000, 9_999_999_999)}";
        var page = await AsAsync(Roles.ProgrammeOffice);
        await page.GotoAsync("/office/compliance");
        foreach (var name in (string[])["one.csv", "two.csv"])
        {
            await page.GetByLabel("List as CSV").SetInputFilesAsync(new FilePayload { Name = name, MimeType = "text/csv", Buffer = Encoding.UTF8.GetBytes($"CR,Company\n{number},Named {number}\n") });
            await Expect(page.Locator(".notice")).ToContainTextAsync(name);
        }

        await page.GetByLabel("Name begins with").FillAsync($"Named {number}");
        await page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Button, new() { Name = "Search" }).ClickAsync();
        await Expect(page.Locator("tbody tr")).ToHaveCountAsync(1);
        await Expect(page.Locator("tbody tr")).ToContainTextAsync("Only named");
        Assert.Equal(1, await Books.OneAsync<long>("enrollment", $"select count(*) from mandated_companies where registration_number = '{number}'"));
    }

    [Fact]
    public async Task What_an_account_did_is_in_the_audit_trail_and_the_trail_is_intact()
    {
        var employer = await Staff.NewEmployerAsync();
        await employer.RegisterCompanyAsync();
        var subject = await Books.OneAsync<Guid>("identity", $"select id from accounts where user_name = '{employer.UserName}'");
        var page = await AsAsync(Roles.ProgrammeOffice);
        await page.GotoAsync($"/office/audit?service=enrollment&subject={subject}");

        await Expect(page.Locator("tbody tr")).ToHaveCountAsync((int)await Books.OneAsync<long>("enrollment", $"select count(*) from audit_entries where subject = '{subject}'"));
        await page.GetByRole(AriaRole.Button, new() { Name = "Check that nobody changed it" }).ClickAsync();
        await Expect(page.Locator(".note.good")).ToContainTextAsync("Intact");
        await page.GetByLabel("Part of the system").SelectOptionAsync("Accounts");
        await Expect(page).ToHaveURLAsync(new Regex("service=identity"));
    }

    [Fact]
    public async Task In_Arabic_on_a_phone_what_waits_is_at_the_start()
    {
        await (await Staff.NewEmployerAsync()).RegisterCompanyAsync();
        var page = await OnPhone().InArabic().AsAsync(Roles.ProgrammeOffice);
        await page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Link, new() { NameRegex = new("^أصحاب العمل") }).ClickAsync();
        await Expect(page.Heading()).ToHaveTextAsync("الموافقات");
        Assert.Equal(0, await page.SidewaysAsync());
    }

    /// <summary>The row of the list, which may be some pages down.</summary>
    private static async Task<ILocator> FoundAsync(IPage page, string kind, string text)
    {
        var section = page.Locator($"#{kind}");
        var row = section.Locator("tbody tr", new() { HasText = text });
        var more = section.GetByRole(AriaRole.Button, new() { Name = "Show more" });
        while (true)
        {
            await Expect(row.Or(more).First).ToBeVisibleAsync();
            if (await row.CountAsync() > 0) return row;
            await more.ClickAsync();
        }
    }
}
