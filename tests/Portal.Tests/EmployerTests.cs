using System.Text;
using BetterConnections.Testing;

namespace BetterConnections.Portal.Tests;

/// <summary>A company's way from its registration to a facility that is looked after.</summary>
public class EmployerTests(Portal portal) : PortalTest(portal)
{
    [Fact]
    public async Task A_company_registers_tells_where_its_workers_live_and_applies_for_a_facility()
    {
        var employer = await Staff.NewEmployerAsync();
        var page = await AsAsync(employer);
        await page.GetByRole(AriaRole.Link, new() { Name = "Register your company" }).ClickAsync();
        var number = $"{Random.Shared.NextInt64(1_000_000_000, 9_999_999_999)}";
        await page.GetByLabel("Commercial registration number").FillAsync(number);
        await page.GetByLabel("Name of the company").FillAsync("Pearl Contracting");
        await page.HasNoViolationsAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Register" }).ClickAsync();
        await Expect(page.GetByText("Your company is registered.")).ToBeVisibleAsync();
        await Expect(page.GetByText("Under review")).ToBeVisibleAsync();
        var company = await Books.OneAsync<Guid>("enrollment", $"select id from employers where commercial_registration = '{number}' and state = 'UnderReview'");
        await Office.ApproveAsync(company);

        await page.GetByRole(AriaRole.Link, new() { Name = "Add a site" }).ClickAsync();
        await page.GetByLabel("Name").FillAsync("Camp 7");
        await page.GetByLabel("Address").FillAsync("Street 33, Industrial Area");
        await page.GetByLabel("Zone").FillAsync("57");
        await page.GetByLabel("Place on the map").FillAsync("somewhere");
        await page.GetByLabel("How many people live there").FillAsync("700");
        var save = page.GetByRole(AriaRole.Button, new() { Name = "Save" });
        await save.ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Something is missing or not right");
        await page.GetByLabel("Place on the map").FillAsync("25.18, 51.43");
        await save.ClickAsync();
        await Expect(page.GetByRole(AriaRole.Group, new() { Name = "Languages they speak" })).ToContainTextAsync("Choose at least one.");
        await Expect(page.GetByRole(AriaRole.Alert)).Not.ToContainTextAsync("The field"); // the service's own words, for programmers
        await page.GetByLabel("Nepali").CheckAsync();
        await page.GetByLabel("Hindi").CheckAsync();
        await page.HasNoViolationsAsync();
        await save.ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Apply for a facility at Camp 7" }).ClickAsync();

        await Expect(page.GetByText("A volunteer visits you")).ToBeVisibleAsync();
        Assert.Equal(["ne,hi"], await Books.ColumnAsync<string>("enrollment",
            $"select array_to_string(s.languages, ',') from facilities f join sites s on s.id = f.site_id where f.employer_id = '{company}' and f.state = 'Applied'"));
    }

    [Fact]
    public async Task A_company_that_is_not_approved_reads_why_mends_it_and_asks_again_even_if_the_connection_breaks_in_between()
    {
        const string Why = "The name is not the one on the registration.", Mended = "Pearl Contracting W.L.L.";
        var employer = await Staff.NewEmployerAsync();
        var company = await employer.RegisterCompanyAsync();
        await Office.RejectAsync(company, Why);
        Task<string> NowAsync() => Books.OneAsync<string>("enrollment", $"select state || ' ' || name from employers where id = '{company}'");
        var page = await AsAsync(employer);
        await page.GetByRole(AriaRole.Link, new() { Name = "Put your company's registration right and ask again" }).ClickAsync();
        await Expect(page.GetByText(Why)).ToBeVisibleAsync();
        await page.GetByLabel("Name of the company").FillAsync(Mended);
        await page.RouteAsync("**/ask-again", route => route.AbortAsync("internetdisconnected"), new() { Times = 1 });
        var again = page.GetByRole(AriaRole.Button, new() { Name = "Save and ask again" });
        await again.ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
        Assert.Equal($"Rejected {Mended}", await NowAsync());
        await page.HasNoViolationsAsync();

        await again.ClickAsync();
        await Expect(page.GetByText("Under review")).ToBeVisibleAsync();
        await Expect(page.GetByText(Why)).ToBeHiddenAsync();
        Assert.Equal($"UnderReview {Mended}", await NowAsync());
    }

    [Fact]
    public async Task The_room_is_shown_item_by_item_with_small_photos_and_what_is_missing_is_said_in_words()
    {
        var ground = await Whole.AssessedFacilityAsync();
        var page = await OnPhone().AsAsync(ground.Employer);
        await page.GotoAsync($"/employer/facilities/{ground.Facility}");
        await Expect(page.GetByText("show that it is done.")).ToHaveCountAsync(9);

        var photo = await page.LargePhotoAsync();
        var items = page.Locator(".checklist > li");
        for (var i = 0; i < 8; i++)
        {
            await items.Nth(i).Locator("input[type=file]").SetInputFilesAsync(new FilePayload { Name = $"photo-{i}.png", MimeType = "image/png", Buffer = photo });
            await items.Nth(i).GetByRole(AriaRole.Button, new() { Name = "It is done" }).ClickAsync();
            await Expect(items.Nth(i).GetByText("Waits for the inspector")).ToBeVisibleAsync();
        }
        await items.Nth(8).GetByLabel("Opening hours").FillAsync("17:00 to 22:00, at the door");
        await items.Nth(8).GetByRole(AriaRole.Button, new() { Name = "It is done" }).ClickAsync();
        await Expect(page.GetByText("waits for the inspector; you need do nothing.")).ToHaveCountAsync(9);
        await page.HasNoViolationsAsync();
        Assert.Equal(9, await Books.OneAsync<long>("enrollment", $"select count(*) from checklist_marks where facility_id = '{ground.Facility}'"));
        Assert.Equal(8, await Books.OneAsync<long>("enrollment", $"select count(*) from evidence where facility_id = '{ground.Facility}' and content_type = 'image/jpeg' and bytes < {photo.Length}"));

        await items.First.ScrollIntoViewIfNeededAsync();
        await Eventually.BecomesAsync(() => items.First.Locator("img").EvaluateAsync<int>("img => img.naturalWidth"), wide => wide == 1600);
        await page.LooksLikeAsync("checklist");

        var item = await Books.OneAsync<string>("enrollment", $"select item from evidence where facility_id = '{ground.Facility}' order by uploaded_at limit 1");
        await Office.PostAsync<Facility>($"/api/enrollment/facilities/{ground.Facility}/checklist/{item}/inspect", new { passed = false, remark = "Only 20 square metres." });
        await page.ReloadAsync();
        await Expect(page.GetByText("the inspector was not content")).ToBeVisibleAsync();
        await Expect(items.First).ToContainTextAsync("Only 20 square metres.");
        await items.First.GetByRole(AriaRole.Button, new() { Name = "It is done now" }).ClickAsync();
        await Expect(page.GetByText("waits for the inspector; you need do nothing.")).ToHaveCountAsync(9);
    }

    [Fact]
    public async Task In_Arabic_on_a_phone_the_checklist_speaks_Arabic()
    {
        var ground = await Whole.AssessedFacilityAsync();
        var page = await OnPhone().InArabic().AsAsync(ground.Employer);
        await page.GotoAsync($"/employer/facilities/{ground.Facility}");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "ما ينقص بعد" })).ToBeVisibleAsync();
        await Expect(page.GetByText("باب يُقفل، ومن يحتفظ بالمفاتيح").First).ToBeVisibleAsync();
        await page.Locator(".checklist > li").Nth(8).GetByLabel("ساعات العمل").FillAsync("من 17:00 إلى 22:00");
        await page.Locator(".checklist > li").Nth(8).GetByRole(AriaRole.Button, new() { Name = "أُنجز" }).ClickAsync();
        await Expect(page.GetByText("ينتظر المفتش، ولا يلزمكم شيء.")).ToBeVisibleAsync();
        await page.HasNoViolationsAsync();
        Assert.Equal(0, await page.SidewaysAsync());
        Assert.Equal("من 17:00 إلى 22:00", await Books.OneAsync<string>("enrollment", $"select note from checklist_marks where facility_id = '{ground.Facility}'"));
    }

    [Fact]
    public async Task A_fault_is_reported_mended_and_reported_again_and_a_list_of_workers_is_looked_at_before_it_is_taken()
    {
        var ground = await Whole.OpenFacilityAsync();
        var page = await AsAsync(ground.Employer);
        await page.GotoAsync($"/employer/facilities/{ground.Facility}");
        var faults = page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Link, new() { Name = "Faults", Exact = true });
        await faults.ClickAsync();
        await Expect(page.Locator(".page-heading")).ToContainTextAsync($"{ground.Code} ·");
        await page.GoBackAsync();
        await Expect(page.Heading()).ToHaveTextAsync($"Facility {ground.Code}");
        await faults.ClickAsync();
        await page.GetByLabel("What it concerns").SelectOptionAsync("Room");
        await page.GetByLabel("What does not work").FillAsync("The door does not lock.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Report it" }).ClickAsync();
        await Expect(page.GetByText("The door does not lock.")).ToBeVisibleAsync();
        var ticket = await Books.OneAsync<Guid>("enrollment", $"select id from tickets where facility_id = '{ground.Facility}' and state = 'Open' and concerns = 'Room'");
        await Office.PostAsync<VolunteerSteps.Named>($"/api/enrollment/tickets/{ticket}/resolve", new { what = "A new lock." });
        await page.ReloadAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "It is not mended" }).ClickAsync();
        await page.GetByLabel("Why").FillAsync("It broke again.");
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "It is not mended" }).ClickAsync();
        await Expect(page.GetByText("Open again", new() { Exact = true })).ToBeVisibleAsync();
        await page.HasNoViolationsAsync();
        Assert.Equal(1, await Books.OneAsync<long>("enrollment", $"select count(*) from tickets where id = '{ticket}' and state = 'Reopened' and note = 'It broke again.'"));

        await page.GotoAsync($"/employer/facilities/{ground.Facility}/workers");
        var list = Encoding.UTF8.GetBytes($"code,languages\n{Guid.NewGuid():n},hi\n{Guid.NewGuid():n},klingon\n");
        await page.GetByLabel("The list").SetInputFilesAsync(new FilePayload { Name = "workers.csv", MimeType = "text/csv", Buffer = list });
        await Expect(page.GetByText("Nothing has been changed yet.")).ToBeVisibleAsync();
        Assert.Equal(0, await WorkersAsync(ground));
        await Expect(page.GetByText("A language that the programme does not know.")).ToBeVisibleAsync();
        await page.HasNoViolationsAsync();
        var download = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Button, new() { Name = "Download the faults" }).ClickAsync());
        Assert.Contains("language", await File.ReadAllTextAsync(await download.PathAsync()));
        await page.GetByRole(AriaRole.Button, new() { Name = "Take" }).ClickAsync();
        await Expect(page.GetByText("The list was taken.")).ToBeVisibleAsync();
        Assert.Equal(1, await WorkersAsync(ground));
    }

    [Fact]
    public async Task Opening_hours_that_an_employer_sets_are_read_by_anybody_beside_the_code_on_the_door()
    {
        var ground = await Whole.OpenFacilityAsync();
        var page = await OnPhone().AsAsync(ground.Employer);
        await page.GotoAsync($"/employer/facilities/{ground.Facility}");
        foreach (var day in (string[])["Friday", "Sunday"]) await page.GetByRole(AriaRole.Checkbox, new() { Name = day }).CheckAsync();
        await page.GetByLabel("Opens").FillAsync("18:00");
        await page.GetByLabel("Closes").FillAsync("17:00");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add", Exact = true }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("It has to close after it opens");
        await page.GetByLabel("Closes").FillAsync("22:30");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add", Exact = true }).ClickAsync();
        await Expect(page.GetByText("18:00–22:30")).ToHaveCountAsync(2);
        await page.GetByRole(AriaRole.Button, new() { Name = "Remove Friday 18:00–22:30" }).ClickAsync();
        await Expect(page.GetByText("18:00–22:30")).ToHaveCountAsync(1);
        await page.HasNoViolationsAsync();
        await page.LooksLikeAsync("opening-hours");
        Assert.Equal(["Sunday 18:00:00 22:30:00"], await Books.ColumnAsync<string>("enrollment", $"""
            select concat_ws(' ', h->>'day', h->>'opens', h->>'closes') from facilities f, jsonb_array_elements(f.opening_hours) h where f.id = '{ground.Facility}'
            """));

        var anybody = await OnPhone().InArabic().SignedOutAsync();
        await anybody.GotoAsync("/map");
        await anybody.GetByLabel("أي مرفق").FillAsync(ground.Code);
        await anybody.GetByRole(AriaRole.Main).GetByRole(AriaRole.Button, new() { Name = "بحث" }).ClickAsync();
        var row = anybody.GetByRole(AriaRole.Table, new() { Name = "ساعات عمل المرافق" }).Locator("tbody tr");
        await Expect(row).ToHaveCountAsync(1);
        await Expect(row).ToContainTextAsync("الأحد");
        await Expect(row).ToContainTextAsync("18:00–22:30");
        await Expect(anybody.GetByRole(AriaRole.Main)).Not.ToContainTextAsync("Lusail Camp 7");
        await anybody.HasNoViolationsAsync();
        await anybody.LooksLikeAsync("map-hours");
    }

    [Fact]
    public async Task The_day_on_which_the_computers_come_is_said_by_the_warehouse_and_read_by_the_employer()
    {
        var (ground, shipment, _) = await Whole.DispatchedKitAsync();
        var warehouse = await AsAsync(await Staff.WarehouseAsync());
        var day = $"{DateTimeOffset.UtcNow.AddDays(3):yyyy-MM-dd}";
        await warehouse.GotoAsync($"/shipments/{shipment}");
        await warehouse.GetByLabel("Agreed with the employer").FillAsync(day);
        await warehouse.GetByRole(AriaRole.Button, new() { Name = "Tell the employer" }).ClickAsync();
        await Expect(warehouse.GetByText("The employer sees the day.")).ToBeVisibleAsync();
        await Eventually.BecomesAsync(() => Books.OneAsync<long>("enrollment", $"select count(*) from facilities where id = '{ground.Facility}' and delivery_on = '{day}'"), shown => shown == 1);

        var page = await AsAsync(ground.Employer);
        await page.GotoAsync($"/employer/facilities/{ground.Facility}");
        var spoken = await page.EvaluateAsync<string>("day => new Date(day).toLocaleDateString('en-GB', { dateStyle: 'medium', timeZone: 'Asia/Qatar' })", day);
        var told = page.Locator("dl", new() { HasText = "Delivery planned for" });
        await Expect(told).ToContainTextAsync(spoken);
        await Expect(told).ToContainTextAsync("Left the warehouse");
        await page.HasNoViolationsAsync();
        await page.LooksLikeAsync("delivery-day");
    }

    [Fact]
    public async Task An_employer_finds_nothing_at_another_ones_facility()
    {
        var (ground, other) = (await Whole.AssessedFacilityAsync(), await Staff.ApprovedEmployerAsync());
        var page = await AsAsync(other);
        foreach (var path in (string[])["", "/tickets", "/workers"])
        {
            await page.GotoAsync($"/employer/facilities/{ground.Facility}{path}");
            await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("There is no such facility.");
            await Expect(page.GetByRole(AriaRole.Main)).Not.ToContainTextAsync(ground.Code);
        }
    }

    private Task<long> WorkersAsync(Ground ground) => Books.OneAsync<long>("enrollment", $"select count(*) from workers where facility_id = '{ground.Facility}'");
}
