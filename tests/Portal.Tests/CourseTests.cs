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
        var author = await Staff.HireAsync(Roles.TrainingPartner);
        var toolkit = await DraftAsync(author);
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
        var alert = page.GetByRole(AriaRole.Alert);
        await Expect(alert).ToContainTextAsync("This version is not complete yet.");
        await Expect(alert.GetByRole(AriaRole.Listitem)).ToHaveTextAsync(["Title and summary are missing. Language: English"]);
        await page.HasNoViolationsAsync();

        var inArabic = await OnPhone().InArabic().AsAsync(author);
        await inArabic.GotoAsync($"/training/toolkits/{toolkit}");
        await inArabic.GetByRole(AriaRole.Button, new() { Name = "انشر" }).ClickAsync();
        await inArabic.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "انشر" }).ClickAsync();
        await Expect(inArabic.GetByRole(AriaRole.Alert).GetByRole(AriaRole.Listitem)).ToHaveTextAsync(["ينقص العنوان والملخص. اللغة: الإنجليزية"]);
        Assert.Equal(0, await inArabic.SidewaysAsync());

        var office = await OnPhone().InArabic().AsAsync(Roles.ProgrammeOffice);
        await office.GotoAsync($"/training/toolkits/{toolkit}/versions/1/the-mouse");
        await Expect(office.GetByLabel("نص السؤال 1")).ToBeDisabledAsync();
        await office.HasNoViolationsAsync();
        Assert.Equal(0, await office.SidewaysAsync());
    }

    [Fact]
    public async Task A_toolkit_is_made_its_lessons_are_written_in_its_language_and_its_first_version_is_published()
    {
        var code = $"kit-{Guid.NewGuid():n}"[..16];
        var page = await AsAsync(Roles.TrainingPartner);
        var save = page.GetByRole(AriaRole.Button, new() { Name = "Save" });
        await page.GotoAsync("/training/toolkits");
        await page.GetByRole(AriaRole.Link, new() { Name = "A new toolkit" }).ClickAsync();
        await page.GetByLabel("Code").FillAsync("labour-rights");
        await page.GetByLabel("Topic").SelectOptionAsync("labour-rights");
        await page.GetByLabel("For", new() { Exact = true }).SelectOptionAsync("Champions");
        await page.GetByLabel("Main language").SelectOptionAsync("ar");
        await page.HasNoViolationsAsync();
        await save.ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Another toolkit has this code.");
        await page.GetByLabel("Code").FillAsync(code);
        await save.ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Write the first version" }).ClickAsync();

        await page.GetByRole(AriaRole.Link, new() { Name = "Title and languages" }).ClickAsync();
        await Expect(page.GetByLabel("Language", new() { Exact = true })).ToHaveValueAsync("ar");
        await page.GetByLabel("Title").FillAsync("حقوقك");
        await page.GetByLabel("Summary").FillAsync("ما لك وما عليك.");
        await page.GetByLabel("Language", new() { Exact = true }).SelectOptionAsync("en");
        await page.GetByLabel("Title").FillAsync($"Rights {code}");
        await page.GetByLabel("Summary").FillAsync("What is due to you.");
        await page.HasNoViolationsAsync();
        await save.ClickAsync();
        await Expect(page.Heading()).ToHaveTextAsync($"Rights {code}");

        await page.GetByLabel("Add a file").SetInputFilesAsync(new FilePayload { Name = "Pay Slip.PNG", MimeType = "image/png", Buffer = Convert.FromBase64String(Dot) });
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "pay-slip.png" })).ToBeVisibleAsync();
        await page.GetByLabel("Add a file").SetInputFilesAsync(new FilePayload { Name = "wrong.png", MimeType = "image/png", Buffer = Convert.FromBase64String(Dot) });
        await page.GetByRole(AriaRole.Button, new() { Name = "Remove wrong.png" }).ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Remove" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "wrong.png" })).ToHaveCountAsync(0);
        await WriteAsync("the-pay-slip", "قسيمة الراتب", "![القسيمة](attachments/pay-slip.png)");
        await WriteAsync("the-complaint", "الشكوى", "اكتبها.");
        await WriteAsync("the-mistake", "خطأ", "يُحذف.");
        await page.GetByRole(AriaRole.Link, new() { Name = "خطأ" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Remove the lesson" }).ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Remove the lesson" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "الشكوى" })).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "خطأ" })).ToHaveCountAsync(0);
        await page.HasNoViolationsAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "Publish" }).ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Publish" }).ClickAsync();
        await Expect(page.GetByText("It is published.")).ToBeVisibleAsync();
        Assert.Equal($"labour-rights Champions ar Published {{ar}} 1 the-pay-slip,2 the-complaint pay-slip.png Rights {code},حقوقك", await KitAsync());

        await page.GetByRole(AriaRole.Button, new() { Name = "Take it out of use" }).ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Take it out of use" }).ClickAsync();
        await Expect(page.GetByText("It is out of use.")).ToBeVisibleAsync();
        Assert.StartsWith("labour-rights Champions ar Retired", await KitAsync());

        async Task WriteAsync(string slug, string title, string body)
        {
            await page.GetByRole(AriaRole.Link, new() { Name = "A new lesson" }).ClickAsync();
            await page.GetByLabel("Code").FillAsync(slug);
            await page.GetByLabel("Title").FillAsync(title);
            await page.GetByLabel("Lesson (Markdown)").FillAsync(body);
            await page.HasNoViolationsAsync();
            await save.ClickAsync();
            await Expect(page.GetByRole(AriaRole.Link, new() { Name = title })).ToBeVisibleAsync();
        }

        Task<string> KitAsync() => Books.OneAsync<string>("training", $"""
            select concat_ws(' ', k.topic, k.audience, k.default_language, v.state, v.complete_languages,
                (select string_agg(m.position || ' ' || m.slug, ',' order by m.position) from modules m where m.version_id = v.id),
                (select string_agg(a.name, ',') from attachments a where a.version_id = v.id),
                (select string_agg(x.title, ',' order by x.language desc) from version_texts x where x.version_id = v.id))
            from toolkits k join toolkit_versions v on v.toolkit_id = k.id where k.code = '{code}'
            """);
    }

    [Fact]
    public async Task A_toolkit_is_made_for_a_topic_on_which_nothing_is_written_yet()
    {
        var code = $"kit-{Guid.NewGuid():n}"[..16];
        var page = await OnDesktop().WithoutServiceWorker().AsAsync(Roles.TrainingPartner);
        // As where the programme has begun, and no toolkit came with the system for its topics.
        await page.RouteAsync("**/api/training/toolkits?*", route => route.FulfillAsync(new() { ContentType = "application/json", Body = """{"items":[],"next":null}""" }));
        await page.GotoAsync("/training/toolkits/new");
        await page.GetByLabel("Code").FillAsync(code);
        await page.GetByLabel("Topic").SelectOptionAsync("labour-rights");
        await page.GetByLabel("For", new() { Exact = true }).SelectOptionAsync("Champions");
        await page.GetByLabel("Main language").SelectOptionAsync("ur");
        await page.HasNoViolationsAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Write the first version" })).ToBeVisibleAsync();
        Assert.Equal("labour-rights Champions ur", await Books.OneAsync<string>("training", $"select concat_ws(' ', topic, audience, default_language) from toolkits where code = '{code}'"));
    }

    [Fact]
    public async Task A_lesson_that_was_left_half_written_is_there_when_its_page_is_opened_again_and_is_saved_once()
    {
        var author = await Staff.HireAsync(Roles.TrainingPartner);
        var toolkit = await DraftAsync(author);
        var page = await OnPhone().AsAsync(author);
        await page.GotoAsync($"/training/toolkits/{toolkit}/versions/1/modules/new");
        await page.GetByLabel("Code").FillAsync("the-keyboard");
        await page.GetByLabel("Title").FillAsync("The keyboard");
        await page.GetByLabel("Lesson (Markdown)").FillAsync("Press one key.");
        await page.GetByLabel("Language", new() { Exact = true }).SelectOptionAsync("ar");
        await page.GetByLabel("Title").FillAsync("لوحة المفاتيح");
        await page.CloseAsync(); // as the phone does with a page in the background

        var reopened = await page.Context.NewPageAsync();
        await reopened.GotoAsync($"/training/toolkits/{toolkit}/versions/1/modules/new");
        await Expect(reopened.GetByText("kept on this device until you record it")).ToBeVisibleAsync();
        await Expect(reopened.GetByLabel("Lesson (Markdown)")).ToHaveValueAsync("Press one key.");
        await Expect(reopened.GetByText("You see what you typed")).ToHaveCountAsync(0);
        await reopened.HasNoViolationsAsync();
        Assert.Equal(0, await reopened.SidewaysAsync());
        await reopened.LooksLikeAsync("training-lesson-draft");
        await reopened.GetByLabel("Language", new() { Exact = true }).SelectOptionAsync("ar");
        await Expect(reopened.GetByLabel("Title")).ToHaveValueAsync("لوحة المفاتيح");
        await reopened.GetByLabel("Lesson (Markdown)").FillAsync("اضغط مفتاحًا.");
        await reopened.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(reopened.GetByRole(AriaRole.Link, new() { Name = "The keyboard" })).ToBeVisibleAsync();
        Assert.Equal(0, await reopened.DraftsAsync());
        Assert.Equal(["ar لوحة المفاتيح اضغط مفتاحًا.", "en The keyboard Press one key."], await LessonAsync(toolkit));

        await reopened.GetByRole(AriaRole.Link, new() { Name = "A new lesson" }).ClickAsync();
        await Expect(reopened.GetByLabel("Code")).ToHaveValueAsync("");
        await reopened.GotoAsync($"/training/toolkits/{toolkit}/versions/1/the-keyboard");
        await reopened.GetByLabel("Language", new() { Exact = true }).SelectOptionAsync("hi"); // looking is not typing
        await reopened.GetByLabel("Language", new() { Exact = true }).SelectOptionAsync("en");
        Assert.Equal(0, await reopened.DraftsAsync());
        await reopened.GetByLabel("Title").FillAsync("Keys");
        await reopened.GetByRole(AriaRole.Button, new() { Name = "Discard what you typed" }).ClickAsync();
        await reopened.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Discard what you typed" }).ClickAsync();
        await Expect(reopened.GetByLabel("Title")).ToHaveValueAsync("The keyboard");
        Assert.Equal(0, await reopened.DraftsAsync());
    }

    [Fact]
    public async Task What_was_typed_over_a_lesson_that_another_has_changed_meanwhile_takes_its_place_only_when_somebody_says_so()
    {
        var (author, other) = (await Staff.HireAsync(Roles.TrainingPartner), await Staff.HireAsync(Roles.TrainingPartner));
        var toolkit = await DraftAsync(author);
        await author.PostAsync<JsonElement>($"/api/training/toolkits/{toolkit}/versions/1/modules", new
        {
            slug = "the-mouse",
            content = new { position = 1, minutes = 20, texts = new { en = new { title = "The mouse", body = "Hold it." } } },
        });
        var lesson = $"/training/toolkits/{toolkit}/versions/1/the-mouse";
        var page = await AsAsync(author);
        await page.GotoAsync(lesson);
        await page.GetByLabel("Lesson (Markdown)").FillAsync("Hold it and look.");

        var others = await AsAsync(other);
        await others.GotoAsync(lesson);
        await others.GetByLabel("Lesson (Markdown)").FillAsync("Hold it lightly.");
        await others.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(others.GetByText("Saved.")).ToBeVisibleAsync();

        var save = page.GetByRole(AriaRole.Button, new() { Name = "Save" });
        await save.ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Somebody changed this meanwhile.");
        await page.ReloadAsync();
        await Expect(page.GetByText("You see what you typed")).ToBeVisibleAsync();
        await Expect(page.GetByLabel("Lesson (Markdown)")).ToHaveValueAsync("Hold it and look.");
        await page.HasNoViolationsAsync();
        await page.LooksLikeAsync("training-lesson-changed");
        await save.ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await Expect(dialog).ToContainTextAsync("It is lost if you save");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Cancel" }).ClickAsync();
        await page.ReloadAsync();
        await Expect(page.GetByLabel("Lesson (Markdown)")).ToHaveValueAsync("Hold it and look.");
        Assert.Equal(["en The mouse Hold it lightly."], await LessonAsync(toolkit));

        await save.ClickAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Save mine in its place" }).ClickAsync();
        await Expect(page.GetByText("Saved.")).ToBeVisibleAsync();
        Assert.Equal(["en The mouse Hold it and look."], await LessonAsync(toolkit));
        Assert.Equal(0, await page.DraftsAsync());
    }

    [Fact]
    public async Task What_a_version_is_called_in_a_language_outside_the_portals_own_survives_that_another_is_changed()
    {
        var author = await Staff.HireAsync(Roles.TrainingPartner);
        var toolkit = await DraftAsync(author);
        // As a programme has it that gave French up when the version had been begun.
        await Books.OneAsync<string>("training", $"insert into version_texts select id, 'fr', 'La souris', 'Tenir.' from toolkit_versions where toolkit_id = '{toolkit}' returning language");
        var page = await OnPhone().AsAsync(author);
        await page.GotoAsync($"/training/toolkits/{toolkit}/versions/1");
        await page.GetByLabel("Title").FillAsync("The mouse");
        await page.GetByLabel("Summary").FillAsync("Hold it.");
        await page.CloseAsync();

        var reopened = await page.Context.NewPageAsync();
        await reopened.GotoAsync($"/training/toolkits/{toolkit}/versions/1");
        await Expect(reopened.GetByText("kept on this device until you record it")).ToBeVisibleAsync();
        await Expect(reopened.GetByLabel("Title")).ToHaveValueAsync("The mouse");
        await reopened.HasNoViolationsAsync();
        Assert.Equal(0, await reopened.SidewaysAsync());
        var save = reopened.GetByRole(AriaRole.Button, new() { Name = "Save" });
        await save.ClickAsync();
        await Expect(reopened.GetByText("Saved.")).ToBeVisibleAsync();
        Assert.Equal(["en The mouse Hold it.", "fr La souris Tenir."], await TextsAsync());

        await reopened.GotoAsync($"/training/toolkits/{toolkit}/versions/1");
        await reopened.GetByLabel("Language", new() { Exact = true }).SelectOptionAsync("fr");
        await Expect(reopened.GetByLabel("Summary")).ToHaveValueAsync("Tenir.");
        await reopened.GetByLabel("Title").FillAsync("Le pointeur");
        await reopened.GetByRole(AriaRole.Group, new() { Name = "Has to be complete in" }).GetByLabel("Hindi").CheckAsync();
        await save.ClickAsync();
        await Expect(reopened.GetByText("Saved.")).ToBeVisibleAsync();
        await Expect(reopened.Heading()).ToHaveTextAsync("The mouse");
        Assert.Equal(["en The mouse Hold it.", "fr Le pointeur Tenir."], await TextsAsync());
        Assert.Equal("{en,hi}", await Books.OneAsync<string>("training", $"select complete_languages::text from toolkit_versions where toolkit_id = '{toolkit}'"));

        Task<List<string>> TextsAsync() => Books.ColumnAsync<string>("training",
            $"select concat_ws(' ', x.language, x.title, x.summary) from version_texts x join toolkit_versions v on v.id = x.version_id where v.toolkit_id = '{toolkit}' order by x.language");
    }

    /// <summary>A toolkit whose first version is being written.</summary>
    private static async Task<Guid> DraftAsync(Person author)
    {
        var toolkit = (await author.PostAsync<Made>("/api/training/toolkits", new { code = $"kit-{Guid.NewGuid():n}"[..16], topic = "computer-basics", audience = "Workers", defaultLanguage = "en" })).Id;
        await author.PostAsync<JsonElement>($"/api/training/toolkits/{toolkit}/versions");
        return toolkit;
    }

    private Task<List<string>> LessonAsync(Guid toolkit) => Books.ColumnAsync<string>("training", $"""
        select concat_ws(' ', t.language, t.title, t.body) from lesson_texts t join modules m on m.id = t.module_id join toolkit_versions v on v.id = m.version_id
        where v.toolkit_id = '{toolkit}' order by t.language
        """);

    /// <summary>A picture of one pixel.</summary>
    private const string Dot = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg==";

    private sealed record Made(Guid Id);
}
