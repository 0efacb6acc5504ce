using System.Text.Json;
using System.Text.RegularExpressions;
using BetterConnections.Testing;

namespace BetterConnections.Portal.Tests;

/// <summary>Evaluators plan surveys, judge what comes in, and publish what was found.</summary>
public class EvaluationTests(Portal portal) : PortalTest(portal)
{
    [Fact]
    public async Task A_wave_is_planned_opened_closed_and_frozen_and_tells_what_it_froze()
    {
        var (code, facility) = (SurveySteps.NewWaveCode(), await Whole.FacilityToSurveyAsync());
        var page = await AsAsync(await Staff.HireAsync(Roles.Evaluator));
        await page.GotoAsync("/evaluation/waves");
        await page.GetByText("Plan a wave").ClickAsync();
        await page.GetByLabel("Code", new() { Exact = true }).FillAsync(code);
        await page.GetByRole(AriaRole.Checkbox, new() { NameRegex = new("^I7 ") }).CheckAsync();
        await page.GetByLabel("Facilities by code").FillAsync(facility);
        await page.GetByLabel("Also facilities that still wait").CheckAsync();
        await page.GetByLabel("Its respondents are simulated").CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Plan it" }).ClickAsync();
        await Expect(page.Heading()).ToHaveTextAsync($"Wave {code}");
        Assert.Equal("Planned", await StateAsync(code));

        await page.GetByLabel("A new plan").FillAsync("The headline test of indicator 1, and nothing else.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save the plan" }).ClickAsync();
        await Expect(page.GetByText("Plan 1,")).ToBeVisibleAsync();
        await page.HasNoViolationsAsync();

        await ConfirmAsync(page, "Open now");
        await Expect(page.Locator(".facts").GetByText("Open", new() { Exact = true })).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = facility })).ToBeVisibleAsync();
        await ConfirmAsync(page, "Close now");
        await ConfirmAsync(page, "Freeze");
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("There is nothing to freeze");
        Assert.Equal("Closed", await StateAsync(code));
    }

    [Fact]
    public async Task What_waits_leads_to_the_wave_that_is_to_be_frozen()
    {
        var survey = await Whole.SurveyedAsync();
        await Whole.SendChecklistAsync(survey, hoursOpen: 40);
        await survey.Evaluator.PostAsync<JsonElement>($"/api/evaluation/waves/{survey.Code}/close");
        var page = await AsAsync(survey.Evaluator);
        await page.GetByRole(AriaRole.Link, new() { NameRegex = new("^Closed waves to freeze") }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = survey.Code }).ClickAsync();

        await ConfirmAsync(page, "Freeze");
        await Expect(page.GetByText("1 interviews, frozen at")).ToBeVisibleAsync();
        Assert.Equal("Frozen", await StateAsync(survey.Code));
        Assert.Equal(1, await Books.OneAsync<int>("evaluation", $"select submissions from wave_snapshots where wave_id = '{survey.Wave}'"));
    }

    [Fact]
    public async Task A_planned_wave_is_withdrawn_only_with_a_reason()
    {
        var (evaluator, code, now) = (await Staff.HireAsync(Roles.Evaluator), SurveySteps.NewWaveCode(), DateTimeOffset.UtcNow);
        await evaluator.PostAsync<JsonElement>("/api/evaluation/waves", new { code, plan = new { instruments = new[] { "I7" }, opens = now.AddDays(1), closes = now.AddDays(9) } });
        var page = await AsAsync(evaluator);
        await page.GotoAsync($"/evaluation/waves/{code}");

        await ConfirmAsync(page, "Withdraw");
        var dialog = page.GetByRole(AriaRole.Dialog);
        await Expect(dialog).ToContainTextAsync("Give a reason.");
        Assert.Equal("Planned", await StateAsync(code));
        await dialog.GetByLabel("Why").FillAsync("The money went elsewhere.");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Withdraw", Exact = true }).ClickAsync();
        await Expect(page.Locator(".facts")).ToContainTextAsync("The money went elsewhere.");
        Assert.Equal("Withdrawn", await StateAsync(code));
    }

    [Fact]
    public async Task An_interview_is_read_in_the_words_of_its_questions_and_rejected_with_a_reason()
    {
        var survey = await Whole.SurveyedAsync();
        var instance = await Whole.SendChecklistAsync(survey, hoursOpen: 900); // more than a week has
        var id = await Books.OneAsync<long>("evaluation", $"select id from submissions where instance_id = '{instance}'");
        var page = await AsAsync(survey.Evaluator);
        await page.GotoAsync("/evaluation/submissions");
        await page.GetByLabel("Wave").SelectOptionAsync(survey.Code);
        await page.GetByLabel("Noticed").SelectOptionAsync("Impossible answers");
        await Expect(page.Locator("tbody tr")).ToHaveCountAsync(1);
        await page.Locator("tbody a").ClickAsync();

        await Expect(page.Heading()).ToHaveTextAsync($"Interview {id}");
        await Expect(page.Locator(".answers")).ToContainTextAsync("For how many hours was the lab open in the last seven days?");
        await Expect(page.Locator(".answers")).ToContainTextAsync("900 · not a possible value");
        await page.GetByRole(AriaRole.Button, new() { Name = "Reject" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Give a reason.");
        Assert.Equal("Received", await ReviewAsync());
        await page.GetByLabel("Why").FillAsync("A week has 168 hours.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Reject" }).ClickAsync();
        await Expect(page.Locator(".facts")).ToContainTextAsync("A week has 168 hours.");
        Assert.Equal("Rejected", await ReviewAsync());

        await page.GetByRole(AriaRole.Button, new() { Name = "Approve" }).ClickAsync(); // may be changed later
        await Expect(page.Locator(".facts .badge")).ToHaveTextAsync("Approved");
        Assert.Equal("Approved", await ReviewAsync());
        await page.HasNoViolationsAsync();

        await page.GotoAsync($"/evaluation/submissions?form=bc-facility&wave={survey.Wave}");
        var download = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Link, new() { Name = "As CSV" }).ClickAsync());
        Assert.Contains(instance, await File.ReadAllTextAsync(await download.PathAsync(), TestContext.Current.CancellationToken));

        Task<string> ReviewAsync() => Books.OneAsync<string>("evaluation", $"select review_state from submissions where id = {id}");
    }

    [Fact]
    public async Task Results_are_computed_from_a_frozen_wave_and_everybody_sees_them_once_published()
    {
        const int workers = 12, whoUsedTheLab = 9;
        var (survey, cards) = await SurveyOfWorkersAsync(workers);
        for (var i = 0; i < workers; i++) await Whole.SendInterviewAsync(survey, cards[i], i < whoUsedTheLab ? "yes" : "no");
        await survey.FreezeAsync();
        var page = await AsAsync(survey.Evaluator);
        await page.GotoAsync($"/evaluation/results?wave={survey.Code}");
        await page.GetByRole(AriaRole.Button, new() { Name = "Compute" }).ClickAsync();

        await Expect(page.Heading()).ToHaveTextAsync(survey.Code);
        await Expect(page.GetByText("The respondents are simulated")).ToBeVisibleAsync();
        await page.Locator("#indicator-1 summary").First.ClickAsync();
        var row = page.Locator("#indicator-1 tbody tr").First;
        await Expect(row).ToContainTextAsync("used the lab in the last 7 days");
        await Expect(row).ToContainTextAsync("75%");
        await Expect(page.Locator("#indicator-1 svg").First).ToBeVisibleAsync();
        await page.LooksLikeAsync("results");
        var analysis = new Uri(page.Url).Segments[^1];
        Assert.Equal(0, await PublishedAsync());

        await ConfirmAsync(page, "Publish");
        await page.GetByRole(AriaRole.Link, new() { Name = "As everybody sees it" }).ClickAsync();
        await Expect(page.Locator("#indicator-1")).ToContainTextAsync("75%");
        Assert.Equal(1, await PublishedAsync());

        Task<long> PublishedAsync() => Books.OneAsync<long>("evaluation", $"select count(*) from publications where analysis_id = '{analysis}'");
    }

    [Fact]
    public async Task The_answers_stand_as_bars_and_as_a_table_in_both_directions_and_a_few_are_withheld_in_words()
    {
        const int workers = 22, whoUsedTheLab = 12;
        var (survey, cards) = await SurveyOfWorkersAsync(workers);
        for (var i = 0; i < workers; i++) await Whole.SendInterviewAsync(survey, cards[i], i < whoUsedTheLab ? "yes" : "no");
        var told = await survey.ComputeAsync();
        (survey, cards) = await SurveyOfWorkersAsync(10);
        for (var i = 0; i < 10; i++) await Whole.SendInterviewAsync(survey, cards[i], i < 7 ? "yes" : "no");
        var withheld = await survey.ComputeAsync();

        var page = await AsAsync(survey.Evaluator);
        await page.GotoAsync($"/evaluation/results/{told}");
        var bar = page.GetByRole(AriaRole.Img, new() { Name = "Now, 22 answered. Yes: 54.5%, No: 45.5%" });
        await Expect(bar).ToBeVisibleAsync();
        Assert.True(await PlaceAsync(bar, 0) < await PlaceAsync(bar, 1));
        var answers = page.Locator(".answers-given");
        await answers.Locator("summary").FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(answers.Locator("tbody tr")).ToContainTextAsync("12 (54.5%)");
        var csv = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Link, new() { Name = "Answers as CSV" }).ClickAsync());
        Assert.Contains("answer,yes,Yes,نعم,no,12,", await File.ReadAllTextAsync(await csv.PathAsync(), TestContext.Current.CancellationToken));
        await page.HasNoViolationsAsync();
        await page.LooksLikeAsync("answers");

        await page.GotoAsync($"/evaluation/results/{withheld}");
        await Expect(page.GetByRole(AriaRole.Img, new() { Name = "Now, 10 answered. Withheld: 100%" })).ToBeVisibleAsync();
        await answers.Locator("summary").ClickAsync();
        await Expect(answers.Locator("tbody td").Nth(1)).ToHaveTextAsync("Withheld");

        var arabic = await OnPhone().InArabic().AsAsync(survey.Evaluator);
        await arabic.GotoAsync($"/evaluation/results/{told}");
        bar = arabic.Locator(".answers-given .bar");
        await Expect(bar).ToBeVisibleAsync();
        Assert.True(await PlaceAsync(bar, 0) > await PlaceAsync(bar, 1)); // from the right
        Assert.Equal(0, await arabic.SidewaysAsync());
        await arabic.HasNoViolationsAsync();
        await arabic.LooksLikeAsync("answers");

        static async Task<float> PlaceAsync(ILocator bar, int part) => (await bar.Locator(":scope > span").Nth(part).BoundingBoxAsync())!.X;
    }

    [Fact]
    public async Task A_questionnaire_comes_back_from_a_spreadsheet_as_a_draft_that_is_published_or_thrown_away()
    {
        var evaluator = await Staff.HireAsync(Roles.Evaluator);
        var code = $"T{Random.Shared.Next(100_000, 999_999)}";
        await evaluator.PostAsync<JsonElement>("/api/evaluation/instruments", new
        {
            code,
            formId = $"test-{code}",
            title = $"Questions of {code}",
            respondent = "Volunteer",
            languages = new[] { "en" },
            scales = Array.Empty<object>(),
            items = new[] { new { type = "Text", name = "V1", label = new { en = "What would you change?" } } },
        });
        var page = await AsAsync(evaluator);
        await page.GotoAsync($"/evaluation/instruments/{code}");
        await Expect(page.GetByText("What would you change?")).ToBeVisibleAsync();
        var workbook = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Link, new() { Name = "XLSForm" }).ClickAsync());
        var path = await workbook.PathAsync();
        await ConfirmAsync(page, "Publish");
        await Expect(page.Locator(".facts .badge")).ToHaveTextAsync("Published");

        await page.GotoAsync("/evaluation/instruments");
        await page.GetByLabel("Workbook (.xlsx)").SetInputFilesAsync(new FilePayload
        {
            Name = "form.xlsx", MimeType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", Buffer = await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken),
        });
        await Expect(page.GetByText($"{code}, version 2")).ToBeVisibleAsync();
        Assert.Equal(1, await VersionsAsync()); // only looked at
        await page.GetByRole(AriaRole.Button, new() { Name = "Make it a draft" }).ClickAsync();
        await Expect(page.Locator(".facts .badge")).ToHaveTextAsync("Draft");
        Assert.Equal(2, await VersionsAsync());

        await ConfirmAsync(page, "Throw the draft away");
        await Expect(page.Locator(".facts .badge")).ToHaveTextAsync("Published");
        Assert.Equal(1, await VersionsAsync());

        Task<long> VersionsAsync() => Books.OneAsync<long>("evaluation", $"select count(*) from instrument_versions where instrument_code = '{code}'");
    }

    [Fact]
    public async Task A_sample_is_drawn_with_a_seed_and_those_drawn_are_to_be_asked()
    {
        const int drawn = 5;
        var (survey, _) = await SurveyOfWorkersAsync(workers: 7);
        var page = await AsAsync(survey.Evaluator);
        await page.GotoAsync($"/evaluation/waves/{survey.Code}");
        await page.GetByRole(AriaRole.Link, new() { Name = "Samples" }).ClickAsync();
        await page.GetByLabel("Workers at each facility").FillAsync($"{drawn}");
        await page.GetByLabel("Seed").FillAsync("20261122");
        await page.GetByRole(AriaRole.Button, new() { Name = "Draw", Exact = true }).ClickAsync();

        await Expect(page.Locator(".facts")).ToContainTextAsync("20261122");
        await page.GetByText("Facility by facility").ClickAsync();
        await Expect(page.Locator("tbody tr").First).ToContainTextAsync(survey.Facility);
        await page.HasNoViolationsAsync();
        Assert.Equal(drawn, await Books.OneAsync<long>("evaluation", $"select count(*) from sample_members where wave_id = '{survey.Wave}'"));

        await page.GotoAsync($"/evaluation/waves/{survey.Code}/interviews");
        await Expect(page.Locator("tbody tr")).ToHaveCountAsync(drawn);
        await page.Locator("tbody tr").First.GetByRole(AriaRole.Button, new() { NameRegex = new("^Refused") }).ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Refused", Exact = true }).ClickAsync();
        await Expect(page.Locator("tbody .badge", new() { HasText = "Refused" })).ToHaveCountAsync(1);
        Assert.Equal(1, await Books.OneAsync<long>("evaluation", $"select count(*) from assignments where wave_id = '{survey.Wave}' and attempts = 1"));
        await survey.Evaluator.PostAsync<JsonElement>($"/api/evaluation/waves/{survey.Code}/close");

        await page.GotoAsync("/evaluation/sample-size");
        await page.GetByRole(AriaRole.Button, new() { Name = "Compute" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { NameRegex = new("workers to invite at") })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task In_Arabic_on_a_phone_a_code_makes_a_phone_ready_and_revoked_it_opens_nothing()
    {
        var (facility, label) = (await Whole.FacilityToSurveyAsync(), $"الفريق {Guid.NewGuid():n}"[..16]);
        var page = await OnPhone().InArabic().AsAsync(await Staff.HireAsync(Roles.Evaluator));
        await page.GotoAsync("/evaluation/collectors");
        await page.GetByLabel("اسم الهاتف").FillAsync(label);
        await page.GetByRole(AriaRole.Checkbox, new() { NameRegex = new("^I7 ") }).CheckAsync();
        await page.Locator("textarea").FillAsync(facility);
        await page.GetByRole(AriaRole.Button, new() { Name = "إنشاء الرمز" }).ClickAsync();

        await Expect(page.Locator("main img")).ToBeVisibleAsync();
        Assert.True(await page.Locator("main img").EvaluateAsync<bool>("image => image.decode().then(() => image.naturalWidth > 100)"));
        Assert.Equal(0, await page.SidewaysAsync());
        await page.HasNoViolationsAsync();
        await page.LooksLikeAsync("phone-ready");
        var server = await page.Locator(".facts bdi").InnerTextAsync();
        using var phone = Whole.Stranger();
        Assert.Contains("bc-facility", await phone.GetStringAsync($"{server}/formList", TestContext.Current.CancellationToken));

        await page.GetByRole(AriaRole.Button, new() { Name = $"إلغاء الإذن {label}" }).ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "إلغاء الإذن" }).ClickAsync();
        await Expect(page.Locator(".notice")).ToContainTextAsync(label);
        Assert.Equal(System.Net.HttpStatusCode.Forbidden, (await phone.GetAsync($"{server}/formList", TestContext.Current.CancellationToken)).StatusCode);
    }

    [Fact]
    public async Task The_office_reads_a_wave_and_is_offered_nothing_that_only_evaluators_may()
    {
        var survey = await Whole.SurveyedAsync();
        var page = await AsAsync(Roles.ProgrammeOffice);
        await page.GotoAsync($"/evaluation/waves/{survey.Code}");
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = survey.Facility })).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Close now" })).ToHaveCountAsync(0);
        await Expect(page.GetByLabel("A new plan")).ToHaveCountAsync(0);
    }

    private Task<string> StateAsync(string wave) => Books.OneAsync<string>("evaluation", $"select state from waves where code = '{wave}'");

    /// <summary>Presses the button and says yes in the dialog that it opens.</summary>
    private static async Task ConfirmAsync(IPage page, string button)
    {
        await page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();
    }

    /// <summary>An open wave that asks workers who joined just now at the school, whose cards Evaluation knows.</summary>
    private async Task<(Surveyed Survey, IReadOnlyList<string> Cards)> SurveyOfWorkersAsync(int workers)
    {
        var school = await Whole.School.OpenAsync();
        var cards = new List<string>();
        for (var i = 0; i < workers; i++)
            cards.Add((await Office.PostAsync<Worker>($"/api/enrollment/facilities/{school.Facility}/workers", new { languages = new[] { "hi" }, consents = new[] { "Training", "Evaluation" } })).Code);
        await Eventually.BecomesAsync(() => Books.OneAsync<long>("evaluation", $"select count(*) from workers where card in ('{string.Join("','", cards)}')"), known => known == workers);
        return (await Whole.SurveyedAsync("I1", (await Office.FacilityAsync(school.Facility)).Code), cards);
    }

    private sealed record Worker(string Code);
}
