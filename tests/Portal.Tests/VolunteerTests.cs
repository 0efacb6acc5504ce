using System.Text.Json;
using BetterConnections.Testing;

namespace BetterConnections.Portal.Tests;

/// <summary>A volunteer with a phone, often where there is no signal.</summary>
public class VolunteerTests(Portal portal, Teacher teacher) : PortalTest(portal), IClassFixture<Teacher>
{
    [Fact]
    public async Task Who_wants_to_help_applies_and_reads_what_comes_next()
    {
        var volunteer = await Staff.NewVolunteerAsync();
        var page = await OnPhone().AsAsync(volunteer);
        await page.GetByRole(AriaRole.Link, new() { Name = "Apply as a volunteer" }).First.ClickAsync();
        await page.GetByLabel("Name").FillAsync("Salma Haddad");
        await page.GetByLabel("E-mail address").FillAsync("salma@example.org");
        await page.GetByLabel("Hindi").SelectOptionAsync("Native");
        await page.GetByLabel("Teach", new() { Exact = true }).CheckAsync();
        await page.HasNoViolationsAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Apply" }).ClickAsync();

        await Expect(page.GetByText("The programme office looks at your application.")).ToBeVisibleAsync();
        var account = await Books.AccountAsync(volunteer);
        Assert.Equal(["Salma Haddad"], await Books.ColumnAsync<string>("volunteer", $"select name from volunteers where account = '{account}' and state = 'Applied' and skills = '{{trainer}}'"));

        await page.GetByLabel("Where you live").FillAsync("Al Wakra");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(page.GetByText("Saved.")).ToBeVisibleAsync();
        Assert.Equal("Al Wakra", await Books.OneAsync<string>("volunteer", $"select home_area from volunteers where account = '{account}'"));

        var office = await AsAsync(Roles.ProgrammeOffice);
        var number = await Books.OneAsync<string>("volunteer", $"select number from volunteers where account = '{account}'");
        await office.GotoAsync("/search?q=salma+had");
        await office.Locator(".card", new() { HasText = number }).GetByRole(AriaRole.Link, new() { Name = "Salma Haddad" }).ClickAsync();
        await Expect(office.Heading()).ToHaveTextAsync("Salma Haddad");
        await Expect(office.GetByRole(AriaRole.Main)).ToContainTextAsync("salma@example.org");
        await Expect(office.GetByRole(AriaRole.Main)).ToContainTextAsync("Al Wakra");
        await office.LooksLikeAsync("volunteer");
    }

    [Fact]
    public async Task A_volunteer_says_when_they_can_come_and_the_office_reads_it_and_finds_them_free()
    {
        var volunteer = await Staff.NewVolunteerAsync();
        var page = await OnPhone().AsAsync(volunteer);
        await page.GotoAsync("/volunteer/availability");
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("has not applied as a volunteer yet");
        var id = await volunteer.ApplyAsVolunteerAsync("Rosa");
        await page.GotoAsync("/volunteer/profile");
        await page.GetByRole(AriaRole.Link, new() { Name = "When I can come" }).ClickAsync();
        await Expect(page.GetByText("You have not said when yet")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Checkbox, new() { Name = "Friday" }).CheckAsync();
        await page.GetByRole(AriaRole.Checkbox, new() { Name = "Tuesday" }).CheckAsync();
        await page.GetByLabel("From", new() { Exact = true }).FillAsync("18:00");
        await page.GetByLabel("To", new() { Exact = true }).FillAsync("17:00");
        var add = page.GetByRole(AriaRole.Button, new() { Name = "Add these hours" });
        await add.ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("The end has to be later than the beginning.");
        await page.GetByLabel("To", new() { Exact = true }).FillAsync("21:30");
        await add.ClickAsync();
        await Expect(page.GetByText("18:00–21:30")).ToHaveCountAsync(2);
        await page.GetByRole(AriaRole.Button, new() { Name = "Remove Tuesday 18:00–21:30" }).ClickAsync();
        await Expect(page.GetByText("18:00–21:30")).ToHaveCountAsync(1);
        var first = DateTime.UtcNow.Date.AddDays(20);
        await page.GetByLabel("First day").FillAsync($"{first:yyyy-MM-dd}");
        await page.GetByLabel("Last day").FillAsync($"{first.AddDays(3):yyyy-MM-dd}");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add these days" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Remove ") })).ToHaveCountAsync(2);
        await page.HasNoViolationsAsync();
        Assert.Equal(0, await page.SidewaysAsync());
        await page.LooksLikeAsync("availability");
        Assert.Equal(["5 1080 1290"], await Books.ColumnAsync<string>("volunteer", $"select concat_ws(' ', day, from_minute, to_minute) from weekly_slots where volunteer_id = '{id}'"));
        Assert.Equal([$"{first:yyyy-MM-dd} {first.AddDays(3):yyyy-MM-dd}"], await Books.ColumnAsync<string>("volunteer", $"select concat_ws(' ', first, last) from absences where volunteer_id = '{id}'"));

        // The profile has the same ETag: each can still be saved after the other.
        await page.GoBackAsync();
        await page.GetByLabel("Where you live").FillAsync("Al Khor");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Eventually.BecomesAsync(() => Books.OneAsync<string>("volunteer", $"select coalesce(home_area, '') from volunteers where id = '{id}'"), area => area == "Al Khor");
        await page.GoForwardAsync();
        await page.GetByRole(AriaRole.Checkbox, new() { Name = "Saturday" }).CheckAsync();
        await add.ClickAsync();
        await Expect(page.GetByText("17:00–21:00")).ToBeVisibleAsync();

        var office = await OnDesktop().InArabic().AsAsync(Roles.ProgrammeOffice);
        await office.GotoAsync($"/office/volunteers/{id}");
        await Expect(office.GetByRole(AriaRole.Main)).ToContainTextAsync("الجمعة 18:00–21:30");
        await Expect(office.GetByRole(AriaRole.Main)).ToContainTextAsync("غائب: ");
        await office.HasNoViolationsAsync();
        await Office.ScreenAsync(id);
        var friday = first.AddDays(7);
        while (friday.DayOfWeek != DayOfWeek.Friday) friday = friday.AddDays(1);
        var number = await Books.OneAsync<string>("volunteer", $"select number from volunteers where id = '{id}'");
        var sought = await Whole.SeekAsync("Monitor", new(friday.AddHours(12), TimeSpan.Zero)); // 15:00 in Qatar, and the page begins with 17:00
        await office.GotoAsync($"/openings/{sought.Id}");
        var candidate = office.Locator("ol > li.card", new() { HasText = number });
        await office.GetByLabel("من", new() { Exact = true }).FillAsync("18:30");
        await office.GetByLabel("إلى", new() { Exact = true }).FillAsync("20:30");
        await Expect(candidate).ToContainTextAsync("المواعيد التي يتفرغ لها: 1 من 1");
    }

    [Fact]
    public async Task In_Urdu_a_volunteer_meets_no_English_on_the_start_the_account_and_what_is_to_be_sent()
    {
        var page = await OnPhone().InUrdu().AsAsync(teacher.Person);
        foreach (var (address, title) in new[] { ("/", "آپ کے لیے کیا ہے"), ("/account", "میرا اکاؤنٹ"), ("/to-send", "بھیجنا باقی") })
        {
            await page.GotoAsync(address);
            await Expect(page.Heading()).ToHaveTextAsync(title);
            Assert.Equal("ur rtl", await page.EvaluateAsync<string>("`${document.documentElement.lang} ${document.documentElement.dir}`"));
            Assert.Equal(0, await page.SidewaysAsync());
            await page.HasNoViolationsAsync();
            await page.LooksLikeAsync($"urdu{address.Replace('/', '-')}");
        }
    }

    [Fact]
    public async Task In_Arabic_a_site_is_reported_without_a_connection_and_its_problem_becomes_a_ticket()
    {
        var page = await OnPhone().InArabic().AsAsync(teacher.Person);
        await page.IsInstalledAsync();
        await page.GotoAsync($"/volunteer/assignments/{teacher.Assignment}/report");
        await page.GetByLabel("الحواسيب العاملة").FillAsync("10"); // all: others plan sessions with them
        await page.GetByLabel("الإنترنت").SelectOptionAsync("yes");
        await page.GetByLabel("عدد الأشخاص في الغرفة").FillAsync("12");
        await page.GetByRole(AriaRole.Button, new() { Name = "أضف مشكلة" }).ClickAsync();
        await page.GetByLabel("تخص").SelectOptionAsync("Room");
        var wrong = $"المكيف لا يعمل {Guid.NewGuid():n}";
        await page.GetByLabel("ما المشكلة").FillAsync(wrong);
        await page.HasNoViolationsAsync();
        await page.GoOfflineAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "سجّل التقرير" }).DblClickAsync();
        await Expect(page).ToHaveURLAsync($"/volunteer/assignments/{teacher.Assignment}");
        await page.GoOnlineAsync();

        await Expect(page.GetByText("إدخال واحد بانتظار الإرسال")).ToHaveCountAsync(0);
        var problem = Assert.Single(await Books.ColumnAsync<Guid>("volunteer",
            $"select p.id from site_problems p join site_reports r on r.id = p.report_id where p.text = '{wrong}' and r.devices_working = 10 and r.people_seen = 12"));
        await Eventually.BecomesAsync(() => Books.OneAsync<long>("enrollment", $"select count(*) from tickets where id = '{problem}' and concerns = 'Room'"), tickets => tickets == 1);
    }

    [Fact]
    public async Task A_photo_taken_on_site_without_a_connection_survives_a_closed_browser_and_reaches_the_office_small_and_once()
    {
        var people = Random.Shared.Next(1000, 5000); // by which this report is known
        var page = await OnPhone().AsAsync(teacher.Person);
        await page.IsInstalledAsync();
        await page.GotoAsync($"/volunteer/assignments/{teacher.Assignment}/report");
        await page.GetByLabel("Computers that work").FillAsync("10");
        await page.GetByLabel("The internet works").SelectOptionAsync("yes");
        await page.GetByLabel("People in the room").FillAsync($"{people}");
        await page.GoOfflineAsync();
        var large = await page.LargePhotoAsync();
        for (var n = 1; n <= 2; n++)
        {
            await page.GetByLabel("Add a photo").SetInputFilesAsync(new FilePayload { Name = "room.png", MimeType = "image/png", Buffer = large });
            await Expect(page.GetByRole(AriaRole.Img, new() { Name = $"Photo {n}" })).ToBeVisibleAsync();
        }
        await page.GetByLabel("Add a photo").SetInputFilesAsync(new FilePayload { Name = "note.txt", MimeType = "text/plain", Buffer = [65] });
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Only photos");
        await page.GetByRole(AriaRole.Button, new() { Name = "Remove photo 2" }).ClickAsync();
        await page.HasNoViolationsAsync();
        await page.LooksLikeAsync("report-photo");
        // The phone is put away before the report is recorded.
        await page.CloseAsync();
        page = await page.Context.NewPageAsync();
        await page.GotoAsync($"/volunteer/assignments/{teacher.Assignment}/report");
        await Expect(page.GetByLabel("Computers that work")).ToHaveValueAsync("10");
        await Expect(page.GetByLabel("People in the room")).ToHaveValueAsync($"{people}");
        await Expect(page.GetByRole(AriaRole.Img, new() { NameRegex = new("^Photo") })).ToHaveCountAsync(1);
        await Eventually.BecomesAsync(() => page.GetByRole(AriaRole.Img, new() { Name = "Photo 1" }).EvaluateAsync<int>("p => p.naturalWidth"), width => width > 0);
        // The same once more, and at once the report: it takes along what is still being made smaller.
        await page.GetByLabel("Add a photo").SetInputFilesAsync(new FilePayload { Name = "room.png", MimeType = "image/png", Buffer = large });
        await page.GetByRole(AriaRole.Button, new() { Name = "Record the report" }).ClickAsync();
        await Expect(page.GetByText("3 still to be sent").First).ToBeVisibleAsync();
        await page.GotoAsync($"/volunteer/assignments/{teacher.Assignment}/report");
        await Expect(page.GetByLabel("People in the room")).ToHaveValueAsync("");
        await Expect(page.GetByRole(AriaRole.Img, new() { NameRegex = new("^Photo") })).ToHaveCountAsync(0);
        await page.CloseAsync();

        var reopened = await page.Context.NewPageAsync();
        await reopened.GotoAsync("/to-send");
        await Expect(reopened.GetByText("Waiting", new() { Exact = true })).ToHaveCountAsync(3);
        await reopened.GoOnlineAsync();
        await Expect(reopened.GetByText("Everything has been sent.")).ToBeVisibleAsync();

        Assert.Equal(1, await Books.OneAsync<long>("volunteer", $"""
            select count(*) from site_photos p join site_reports r on r.id = p.report_id where r.people_seen = {people} and p.content_type = 'image/jpeg' and p.bytes < {large.Length}
            """));
        var facility = await Books.OneAsync<Guid>("volunteer", $"select facility_id from site_reports where people_seen = {people}");
        var office = await AsAsync(Roles.ProgrammeOffice);
        await office.GotoAsync($"/office/facilities/{facility}");
        var photo = office.Locator(".story li", new() { HasText = $"{people} people seen" }).GetByRole(AriaRole.Img);
        await photo.ScrollIntoViewIfNeededAsync();
        await Eventually.BecomesAsync(() => photo.EvaluateAsync<int>("p => p.naturalWidth"), width => width > 0); // the service gave it
        await office.HasNoViolationsAsync();
        await office.LooksLikeAsync("office-photo");
    }

    [Fact]
    public async Task A_report_that_was_refused_comes_back_with_its_photo_and_its_time_and_is_put_right()
    {
        var people = Random.Shared.Next(1000, 4990); // by which this report is known
        var page = await OnPhone().Permitting("400 (Bad Request)").AsAsync(teacher.Person);
        await page.IsInstalledAsync();
        await page.GotoAsync($"/volunteer/assignments/{teacher.Assignment}/report");
        await page.GoOfflineAsync();
        await page.GetByLabel("Computers that work").FillAsync("12"); // of ten
        await page.GetByLabel("The internet works").SelectOptionAsync("no");
        await page.GetByLabel("People in the room").FillAsync($"{people}");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add a problem" }).ClickAsync();
        await page.GetByLabel("Barcode").FillAsync("BC-000001-1");
        await Expect(page.GetByText("The barcode was misread or mistyped.")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Remove", Exact = true }).ClickAsync();
        await page.GetByLabel("Add a photo").SetInputFilesAsync(new FilePayload { Name = "room.png", MimeType = "image/png", Buffer = Picture });
        await Expect(page.GetByRole(AriaRole.Img, new() { Name = "Photo 1" })).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Record the report" }).ClickAsync();
        await Expect(page).ToHaveURLAsync($"/volunteer/assignments/{teacher.Assignment}");
        await page.GoOnlineAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Not taken: 1" }).First.ClickAsync();
        var seen = DateTimeOffset.UtcNow;
        await page.GetByRole(AriaRole.Link, new() { Name = "Put it right" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Put it right" }).ClickAsync();

        await Expect(page.GetByLabel("The internet works")).ToHaveValueAsync("no");
        await Expect(page.GetByRole(AriaRole.Img, new() { Name = "Photo 1" })).ToBeVisibleAsync();
        await Expect(page.GetByText("Not taken")).ToHaveCountAsync(0);
        await page.HasNoViolationsAsync();
        await page.GetByLabel("Computers that work").FillAsync("10");
        await page.GetByRole(AriaRole.Button, new() { Name = "Record the report" }).ClickAsync();
        await Eventually.BecomesAsync(() => Books.ColumnAsync<string>("volunteer", $"""
            select concat_ws(' ', r.devices_working, r.internet_up, r.at < '{seen:O}', (select count(*) from site_photos p where p.report_id = r.id)) from site_reports r where r.people_seen = {people}
            """), reports => reports.SequenceEqual(["10 f t 1"]));
    }

    [Fact]
    public async Task A_report_whose_photos_the_full_phone_did_not_keep_is_one_report_and_figures_typed_over_it_are_another()
    {
        var people = Random.Shared.Next(1000, 4990); // by which these reports are known
        var page = await OnPhone().AsAsync(teacher.Person);
        await page.FillDiskAsync(forPhotosOnly: true);
        await page.GotoAsync($"/volunteer/assignments/{teacher.Assignment}/report");
        await FillInAndFailAsync(people);

        // The same figures: only the photo is missing.
        await page.ReloadAsync();
        await Expect(page.GetByRole(AriaRole.Img, new() { Name = "Photo 1" })).ToBeVisibleAsync();
        await RecordAsync();
        await Eventually.BecomesAsync(ReportsAsync, reports => reports.SequenceEqual([$"{people} 1"]));

        // Others: the first report stays without a photo, and the second has it.
        await page.GotoAsync($"/volunteer/assignments/{teacher.Assignment}/report");
        await Expect(page.GetByLabel("People in the room")).ToHaveValueAsync("");
        await FillInAndFailAsync(people + 1);
        await page.ReloadAsync();
        await Expect(page.GetByRole(AriaRole.Img, new() { Name = "Photo 1" })).ToBeVisibleAsync();
        await page.GetByLabel("People in the room").FillAsync($"{people + 2}");
        await RecordAsync();
        await Eventually.BecomesAsync(ReportsAsync, reports => reports.SequenceEqual([$"{people} 1", $"{people + 1} 0", $"{people + 2} 1"]));

        async Task FillInAndFailAsync(int seen)
        {
            await page.GetByLabel("Computers that work").FillAsync("10");
            await page.GetByLabel("The internet works").SelectOptionAsync("yes");
            await page.GetByLabel("People in the room").FillAsync($"{seen}");
            await page.GetByLabel("Add a photo").SetInputFilesAsync(new FilePayload { Name = "room.png", MimeType = "image/png", Buffer = Picture });
            await Expect(page.GetByRole(AriaRole.Img, new() { Name = "Photo 1" })).ToBeVisibleAsync();
            await page.GetByRole(AriaRole.Button, new() { Name = "Record the report" }).ClickAsync();
            await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("The phone could not keep this");
        }

        async Task RecordAsync()
        {
            await page.EvaluateAsync("window.full = false");
            await page.GetByRole(AriaRole.Button, new() { Name = "Record the report" }).ClickAsync();
            await Expect(page).ToHaveURLAsync($"/volunteer/assignments/{teacher.Assignment}");
            await Expect(page.GetByText("still to be sent")).ToHaveCountAsync(0);
        }

        Task<List<string>> ReportsAsync() => Books.ColumnAsync<string>("volunteer", $"""
            select concat_ws(' ', r.people_seen, (select count(*) from site_photos p where p.report_id = r.id)) from site_reports r
            where r.people_seen between {people} and {people + 2} order by r.people_seen
            """);
    }

    [Fact]
    public async Task A_report_that_is_open_in_two_tabs_is_filled_in_by_both_and_recorded_once()
    {
        var people = Random.Shared.Next(1000, 4990);
        var first = await OnPhone().AsAsync(teacher.Person);
        var second = await first.Context.NewPageAsync();
        await first.IsInstalledAsync();
        foreach (var page in (IPage[])[first, second]) await page.GotoAsync($"/volunteer/assignments/{teacher.Assignment}/report");
        await first.GetByLabel("Computers that work").FillAsync("10");
        await first.GetByLabel("The internet works").SelectOptionAsync("yes");
        await Expect(second.GetByLabel("Computers that work")).ToHaveValueAsync("10");
        await second.GetByLabel("People in the room").FillAsync($"{people}");
        await second.GetByLabel("Add a photo").SetInputFilesAsync(new FilePayload { Name = "room.png", MimeType = "image/png", Buffer = Picture });
        await Expect(first.GetByRole(AriaRole.Img, new() { Name = "Photo 1" })).ToBeVisibleAsync();
        await Expect(first.GetByLabel("People in the room")).ToHaveValueAsync($"{people}");

        await first.GoOfflineAsync();
        await Task.WhenAll(new[] { first, second }.Select(page => page.EvaluateAsync("document.querySelector('main form').requestSubmit()")));
        await Eventually.BecomesAsync(first.DraftsAsync, drafts => drafts == 0); // whichever was quicker
        await second.GotoAsync($"/volunteer/assignments/{teacher.Assignment}/report");
        await Expect(second.GetByLabel("People in the room")).ToHaveValueAsync("");
        await second.GetByLabel("Computers that work").FillAsync("10");
        await second.GetByLabel("The internet works").SelectOptionAsync("yes");
        await second.GetByLabel("People in the room").FillAsync($"{people + 1}");
        await second.GetByRole(AriaRole.Button, new() { Name = "Record the report" }).ClickAsync();
        await Expect(second).ToHaveURLAsync($"/volunteer/assignments/{teacher.Assignment}");
        await first.GoOnlineAsync();

        await Expect(second.GetByText("still to be sent")).ToHaveCountAsync(0);
        Assert.Equal([$"{people} 1", $"{people + 1} 0"], await Books.ColumnAsync<string>("volunteer", $"""
            select concat_ws(' ', r.people_seen, (select count(*) from site_photos p where p.report_id = r.id)) from site_reports r
            where r.people_seen in ({people}, {people + 1}) order by r.people_seen
            """));
    }

    [Fact]
    public async Task An_assignment_whose_facility_cannot_be_read_says_what_is_missing_and_leaves_the_rest()
    {
        foreach (var (visit, missing, report, again) in new[]
        {
            (OnPhone(), "Site, opening hours and the way there are missing here.", "Site report", "Try again"),
            (OnPhone().InArabic(), "ينقص هنا الموقع وساعات العمل والطريق إليه.", "تقرير الموقع", "حاول مرة أخرى"),
        })
        {
            var page = await visit.WithoutServiceWorker().AsAsync(teacher.Person);
            await page.RouteAsync("**/api/enrollment/facilities/*", route => route.FulfillAsync(new() { Status = 404, ContentType = "application/problem+json", Body = """{"status":404,"code":"not_found"}""" }));
            await page.GotoAsync($"/volunteer/assignments/{teacher.Assignment}");
            await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync(missing);
            await Expect(page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Link, new() { Name = report })).ToBeVisibleAsync();
            await Expect(page.Locator("a[href^='geo:']")).ToHaveCountAsync(0);
            await page.HasNoViolationsAsync();
            foreach (var width in (int[])[320, 390])
            {
                await page.SetViewportSizeAsync(width, 844);
                Assert.Equal(0, await page.SidewaysAsync());
                await page.LooksLikeAsync("assignment-without-facility");
            }

            await page.UnrouteAllAsync();
            await page.GetByRole(AriaRole.Alert).GetByRole(AriaRole.Button, new() { Name = again }).ClickAsync();
            await Expect(page.Locator("a[href^='geo:']")).ToBeVisibleAsync();
            await Expect(page.GetByRole(AriaRole.Alert)).ToHaveCountAsync(0);
        }
    }

    [Fact]
    public async Task A_receipt_that_is_undone_before_it_was_sent_never_arrives_and_one_that_was_sent_meanwhile_is_said_to_stand()
    {
        var volunteer = await Staff.NewVolunteerAsync();
        var (_, shipment, devices) = await Whole.DispatchedKitAsync(receiver: await Books.AccountAsync(volunteer));
        var page = await OnPhone().WithoutServiceWorker().AsAsync(volunteer);
        await page.GotoAsync($"/volunteer/deliveries/{shipment}");
        await Expect(page.GetByText("Still to be scanned: 11")).ToBeVisibleAsync();
        await page.GoOfflineAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = $"{devices[0].Barcode} was received" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = $"Undo {devices[0].Barcode}" }).ClickAsync();
        await Expect(page.GetByText($"{devices[0].Barcode} is not recorded any more.")).ToBeVisibleAsync();
        await Expect(page.GetByText("Still to be scanned: 11")).ToBeVisibleAsync();
        Assert.Empty(await page.StoredAsync("outbox"));

        var (posted, letGo) = await page.HoldPostsAsync($"/api/inventory/shipments/{shipment}/receipts");
        await page.GoOnlineAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = $"{devices[1].Barcode} was received" }).ClickAsync();
        await posted;
        await page.GetByRole(AriaRole.Button, new() { Name = $"Undo {devices[1].Barcode}" }).ClickAsync();
        letGo();
        await Expect(page.GetByText($"{devices[1].Barcode} is recorded already.")).ToBeVisibleAsync();
        await Expect(page.GetByText("Still to be scanned: 10")).ToBeVisibleAsync();
        await Expect(page.GetByText("still to be sent")).ToHaveCountAsync(0);
        Assert.Equal([devices[1].Barcode], await Books.ColumnAsync<string>("inventory",
            $"select d.barcode from shipment_items i join devices d on d.id = i.device_id where i.shipment_id = '{shipment}' and i.outcome is not null"));
    }

    [Fact]
    public async Task A_delivery_is_received_by_scan_without_a_connection_and_what_is_not_there_counts_as_missing()
    {
        var volunteer = await Staff.NewVolunteerAsync();
        var (ground, shipment, devices) = await Whole.DispatchedKitAsync(receiver: await Books.AccountAsync(volunteer));
        var page = await OnPhone().AsAsync(volunteer);
        await page.IsInstalledAsync();
        await page.GotoAsync($"/volunteer/deliveries/{shipment}");
        await Expect(page.GetByText("Still to be scanned: 11")).ToBeVisibleAsync();
        await page.GoOfflineAsync();

        await page.GetByLabel("Barcode", new() { Exact = true }).FillAsync(devices[0].Barcode.Replace("-", "").ToLowerInvariant());
        await page.Keyboard.PressAsync("Enter");
        await page.GetByLabel("Barcode", new() { Exact = true }).FillAsync("BC-999999-X");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByText("is not in this delivery")).ToBeVisibleAsync();
        await page.GetByLabel("It arrived damaged").CheckAsync();
        await page.GetByLabel("What is damaged").FillAsync("the screen is broken");
        await page.GetByLabel("Barcode", new() { Exact = true }).FillAsync(devices[9].Barcode);
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByText($"{devices[9].Barcode} arrived damaged.")).ToBeVisibleAsync();
        foreach (var device in devices.Skip(1).Take(8)) await page.GetByRole(AriaRole.Button, new() { Name = $"{device.Barcode} was received" }).ClickAsync(); // none of them damaged
        await page.GetByRole(AriaRole.Button, new() { Name = $"{devices[10].Barcode} was received" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = $"Undo {devices[10].Barcode}" }).ClickAsync(); // its box was empty
        await Expect(page.GetByText("Still to be scanned: 1", new() { Exact = true })).ToBeVisibleAsync();
        await page.HasNoViolationsAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "That is all" }).ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "That is all" }).ClickAsync();
        await page.GoOnlineAsync();

        await Expect(page.GetByText("still to be sent")).ToHaveCountAsync(0);
        var outcomes = await Books.ColumnAsync<string>("inventory", $"select outcome from shipment_items where shipment_id = '{shipment}' order by outcome");
        Assert.Equal(["Damaged", "Missing", .. Enumerable.Repeat("Received", 9)], outcomes);
        Assert.Equal(1, await Books.OneAsync<long>("inventory", $"select count(*) from shipments where id = '{shipment}' and status = 'Closed' and facility_id = '{ground.Facility}'"));
    }

    [Fact]
    public async Task The_picture_and_the_sound_of_a_lesson_are_there_without_a_connection()
    {
        var slug = await PublishLessonAsync("money-transfer", ("button.png", Picture), ("signal.wav", Sound));
        var page = await OnPhone().AsAsync(teacher.Person);
        await page.IsInstalledAsync();
        const string lessons = "/volunteer/lessons/money-transfer/en";
        await page.GotoAsync(lessons);
        await ShowsBothAsync(page);
        Assert.Equal(1, await Books.OneAsync<long>("training", $"select count(*) from modules m join toolkit_versions v on v.id = m.version_id where m.slug = '{slug}' and v.state = 'Published'"));

        // What it has of a version it does not fetch again.
        var fetched = new List<string>();
        page.Request += (_, request) => fetched.Add(request.Url);
        await page.ReloadAsync();
        await ShowsBothAsync(page);
        Assert.Contains(fetched, url => url.Contains("/api/training/toolkits?", StringComparison.Ordinal));
        Assert.DoesNotContain(fetched, url => url.Contains("/versions/", StringComparison.Ordinal));

        await page.GoOfflineAsync();
        await page.CloseAsync();
        var reopened = await page.Context.NewPageAsync();
        await reopened.GotoAsync(lessons);
        await Expect(reopened.GetByText("because there is no connection")).ToBeVisibleAsync();
        await ShowsBothAsync(reopened);

        async Task ShowsBothAsync(IPage shown)
        {
            var lesson = shown.Locator("details", new() { HasText = $"Lesson {slug}" });
            await lesson.Locator("summary").ClickAsync();
            await Eventually.BecomesAsync(() => lesson.Locator("img").EvaluateAsync<int>("p => p.naturalWidth"), width => width > 0);
            await Eventually.BecomesAsync(() => lesson.Locator("audio").EvaluateAsync<int>("a => a.readyState"), state => state > 0); // it knows how long it is
        }
    }

    /// <summary>A further lesson in the workers' toolkit of a topic, in all its languages.</summary>
    private async Task<string> PublishLessonAsync(string topic, params (string Name, byte[] Content)[] files)
    {
        var partner = await Staff.HireAsync(Roles.TrainingPartner);
        var page = await AsAsync(partner);
        var toolkit = (await partner.GetAsync<Page<ToolkitView>>($"/api/training/toolkits?topic={topic}")).Items[0];
        var version = $"/api/training/toolkits/{toolkit.Id}/versions";
        var draft = await partner.PostAsync<VersionView>(version);
        version += $"/{draft.Number}";
        var token = (await (await page.APIRequest.GetAsync("/session")).JsonAsync())!.Value.GetProperty("formToken").GetString()!;
        foreach (var (name, content) in files)
        {
            var type = name.EndsWith(".png", StringComparison.Ordinal) ? "image/png" : "audio/wav";
            var put = await page.APIRequest.PutAsync($"{version}/attachments/{name}", new() { DataByte = content, Headers = new Dictionary<string, string> { ["X-Form-Token"] = token, ["Content-Type"] = type } });
            Assert.True(put.Ok || put.Status == 409, await put.TextAsync()); // of a run before
        }
        var slug = $"shown-{Guid.NewGuid():n}";
        var body = string.Join("\n\n", files.Select(f => $"![What is meant](attachments/{f.Name})"));
        await partner.PostAsync<JsonElement>($"{version}/modules", new
        {
            slug, content = new { position = 99, minutes = 5, texts = draft.Languages.ToDictionary(l => l, _ => new { title = $"Lesson {slug}", body }) },
        });
        await partner.PostAsync<VersionView>($"{version}/publish");
        return slug;
    }

    private static byte[] Picture => Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

    /// <summary>A second of silence, 8 bit, 8 kHz.</summary>
    private static byte[] Sound =>
        [.. "RIFF"u8, .. BitConverter.GetBytes(36 + 8000), .. "WAVEfmt "u8, .. BitConverter.GetBytes(16), 1, 0, 1, 0, .. BitConverter.GetBytes(8000), .. BitConverter.GetBytes(8000), 1, 0, 8, 0,
            .. "data"u8, .. BitConverter.GetBytes(8000), .. Enumerable.Repeat((byte)128, 8000)];

    private sealed record ToolkitView(Guid Id);

    private sealed record VersionView(int Number, IReadOnlyList<string> Languages);
}
