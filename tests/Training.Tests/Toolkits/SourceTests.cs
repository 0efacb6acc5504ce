using System.Net;
using BetterConnections.Contracts;
using BetterConnections.Testing;
using BetterConnections.Training.Toolkits;

namespace BetterConnections.Training.Tests.Toolkits;

/// <summary>What authors read before they write: everything there is, in every language, and what may be added.</summary>
public class SourceTests(OtherProgrammeTrainingApp app) : IClassFixture<OtherProgrammeTrainingApp>
{
    private readonly Drafts _drafts = new(app);

    [Fact]
    public async Task A_versions_source_has_its_texts_in_every_language_and_is_taken_back_as_it_is()
    {
        var version = await _drafts.ReadyAsync();
        await _drafts.DescribeAsync(version, await _drafts.EtagAsync(version), "fr", "en", "ar");

        var read = await _drafts.Partner.GetAsync(version + "/source");
        var source = await read.ReadAsync<VersionDescription>();

        Assert.Equal([("ar", "Title in ar", "Summary in ar"), ("en", "Title in en", "Summary in en"), ("fr", "Title in fr", "Summary in fr")],
            source.Texts.Select(t => (t.Key, t.Value.Title, t.Value.Summary)));
        Assert.Equal(["en", "fr", "ar"], source.CompleteLanguages);

        await (await _drafts.Partner.PutAsync(version, source, read.Headers.ETag!.Tag)).ReadAsync<VersionSummary>();
        Assert.Equivalent(source, await _drafts.Partner.GetAsync<VersionDescription>(version + "/source"), strict: true);
        await _drafts.Partner.PutAsync(version, source, read.Headers.ETag.Tag).RefusesAsync(HttpStatusCode.PreconditionFailed, "etag_stale");
    }

    [Fact]
    public async Task A_versions_source_is_for_who_may_change_it()
    {
        var version = await _drafts.ReadyAsync();
        foreach (var stranger in new[] { app.As(Roles.Volunteer), app.As(Roles.ProgrammeOffice), app.As(Roles.Operator), app.WithScope("training.read") })
            await stranger.GetAsync(version + "/source").RefusesAsync(HttpStatusCode.Forbidden, "forbidden");
        await app.Anonymous().GetAsync(version + "/source").RefusesAsync(HttpStatusCode.Unauthorized, "unauthorized");

        Assert.Equal("Title in en", (await app.WithScope("training.write").GetAsync<VersionDescription>(version + "/source")).Texts["en"].Title);
        await _drafts.Partner.GetAsync(version[..^1] + "7/source").RefusesAsync(HttpStatusCode.NotFound, "version_unknown");
    }

    [Fact]
    public async Task What_is_written_in_a_language_that_the_programme_gave_up_stays_while_the_rest_is_changed()
    {
        var version = await _drafts.ReadyAsync();
        await _drafts.WriteInFormerLanguageAsync(version, "ml");
        var source = await _drafts.Partner.GetAsync<VersionDescription>(version + "/source");
        var changed = source with { Texts = new Dictionary<string, TitleAndSummary>(source.Texts) { ["fr"] = new("Les boutons", "") } };
        await (await _drafts.Partner.PutAsync(version, changed, await _drafts.EtagAsync(version))).ReadAsync<VersionSummary>();
        Assert.Equivalent(changed, await _drafts.Partner.GetAsync<VersionDescription>(version + "/source"), strict: true);
        Assert.Equal(["en", "ml"], changed.CompleteLanguages);

        var lesson = version + "/modules/button";
        var module = await _drafts.Partner.GetAsync<ModuleSource>(lesson + "/source");
        var longer = module with { Minutes = 45 };
        await (await _drafts.Partner.PutAsync(lesson, longer, await _drafts.EtagAsync(lesson + "/source"))).ReadAsync<ModuleSource>();
        Assert.Equivalent(longer, await _drafts.Partner.GetAsync<ModuleSource>(lesson + "/source"), strict: true);
        await (await _drafts.Partner.PutAsync(lesson + "/texts/ml", new { title = "Better", body = "Body.", questions = new[] { new { text = "Question?", choices = new[] { "1", "2", "3" } } } },
            await _drafts.EtagAsync(lesson + "/source"))).ReadAsync<ModuleSource>();
    }

    [Fact]
    public async Task Nothing_new_is_written_in_a_language_that_the_programme_has_not()
    {
        var version = await _drafts.ReadyAsync();
        var (etag, lesson) = (await _drafts.EtagAsync(version), await _drafts.EtagAsync(version + "/modules/button/source"));
        await _drafts.Partner.PutAsync(version, new { completeLanguages = new[] { "ml" }, texts = new { en = new { title = "Title", summary = "" } } }, etag)
            .RefusesAsync(HttpStatusCode.BadRequest, "language_unknown");
        await _drafts.Partner.PutAsync(version, new { completeLanguages = new[] { "en" }, texts = new { ml = new { title = "Title", summary = "" } } }, etag)
            .RefusesAsync(HttpStatusCode.BadRequest, "language_unknown");
        await _drafts.Partner.PutAsync(version + "/modules/button", Drafts.Lesson(language: "ml"), lesson).RefusesAsync(HttpStatusCode.BadRequest, "language_unknown");
        await _drafts.Partner.PutAsync(version + "/modules/button/texts/ml", new { title = "Title", body = "Body.", questions = new[] { new { text = "Question?", choices = new[] { "1", "2", "3" } } } }, lesson)
            .RefusesAsync(HttpStatusCode.BadRequest, "language_unknown");
    }

    [Fact]
    public async Task Who_writes_toolkits_reads_every_language_and_topic_that_the_programme_has()
    {
        foreach (var reader in new[] { _drafts.Partner, app.As(Roles.ProgrammeOffice), app.WithScope("training.read") })
        {
            var programme = await reader.GetAsync<ProgrammeView>("/api/training/programme");
            Assert.Equal(OtherProgrammeTrainingApp.Languages, programme.Languages);
            Assert.Equal([.. OtherProgrammeTrainingApp.Topics, "teaching-adults"], programme.Topics);
        }
        foreach (var stranger in new[] { app.As(Roles.Volunteer), app.As(Roles.Employer) })
            await stranger.GetAsync("/api/training/programme").RefusesAsync(HttpStatusCode.Forbidden, "forbidden");
        await app.Anonymous().GetAsync("/api/training/programme").RefusesAsync(HttpStatusCode.Unauthorized, "unauthorized");

        foreach (var topic in OtherProgrammeTrainingApp.Topics.Append("teaching-adults"))
            Assert.Equal(topic, (await _drafts.Partner.PostAsync<ToolkitView>("/api/training/toolkits",
                new { code = $"test-{Guid.NewGuid():n}", topic, audience = "Workers", defaultLanguage = "fr" })).Topic);
    }
}
