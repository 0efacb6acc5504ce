using System.Text.RegularExpressions;

namespace BetterConnections.Portal.Tests;

/// <summary>Facilities look for volunteers: volunteers ask for a place, or are asked.</summary>
public class OpeningTests(Portal portal, Teacher teacher) : PortalTest(portal), IClassFixture<Teacher>
{
    /// <summary>At noon in Qatar, later than the notice that volunteers give.</summary>
    private static readonly DateTimeOffset Noon = new(DateTime.UtcNow.Date.AddDays(10).AddHours(9), TimeSpan.Zero);

    [Fact]
    public async Task Who_is_not_screened_yet_is_told_so_before_they_choose_hours()
    {
        var (sought, volunteer) = (await Whole.SeekAsync("Monitor", Noon), await Staff.NewVolunteerAsync());
        await volunteer.ApplyAsVolunteerAsync("Asha");
        var page = await OnPhone().AsAsync(volunteer);
        await page.GotoAsync($"/openings/{sought.Id}");
        await Expect(page.GetByText("The programme office has not accepted the application yet.")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Ask for this place" })).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_volunteer_finds_a_place_in_their_language_asks_for_two_evenings_is_accepted_and_steps_back_in_time()
    {
        var (sought, other) = (await Whole.SeekAsync("Monitor", Noon), await Whole.SeekAsync("Monitor", Noon, language: "ta"));
        var page = await OnPhone().AsAsync(teacher.Person);
        await page.GotoAsync("/volunteer");
        await page.GetByRole(AriaRole.Link, new() { Name = "Find a place to help" }).ClickAsync();
        var link = page.Locator($"a[href='/openings/{sought.Id}']");
        await Expect(link).ToBeVisibleAsync();
        await Expect(page.Locator($"a[href='/openings/{other.Id}']")).ToHaveCountAsync(0);
        await page.HasNoViolationsAsync();
        await page.LooksLikeAsync("openings");

        await link.ClickAsync();
        await page.GetByLabel("Day", new() { Exact = true }).FillAsync($"{Noon:yyyy-MM-dd}");
        await page.GetByLabel("From", new() { Exact = true }).FillAsync("09:00");
        await page.GetByLabel("To", new() { Exact = true }).FillAsync("11:00");
        var ask = page.GetByRole(AriaRole.Button, new() { Name = "Ask for this place" });
        await ask.ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("still to come and within the time of the place");
        await page.GetByLabel("From", new() { Exact = true }).FillAsync("17:00");
        await page.GetByLabel("To", new() { Exact = true }).FillAsync("19:30");
        await page.GetByLabel("Weeks").FillAsync("2");
        await page.HasNoViolationsAsync();
        await page.LooksLikeAsync("opening");
        await ask.ClickAsync();
        await Expect(page.GetByText("You have asked for this place.")).ToBeVisibleAsync();
        Assert.Equal($"Requested {Noon.AddHours(5):HH:mm}-{Noon.AddHours(7.5):HH:mm} {Noon.AddDays(7).AddHours(5):MM-dd}", await Books.OneAsync<string>("volunteer", $"""
            select a.state || ' ' || to_char(min(s.starts) at time zone 'UTC', 'HH24:MI') || '-' || to_char(min(s.ends) at time zone 'UTC', 'HH24:MI') || ' ' || to_char(max(s.starts) at time zone 'UTC', 'MM-DD')
            from assignments a join shifts s on s.assignment_id = a.id where a.opening_id = '{sought.Id}' group by a.id
            """));

        var office = await AsAsync(Roles.ProgrammeOffice);
        await office.GotoAsync($"/openings/{sought.Id}");
        await Expect(office.GetByText("Asks for it")).ToBeVisibleAsync();
        await office.HasNoViolationsAsync();
        await office.LooksLikeAsync("opening");
        await office.GetByRole(AriaRole.Button, new() { NameRegex = new("^Accept") }).ClickAsync();
        await Expect(office.GetByText("1 of 1 taken")).ToBeVisibleAsync();
        var assignment = await Books.OneAsync<Guid>("volunteer", $"select id from assignments where opening_id = '{sought.Id}' and state = 'Accepted'");

        await page.GotoAsync($"/volunteer/assignments/{assignment}");
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Show the way" })).ToHaveAttributeAsync("href", new Regex("^geo:25[0-9.]+,51[0-9.]+[?]q="));
        await page.GetByRole(AriaRole.Button, new() { Name = "I cannot come any more" }).ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await dialog.GetByRole(AriaRole.Button, new() { Name = "I cannot come any more" }).ClickAsync();
        await Expect(dialog.GetByText("Give a reason.")).ToBeVisibleAsync();
        await dialog.GetByLabel("Why").FillAsync("I move away.");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "I cannot come any more" }).ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex("/volunteer$"));
        Assert.Equal("Cancelled: I move away. Open 0", await Books.OneAsync<string>("volunteer",
            $"select a.state || ': ' || a.why || ' ' || o.state || ' ' || o.taken from assignments a join openings o on o.id = a.opening_id where a.id = '{assignment}'"));
    }

    [Fact]
    public async Task In_Urdu_a_request_that_was_not_answered_is_taken_back()
    {
        var (sought, starts) = (await Whole.SeekAsync("Monitor", Noon), Noon.AddDays(2));
        await teacher.Person.PostAsync<VolunteerSteps.Named>($"/api/volunteer/openings/{sought.Id}/requests", new { shifts = new[] { new { starts, ends = starts.AddHours(2) } } });
        var page = await OnPhone().InUrdu().AsAsync(teacher.Person);
        await page.GotoAsync("/volunteer");
        await page.GetByRole(AriaRole.Button, new() { Name = "درخواست واپس لیں" }).ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await dialog.GetByLabel("وجہ").FillAsync("وقت نہیں");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "درخواست واپس لیں" }).ClickAsync();
        await Expect(page.GetByText("درخواست واپس لے لی گئی۔")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "آپ نے مانگا ہے" })).ToHaveCountAsync(0);
        Assert.Equal("Cancelled", await Books.OneAsync<string>("volunteer", $"select state from assignments where opening_id = '{sought.Id}'"));
    }

    [Fact]
    public async Task In_Arabic_on_a_phone_the_training_partner_offers_a_place_to_who_fits_best()
    {
        var sought = await Whole.SeekAsync("Trainer", Noon);
        var number = await Books.OneAsync<string>("volunteer", $"select number from volunteers where id = '{teacher.Id}'");
        var page = await OnPhone().InArabic().AsAsync(Roles.TrainingPartner);
        await page.GotoAsync("/openings?role=Trainer");
        await page.Locator($"a[href='/openings/{sought.Id}']").ClickAsync();
        var candidate = page.Locator("ol > li.card", new() { HasText = number });
        await Expect(candidate).ToContainTextAsync("اللغة: 35 من 35 – الهندية (اللغة الأم)، رقم 1 بين المطلوبة");
        await Expect(candidate).ToContainTextAsync("معتمد في كل الموضوعات");
        await Expect(candidate).ToContainTextAsync("المواعيد التي يتفرغ لها: 0 من 1"); // who has not said when is not taken to be free
        await page.HasNoViolationsAsync();
        Assert.Equal(0, await page.SidewaysAsync());
        await page.LooksLikeAsync("opening");
        await candidate.GetByRole(AriaRole.Button).ClickAsync();
        await Expect(page.Locator("ul > li.card", new() { HasText = number })).ToContainTextAsync("سُئل");
        await Expect(candidate).ToHaveCountAsync(0);
        Assert.Equal(("Offered", teacher.Id), (await AssignedAsync<string>("state"), await AssignedAsync<Guid>("volunteer_id")));

        Task<T> AssignedAsync<T>(string what) => Books.OneAsync<T>("volunteer", $"select {what} from assignments where opening_id = '{sought.Id}'");
    }

    [Fact]
    public async Task Where_nobody_more_is_needed_the_place_is_closed_with_a_reason_and_no_volunteer_finds_it_any_more()
    {
        var sought = await Whole.SeekAsync("Installer", Noon);
        var page = await AsAsync(Roles.ProgrammeOffice);
        await page.GotoAsync($"/openings/{sought.Id}");
        await page.GetByRole(AriaRole.Button, new() { Name = "Nobody more is needed" }).ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await dialog.GetByLabel("Why").FillAsync("The employer does it.");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Nobody more is needed" }).ClickAsync();
        await Expect(page.GetByText("The employer does it.")).ToBeVisibleAsync();
        Assert.Equal("Closed", await Books.OneAsync<string>("volunteer", $"select state from openings where id = '{sought.Id}'"));

        var volunteer = await OnPhone().AsAsync(teacher.Person);
        await volunteer.GotoAsync($"/openings/{sought.Id}");
        await Expect(volunteer.GetByRole(AriaRole.Alert)).ToContainTextAsync("This place is not open any more.");
        await volunteer.GetByRole(AriaRole.Link, new() { Name = "All places" }).ClickAsync();
        await Expect(volunteer.Heading()).ToHaveTextAsync("Places for volunteers");
        await Expect(volunteer.Locator($"a[href='/openings/{sought.Id}']")).ToHaveCountAsync(0);
    }
}
