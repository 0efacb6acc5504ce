using System.Globalization;
using System.IO.Compression;
using System.Text.RegularExpressions;
using BetterConnections.Testing;

namespace BetterConnections.Portal.Tests;

/// <summary>The training partner: from the timetable to the certificate.</summary>
public class TrainingTests(Portal portal) : PortalTest(portal), IAsyncLifetime
{
    private const string Topic = "internet-and-email";
    private static int _rooms;
    private School _school = null!;

    public async ValueTask InitializeAsync() => _school = await Whole.School.OpenAsync();

    [Fact]
    public async Task A_session_is_planned_changed_and_cancelled_with_a_reason()
    {
        var page = await AsAsync(Roles.TrainingPartner);
        var (code, day) = (await CodeAsync(), FreeDay());
        await page.GotoAsync("/training");
        await page.GetByRole(AriaRole.Link, new() { Name = "Plan a session" }).ClickAsync();
        await page.GetByLabel("Topic").SelectOptionAsync(Topic);
        await page.GetByLabel("Facility", new() { Exact = true }).FillAsync(code.ToLowerInvariant());
        await Expect(page.GetByText("10 computers work").First).ToBeVisibleAsync();
        await page.GetByLabel("Language", new() { Exact = true }).Last.SelectOptionAsync("hi");
        await page.GetByLabel("Day").FillAsync(day);
        await page.GetByLabel("From").FillAsync("17:00");
        await page.GetByLabel("Until").FillAsync("18:30");
        await page.GetByLabel("Seats").FillAsync("8");
        await page.HasNoViolationsAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Plan", Exact = true }).ClickAsync();

        await Expect(page.GetByRole(AriaRole.Main).GetByText("Needs a trainer")).ToBeVisibleAsync();
        var id = Guid.Parse(new Uri(page.Url).Segments[^1]);
        Assert.Equal($"NeedsTrainer {day} 17:00 90 8", await PlannedAsync(id));

        await page.GetByRole(AriaRole.Link, new() { Name = "Change" }).ClickAsync();
        await page.GetByLabel("Until").FillAsync("19:00");
        await page.GetByLabel("Taught by").SelectOptionAsync("The training partner");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Main).GetByText("Planned", new() { Exact = true })).ToBeVisibleAsync();
        Assert.Equal($"Planned {day} 17:00 120 8", await PlannedAsync(id));

        await page.GetByRole(AriaRole.Button, new() { Name = "Cancel the session" }).ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Cancel the session" }).ClickAsync();
        await Expect(dialog.GetByText("Give a reason.")).ToBeVisibleAsync();
        await dialog.GetByLabel("Why").FillAsync("A public holiday");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Cancel the session" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Main).GetByText("A public holiday")).ToBeVisibleAsync();
        Assert.Equal("A public holiday", await Books.OneAsync<string>("training", $"select why from sessions where id = '{id}' and state = 'Cancelled'"));
    }

    [Fact]
    public async Task A_room_that_is_taken_is_said_in_words_and_a_series_is_planned_whole_or_not_at_all()
    {
        var (page, code, day) = (await AsAsync(Roles.TrainingPartner), await CodeAsync(), FreeDay());
        await PlanAsync(At(day, 7), 7);
        await page.GotoAsync($"/training/plan?facility={_school.Facility}");
        await Expect(page.GetByLabel("Facility", new() { Exact = true })).ToHaveValueAsync(code);
        await page.GetByLabel("Topic").SelectOptionAsync(Topic);
        await page.GetByLabel("Day").FillAsync(day);
        await page.GetByLabel("From").FillAsync("10:00");
        await page.GetByLabel("Until").FillAsync("11:00");
        await page.GetByLabel("Weeks").FillAsync("3");
        await page.GetByRole(AriaRole.Button, new() { Name = "Plan", Exact = true }).ClickAsync();
        await Expect(page.GetByText("Another session is in this room at that time.")).ToBeVisibleAsync();
        Assert.Equal(0, await SeriesAsync());

        await page.GetByLabel("From").FillAsync("12:00");
        await page.GetByLabel("Until").FillAsync("13:00");
        await page.GetByRole(AriaRole.Button, new() { Name = "Plan", Exact = true }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Who has a place, and who came" })).ToBeVisibleAsync();
        Assert.Equal(3, await SeriesAsync());

        Task<long> SeriesAsync() => Books.OneAsync<long>("training", $"""
            select count(*) from sessions where facility_id = '{_school.Facility}' and series_id is not null and state = 'NeedsTrainer'
                and (starts at time zone 'Asia/Qatar')::date in ('{day}'::date, '{day}'::date + 7, '{day}'::date + 14)
            """);
    }

    [Fact]
    public async Task The_timetable_shows_a_facilitys_week_and_its_rosters_are_downloaded_without_a_name()
    {
        var (page, code, day) = (await AsAsync(Roles.TrainingPartner), await CodeAsync(), FreeDay());
        var session = await PlanAsync(At(day, 5), 6);
        await page.GotoAsync($"/training?week={day}");
        await page.GetByLabel("Facility").FillAsync(code);
        await Expect(page).ToHaveURLAsync(new Regex($"facility={_school.Facility}"));
        var row = page.Locator("tbody tr", new() { Has = page.Locator($"a[href='/training/sessions/{session}']") });
        await Expect(row).ToContainTextAsync("0 of 6");
        await Expect(row).ToContainTextAsync("Planned");
        await page.LooksLikeAsync("training-timetable");

        await page.GetByText("For a learning platform").ClickAsync();
        await page.GetByLabel("From").FillAsync(day);
        await page.GetByLabel("Until").FillAsync(day);
        var download = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Link, new() { Name = $"Download of {code}" }).ClickAsync());
        var cancel = TestContext.Current.CancellationToken;
        await using var zip = await ZipFile.OpenReadAsync(await download.PathAsync(), cancel);
        using var classes = new StreamReader(await zip.GetEntry("classes.csv")!.OpenAsync(cancel));
        Assert.Contains(Topic, await classes.ReadToEndAsync(cancel), StringComparison.Ordinal);

        await page.RunAndWaitForResponseAsync(() => page.GetByRole(AriaRole.Link, new() { Name = "The week after" }).ClickAsync(),
            r => r.Url.Contains("/api/training/sessions?", StringComparison.Ordinal));
        await Expect(page.Locator(".data-table table, .data-table .empty")).ToBeVisibleAsync(); // not while it is read
        await Expect(row).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Who_has_a_place_and_who_waits_is_seen_and_whoever_leaves_lets_the_next_one_in()
    {
        var (page, cards) = (await AsAsync(Roles.TrainingPartner), await JoinAsync(3));
        var session = await PlanAsync(At(FreeDay(), 9), 2);
        await page.GotoAsync($"/training/sessions/{session}");
        await page.GetByLabel("Cards").FillAsync($"{string.Join('\n', cards)}\nNOBODYS-CARD");
        await page.GetByRole(AriaRole.Button, new() { Name = "Enroll" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Nobody has this card.");
        await Expect(page.GetByLabel("Cards")).ToHaveValueAsync("NOBODYS-CARD");
        await Expect(Row(page, cards[1])).ToContainTextAsync("Has a seat");
        await Expect(Row(page, cards[2])).ToContainTextAsync("Waits");
        await page.HasNoViolationsAsync();

        await page.GetByRole(AriaRole.Button, new() { NameRegex = Of("Take off the list", cards[0]) }).ClickAsync();
        await Expect(Row(page, cards[2])).ToContainTextAsync("Has a seat");
        Assert.Equal(cards.Skip(1), await Books.ColumnAsync<string>("training",
            $"select l.code from roster_entries e join learners l on l.id = e.learner_id where e.session_id = '{session}' and e.left_at is null order by e.number"));
    }

    [Fact]
    public async Task Attendance_taken_from_paper_is_mended_and_closed_and_leads_to_a_certificate_that_is_revoked_for_everybody()
    {
        var (page, cards) = (await AsAsync(Roles.TrainingPartner), await JoinAsync(2));
        var session = await Whole.School.WriteDownSessionAsync(); // an hour on keeping in touch, which is all that its course asks for
        await page.GotoAsync($"/training/sessions/{session.Id}");
        await Expect(page.GetByText("To be closed").Or(page.GetByText("Planned", new() { Exact = true })).First).ToBeVisibleAsync();
        await page.GetByLabel("Cards").FillAsync(string.Join(' ', cards));
        await page.GetByRole(AriaRole.Button, new() { Name = "They were here" }).ClickAsync();
        await Expect(Row(page, cards[0])).ToContainTextAsync("60 min");

        await page.GetByRole(AriaRole.Button, new() { NameRegex = Of("Was not here", cards[1]) }).ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByLabel("Why").FillAsync("A wrong line was read");
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Was not here" }).ClickAsync();
        await Expect(Row(page, cards[1])).ToHaveCountAsync(0);
        await page.GetByRole(AriaRole.Button, new() { Name = "Close the attendance" }).ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Close the attendance" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Main).GetByText("Held", new() { Exact = true })).ToBeVisibleAsync();
        Assert.Equal(1, await Books.OneAsync<int>("training", $"select attended from sessions where id = '{session.Id}' and state = 'Delivered'"));

        await Row(page, cards[0]).GetByRole(AriaRole.Link, new() { Name = cards[0] }).ClickAsync();
        await Expect(page.GetByText("Completed on")).ToBeVisibleAsync();
        await page.HasNoViolationsAsync();
        await page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Link, new() { Name = "Certificates" }).ClickAsync();
        var certificate = page.Locator("tbody tr", new() { HasText = cards[0] });
        await Expect(certificate).ToContainTextAsync("Valid");
        await page.LooksLikeAsync("training-certificates");
        var pdf = await page.Context.APIRequest.GetAsync((await certificate.GetByRole(AriaRole.Link, new() { Name = "PDF" }).GetAttributeAsync("href"))!);
        Assert.Equal("application/pdf", pdf.Headers["content-type"]);

        await certificate.GetByRole(AriaRole.Button, new() { Name = "Revoke …" }).ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByLabel("Why").FillAsync("Earned with another's card");
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Revoke …" }).ClickAsync();
        await Expect(certificate).ToContainTextAsync("Earned with another's card");
        Assert.Equal("Earned with another's card", await Books.OneAsync<string>("training", $"select revocation_reason from certificates where holder = '{cards[0]}' and revoked_at is not null"));
        await certificate.GetByRole(AriaRole.Link, new() { Name = "Public check" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { NameRegex = new("^Revoked") })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_run_of_a_course_is_opened_from_its_sessions_and_shows_how_far_each_has_come()
    {
        var (volunteer, page) = (await Staff.NewVolunteerAsync(), await AsAsync(Roles.TrainingPartner));
        var id = await volunteer.ApplyAsVolunteerAsync("Huda");
        await Office.ScreenAsync(id);
        var number = await Eventually.BecomesAsync(async () => (await Books.ColumnAsync<string>("training", $"select code from learners where id = '{id}' and code is not null")).SingleOrDefault(), n => n is not null, TimeSpan.FromMinutes(1));
        var venue = $"Hall {Guid.NewGuid():n}"[..12];
        var starts = At(FreeDay(), 4);
        await _school.Partner.PlanAsync(new { topic = "teaching-adults", audience = "Volunteers", language = "en", starts, ends = starts.AddHours(3), seats = 20, venue, byTrainingPartner = true });

        await page.GotoAsync("/training/courses");
        await page.GetByRole(AriaRole.Link, new() { NameRegex = Of("Open a run", "Train the trainer") }).ClickAsync();
        await page.GetByLabel(venue).CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Open a run of one session" }).ClickAsync();
        await page.GetByLabel("Cards").FillAsync(number!);
        await page.GetByRole(AriaRole.Button, new() { Name = "Enroll" }).ClickAsync();
        await Expect(Row(page, number!)).ToContainTextAsync("0 of 180 minutes");
        await page.HasNoViolationsAsync();
        var run = Guid.Parse(new Uri(page.Url).Segments[^1]);
        Assert.Equal(1, await Books.OneAsync<long>("training",
            $"select count(*) from roster_entries e join course_run_sessions s on s.session_id = e.session_id where s.run_id = '{run}' and e.learner_id = '{id}' and e.left_at is null"));
    }

    [Fact]
    public async Task In_Arabic_on_a_phone_what_is_left_open_waits_at_the_start_and_is_closed()
    {
        var session = await PlanAsync(DateTimeOffset.UtcNow.AddDays(-15), 10);
        var page = await OnPhone().InArabic().AsAsync(Roles.TrainingPartner);
        await page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Link, new() { NameRegex = new("^جلسات انتهت ولم يُغلق حضورها") }).ClickAsync();
        await page.GetByLabel("المرفق").FillAsync(await CodeAsync());
        await page.Locator($"a[href='/training/sessions/{session}']").ClickAsync();
        await Expect(page.GetByText("بانتظار الإغلاق")).ToBeVisibleAsync();
        await page.LooksLikeAsync("training-session");
        await page.HasNoViolationsAsync();
        Assert.Equal(0, await page.SidewaysAsync());
        await page.GetByRole(AriaRole.Button, new() { Name = "أغلق الحضور" }).ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "أغلق الحضور" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Main).GetByText("عُقدت", new() { Exact = true })).ToBeVisibleAsync();
        Assert.Equal("Delivered", await Books.OneAsync<string>("training", $"select state from sessions where id = '{session}'"));
    }

    private static ILocator Row(IPage page, string card) => page.Locator("tbody tr", new() { HasText = card });

    /// <summary>The name of what stands in many rows: what it does, and with whom.</summary>
    private static Regex Of(string what, string whom) => new($"^{Regex.Escape(what)}.*{Regex.Escape(whom)}$");

    private Task<string> CodeAsync() => Books.OneAsync<string>("training", $"select code from facilities where id = '{_school.Facility}'");

    private Task<string> PlannedAsync(Guid session) => Books.OneAsync<string>("training", $"""
        select concat_ws(' ', state, to_char(starts at time zone 'Asia/Qatar', 'YYYY-MM-DD HH24:MI'), (extract(epoch from ends - starts) / 60)::int, seats) from sessions where id = '{session}'
        """);

    /// <summary>A day to come on which the school's room is free, one for each test; whole weeks apart would meet series.</summary>
    private static string FreeDay() => DateTimeOffset.UtcNow.AddDays(40 + 23 * Interlocked.Increment(ref _rooms)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static DateTimeOffset At(string day, int utcHour) => DateTimeOffset.Parse($"{day}T{utcHour:00}:00Z", CultureInfo.InvariantCulture);

    private async Task<Guid> PlanAsync(DateTimeOffset starts, int seats) => (await _school.Partner.PlanAsync(new
    {
        topic = Topic,
        audience = "Workers",
        language = "hi",
        facilityId = _school.Facility,
        starts,
        ends = starts.AddHours(1),
        seats,
        byTrainingPartner = true,
    })).Id;

    /// <summary>Workers whose cards Training knows.</summary>
    private async Task<IReadOnlyList<string>> JoinAsync(int workers)
    {
        string[] cards = [.. Enumerable.Range(0, workers).Select(_ => $"T{Guid.NewGuid():n}"[..20].ToUpperInvariant())];
        foreach (var card in cards) (await _school.JoinAsync(card)).Read();
        await Eventually.BecomesAsync(() => Books.OneAsync<long>("training", $"select count(*) from learners where code in ('{string.Join("','", cards)}')"), known => known == workers, TimeSpan.FromMinutes(1));
        return cards;
    }
}
