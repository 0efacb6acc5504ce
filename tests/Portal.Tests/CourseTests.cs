using System.Text.Json;
using System.Text.RegularExpressions;

namespace BetterConnections.Portal.Tests;

/// <summary>The training partner writes what courses ask for.</summary>
public class CourseTests(Portal portal) : PortalTest(portal)
{
    [Fact]
    public async Task A_course_is_made_changed_in_a_second_version_and_retired()
    {
        var code = $"course-{Guid.NewGuid():n}"[..20];
        var page = await AsAsync(Roles.TrainingPartner);
        await page.GotoAsync("/training/courses");
        await page.GetByRole(AriaRole.Link, new() { Name = "A new course" }).ClickAsync();
        await page.GetByLabel("Code").FillAsync(code);
        await page.GetByLabel("For", new() { Exact = true }).SelectOptionAsync("Volunteers");
        await page.GetByLabel("Title (English)").FillAsync($"Title of {code}");
        await page.GetByLabel("Description (English)").FillAsync("Sending money home safely.");
        await page.GetByLabel("Title (Arabic)").FillAsync("تحويل الأموال");
        await page.GetByRole(AriaRole.Group, new() { Name = "Topics whose sessions" }).GetByLabel("Cash machines and money transfer").CheckAsync();
        await page.GetByLabel("Sessions attended, at least").FillAsync("0");
        await page.HasNoViolationsAsync();
        var save = page.GetByRole(AriaRole.Button, new() { Name = "Save" });
        await save.ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Ask for something, or everybody has completed the course.");
        await page.GetByLabel("Sessions attended, at least").FillAsync("2");
        await page.GetByLabel("Months the certificate is valid").FillAsync("24");
        await save.ClickAsync();
        await Expect(page.Heading()).ToHaveTextAsync($"Title of {code}");
        Assert.Equal("Active 1 {money-transfer} {money-transfer} 24 تحويل الأموال", await CourseAsync());

        await page.GetByRole(AriaRole.Link, new() { Name = "Change the course" }).ClickAsync();
        await Expect(page.GetByLabel("Sessions attended, at least")).ToHaveValueAsync("2");
        await page.GetByLabel("Months the certificate is valid").FillAsync("");
        await save.ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { NameRegex = new("^Version ") })).ToHaveCountAsync(2);
        await page.HasNoViolationsAsync();
        Assert.Equal("Active 2 {money-transfer} {money-transfer} تحويل الأموال", await CourseAsync());

        await page.GetByRole(AriaRole.Button, new() { Name = "Retire the course" }).ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Retire the course" }).ClickAsync();
        await Expect(page.GetByText("The course is retired.")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = $"Title of {code}" })).ToHaveCountAsync(0);
        Assert.StartsWith("Retired 2", await CourseAsync());

        Task<string> CourseAsync() => Books.OneAsync<string>("training", $"""
            select concat_ws(' ', c.state, c.current_version, v.topics, v.certifies, v.valid_months, v.titles ->> 'ar') from courses c
            join course_versions v on v.course_id = c.id and v.number = c.current_version where c.code = '{code}'
            """);
    }

    [Fact]
    public async Task A_question_is_added_to_a_quiz_in_the_next_version_and_what_is_missing_keeps_it_from_being_published()
    {
        var code = $"kit-{Guid.NewGuid():n}"[..16];
        var author = await Staff.HireAsync(Roles.TrainingPartner);
        var toolkit = (await author.PostAsync<Made>("/api/training/toolkits", new { code, topic = "computer-basics", audience = "Workers", defaultLanguage = "en" })).Id;
        await author.PostAsync<JsonElement>($"/api/training/toolkits/{toolkit}/versions");
        await author.PostAsync<JsonElement>($"/api/training/toolkits/{toolkit}/versions/1/modules", new
        {
            slug = "the-mouse",
            content = new { position = 1, minutes = 20, texts = new { en = new { title = "The mouse", body = "Hold it." }, ar = new { title = "الفأرة", body = "أمسكها." } } },
        });
        var page = await AsAsync(author);
        await page.GotoAsync($"/training/toolkits/{toolkit}");
        await page.GetByRole(AriaRole.Link, new() { Name = "The mouse" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Add a question" }).ClickAsync();
        await page.GetByLabel("Text of question 1").FillAsync("What does the left button do?");
        await page.GetByLabel("Choice 1a").FillAsync("It chooses.");
        await page.GetByLabel("Choice 1b").FillAsync("It erases.");
        await page.GetByLabel("Right 1a").CheckAsync();
        await page.HasNoViolationsAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(page.GetByText("Questions: 1")).ToBeVisibleAsync();
        Assert.Equal("""["a"] What does the left button do? الفأرة""", await Books.OneAsync<string>("training", $"""
            select concat_ws(' ', m.quiz -> 'questions' -> 0 -> 'right', m.quiz -> 'questions' -> 0 -> 'words' -> 'en' ->> 'text', (select title from lesson_texts t where t.module_id = m.id and language = 'ar'))
            from modules m join toolkit_versions v on v.id = m.version_id where v.toolkit_id = '{toolkit}'
            """));
        await page.GetByRole(AriaRole.Button, new() { Name = "Publish" }).ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Publish" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Title and summary are missing in en.");

        var office = await OnPhone().InArabic().AsAsync(Roles.ProgrammeOffice);
        await office.GotoAsync($"/training/toolkits/{toolkit}/versions/1/the-mouse");
        await Expect(office.GetByLabel("نص السؤال 1")).ToBeDisabledAsync();
        await office.HasNoViolationsAsync();
        Assert.Equal(0, await office.SidewaysAsync());
    }

    private sealed record Made(Guid Id);
}
