using System.Net;
using System.Text.Json;
using BetterConnections.Testing;
using BetterConnections.Training.Toolkits;

namespace BetterConnections.Training.Tests.Toolkits;

public class PublishingTests(TrainingApp app)
{
    private readonly Drafts _drafts = new(app);

    private async Task<(string Version, IReadOnlyList<string> Findings)> RefusedAsync(string version)
    {
        var problem = await _drafts.Partner.PostAsync(version + "/publish", new { }).RefusesAsync(HttpStatusCode.Conflict, "version_not_ready");
        Assert.Equal(VersionState.Draft, (await _drafts.Partner.GetAsync<VersionView>(version)).State);
        return (version, [.. problem.GetProperty("findings").EnumerateArray().Select(f => $"{f.GetProperty("code").GetString()} {f.GetProperty("where").GetString()}".Trim())]);
    }

    [Fact]
    public async Task An_empty_version_is_not_published()
    {
        var version = (await _drafts.Partner.PostAsync($"/api/training/toolkits/{await _drafts.ToolkitAsync()}/versions", new { })).Headers.Location!.ToString();

        Assert.Equal(["no_modules", "title_missing en"], (await RefusedAsync(version)).Findings);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("{\"title\":\"Buttons\"}")]
    [InlineData("{\"title\":\" \",\"summary\":\"What they do.\"}")]
    public async Task A_text_that_is_half_there_is_refused(string text)
    {
        var version = await _drafts.ReadyAsync();
        var body = JsonSerializer.Deserialize<JsonElement>($$$"""{"completeLanguages":["en"],"texts":{"en":{{{text}}}}}""");
        var answer = await _drafts.Partner.PutAsync(version, body, await _drafts.EtagAsync(version));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        var kept = await _drafts.Partner.GetAsync<VersionView>(version);
        Assert.Equal(("Title in en", "Summary in en"), (kept.Title, kept.Summary));
    }

    [Fact]
    public async Task A_language_declared_complete_is_complete()
    {
        var version = await _drafts.ReadyAsync();
        await _drafts.DescribeAsync(version, await _drafts.EtagAsync(version), "en", "ar");
        Assert.Equal(["text_missing button/ar", "question_missing button/ar"], (await RefusedAsync(version)).Findings);

        var etag = await _drafts.EtagAsync(version + "/modules/button/source");
        await (await _drafts.Partner.PutAsync(version + "/modules/button/texts/ar",
            new { title = "الزر", body = "اضغط الزر.", questions = new[] { new { text = "أيها صحيح؟", choices = new[] { "هذا", "ذاك", "لا شيء" } } } }, etag)).ReadAsync<ModuleSource>();

        Assert.Equal(["en", "ar"], (await _drafts.Partner.PostAsync<VersionSummary>(version + "/publish")).Languages);
    }

    [Fact]
    public async Task A_picture_that_is_not_attached_keeps_a_version_from_being_published()
    {
        var version = await _drafts.ReadyAsync();
        await _drafts.Partner.PostAsync<ModuleSource>(version + "/modules", new { slug = "picture", content = Drafts.Lesson("![The button](attachments/button.png)", position: 2) });

        Assert.Equal(["attachment_missing picture/en"], (await RefusedAsync(version)).Findings);
    }

    [Fact]
    public async Task A_lesson_in_another_language_than_the_default_does_not_stand_alone()
    {
        var version = await _drafts.ReadyAsync();
        await _drafts.Partner.PostAsync<ModuleSource>(version + "/modules", new { slug = "hindi-only", content = Drafts.Lesson(position: 2, language: "hi") });

        Assert.Equal(["text_missing hindi-only/en"], (await RefusedAsync(version)).Findings);
    }

    [Fact]
    public async Task Each_reason_says_by_code_and_figures_what_it_is_about()
    {
        var version = await _drafts.ReadyAsync();
        await _drafts.Partner.PostAsync<ModuleSource>(version + "/modules", new { slug = "picture", content = Drafts.Lesson("![The button](attachments/button.png)", position: 2) });
        await (await _drafts.Partner.PutAsync(version, new
        {
            completeLanguages = new[] { "en", "ar" },
            texts = new { en = new { title = "Buttons", summary = "What they do." } },
        }, await _drafts.EtagAsync(version))).ReadAsync<VersionSummary>();

        var problem = await _drafts.Partner.PostAsync(version + "/publish", new { }).RefusesAsync(HttpStatusCode.Conflict, "version_not_ready");

        Assert.Equal(
            [
                new("title_missing", "Title and summary are missing in ar.", Language: "ar"),
                new("text_missing", "The lesson is missing in ar.", "button", "ar"),
                new("question_missing", "Question q1 is missing in ar.", "button", "ar", Question: 1),
                new("text_missing", "The lesson is missing in ar.", "picture", "ar"),
                new("attachment_missing", "The lesson shows 'button.png', which is not attached.", "picture", "en", Attachment: "button.png"),
            ],
            problem.GetProperty("findings").Deserialize<Finding[]>(JsonSerializerOptions.Web)!);
    }
}
