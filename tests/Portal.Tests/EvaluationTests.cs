using System.Text.Json;
using System.Text.RegularExpressions;

namespace BetterConnections.Portal.Tests;

/// <summary>Evaluators plan surveys, judge what comes in, and publish what was found.</summary>
public class EvaluationTests(Portal portal) : PortalTest(portal)
{
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
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Give a reason.");
        Assert.Equal("Planned", await StateAsync(code));
        await ConfirmAsync(page, "Withdraw", dialog => dialog.GetByLabel("Why").FillAsync("The money went elsewhere."));
        await Expect(page.Locator(".facts")).ToContainTextAsync("The money went elsewhere.");
        Assert.Equal("Withdrawn", await StateAsync(code));
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
    private static async Task ConfirmAsync(IPage page, string button, Func<ILocator, Task>? before = null)
    {
        await page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        if (before is not null) await before(dialog);
        await dialog.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();
    }
}
