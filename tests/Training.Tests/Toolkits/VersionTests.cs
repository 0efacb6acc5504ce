using System.Net;
using BetterConnections.Contracts;
using BetterConnections.Testing;
using BetterConnections.Training.Toolkits;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Training.Tests.Toolkits;

public class VersionTests(TrainingApp app)
{
    private readonly Drafts _drafts = new(app);

    [Fact]
    public async Task A_published_version_is_read_by_everybody_and_a_draft_by_those_who_write_and_oversee_it()
    {
        var version = await _drafts.ReadyAsync();
        var volunteer = app.As(Roles.Volunteer);

        await volunteer.GetAsync(version).RefusesAsync(HttpStatusCode.NotFound, "version_unknown");
        await volunteer.GetAsync(version + "/modules/button").RefusesAsync(HttpStatusCode.NotFound, "version_unknown");
        await volunteer.GetAsync(version + "/archive").RefusesAsync(HttpStatusCode.NotFound, "version_unknown");
        Assert.Equal(VersionState.Draft, (await app.As(Roles.ProgrammeOffice).GetAsync<VersionView>(version)).State);

        await _drafts.Partner.PostAsync<VersionSummary>(version + "/publish");

        foreach (var reader in new[] { volunteer, app.As(Roles.Employer), app.WithScope("training.read") })
            Assert.Equal("Title in en", (await reader.GetAsync<VersionView>(version)).Title);
        await app.Anonymous().GetAsync(version).RefusesAsync(HttpStatusCode.Unauthorized, "unauthorized");
    }

    [Fact]
    public async Task Nobody_but_the_training_partner_writes()
    {
        var toolkit = new { code = $"test-{Guid.NewGuid():n}", topic = "computer-basics", audience = "Workers" };
        await app.As(Roles.ProgrammeOffice).PostAsync("/api/training/toolkits", toolkit).RefusesAsync(HttpStatusCode.Forbidden, "forbidden");
        await app.WithScope("training.read").PostAsync("/api/training/toolkits", toolkit).RefusesAsync(HttpStatusCode.Forbidden, "forbidden");

        var version = await _drafts.ReadyAsync();
        await app.As(Roles.Volunteer).PostAsync(version + "/publish", new { }).RefusesAsync(HttpStatusCode.Forbidden, "forbidden");
        await app.As(Roles.Volunteer).GetAsync(version + "/modules/button/source").RefusesAsync(HttpStatusCode.Forbidden, "forbidden");
    }

    [Theory]
    [InlineData("""{"code":"Has Spaces","topic":"computer-basics","audience":"Workers"}""", "validation_failed")]
    [InlineData("""{"code":"cooking","topic":"cooking","audience":"Workers"}""", "topic_unknown")]
    [InlineData("""{"code":"x","topic":"computer-basics","audience":"Workers","defaultLanguage":"xx"}""", "language_unknown")]
    [InlineData("""{"code":"x","topic":"computer-basics","audience":"Cats"}""", "request_not_readable")]
    public async Task What_cannot_be_understood_is_a_coded_400(string body, string code) => await _drafts.Partner
        .PostAsync("/api/training/toolkits", new StringContent(body, System.Text.Encoding.UTF8, "application/json")).RefusesAsync(HttpStatusCode.BadRequest, code);

    [Fact]
    public async Task Two_toolkits_never_have_one_code()
    {
        var code = $"test-{Guid.NewGuid():n}";
        await _drafts.ToolkitAsync(code: code);
        await _drafts.Partner.PostAsync("/api/training/toolkits", new { code, topic = "computer-basics", audience = "Workers" })
            .RefusesAsync(HttpStatusCode.Conflict, "toolkit_code_taken");
    }

    [Fact]
    public async Task A_published_version_never_changes()
    {
        var version = await _drafts.PublishedAsync();
        var (etag, module) = (await _drafts.EtagAsync(version), await _drafts.EtagAsync(version + "/modules/button/source"));

        await _drafts.Partner.PutAsync(version, new { completeLanguages = new[] { "en" }, texts = new { en = new { title = "Another", summary = "" } } }, etag)
            .RefusesAsync(HttpStatusCode.Conflict, "version_not_draft");
        await _drafts.Partner.PostAsync(version + "/modules", new { slug = "more", content = Drafts.Lesson() }).RefusesAsync(HttpStatusCode.Conflict, "version_not_draft");
        await _drafts.Partner.PutAsync(version + "/modules/button", Drafts.Lesson("Changed."), module).RefusesAsync(HttpStatusCode.Conflict, "version_not_draft");
        await _drafts.Partner.PutAsync(version + "/modules/button/texts/ar", new { title = "زر", body = "زر", questions = new object[0] }, module)
            .RefusesAsync(HttpStatusCode.Conflict, "version_not_draft");
        var removal = new HttpRequestMessage(HttpMethod.Delete, version + "/modules/button") { Headers = { { "If-Match", module } } };
        await _drafts.Partner.SendAsync(removal).RefusesAsync(HttpStatusCode.Conflict, "version_not_draft");
        await _drafts.Partner.PostAsync(version + "/publish", new { }).RefusesAsync(HttpStatusCode.Conflict, "version_not_draft");

        Assert.Contains("button", (await _drafts.Partner.GetAsync<ModuleView>(version + "/modules/button")).Html);
    }

    [Fact]
    public async Task Publishing_retires_the_version_before_which_stays_readable()
    {
        var first = await _drafts.PublishedAsync();
        var toolkit = first[..first.IndexOf("/versions", StringComparison.Ordinal)];
        var second = (await _drafts.Partner.PostAsync(toolkit + "/versions", new { })).Headers.Location!.ToString();
        var etag = await _drafts.EtagAsync(second + "/modules/button/source");
        await (await _drafts.Partner.PutAsync(second + "/modules/button", Drafts.Lesson("Press it **twice**."), etag)).ReadAsync<ModuleSource>();

        await _drafts.Partner.PostAsync<VersionSummary>(second + "/publish");

        var view = await app.As(Roles.Volunteer).GetAsync<ToolkitView>(toolkit);
        Assert.Equal([(1, VersionState.Retired), (2, VersionState.Published)], view.Versions.Select(v => (v.Number, v.State)));
        Assert.Contains("<strong>button</strong>", (await app.As(Roles.Volunteer).GetAsync<ModuleView>(first + "/modules/button")).Html);
        Assert.Contains("<strong>twice</strong>", (await app.As(Roles.Volunteer).GetAsync<ModuleView>(second + "/modules/button")).Html);
    }

    [Fact]
    public async Task Of_many_who_start_a_version_at_once_one_does()
    {
        var toolkit = await _drafts.ToolkitAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => _drafts.Partner.PostAsync($"/api/training/toolkits/{toolkit}/versions", new { })));

        Assert.Single(answers, a => a.StatusCode == HttpStatusCode.Created);
        Assert.All(answers.Where(a => a.StatusCode != HttpStatusCode.Created), a => Assert.Equal(HttpStatusCode.Conflict, a.StatusCode));
        Assert.Equal(1, await app.InDbAsync(db => db.ToolkitVersions.CountAsync(v => v.ToolkitId == toolkit)));
    }

    [Fact]
    public async Task A_lesson_changed_while_the_version_is_published_is_either_in_it_or_refused()
    {
        for (var round = 0; round < 5; round++)
        {
            var version = await _drafts.ReadyAsync();
            var etag = await _drafts.EtagAsync(version + "/modules/button/source");

            var (change, publish) = (_drafts.Partner.PutAsync(version + "/modules/button", Drafts.Lesson("Changed."), etag), _drafts.Partner.PostAsync(version + "/publish", new { }));
            var changed = (await change).IsSuccessStatusCode;

            Assert.True((await publish).IsSuccessStatusCode);
            Assert.Equal(changed, (await _drafts.Partner.GetAsync<ModuleView>(version + "/modules/button")).Html.Contains("Changed."));
            if (!changed) await change.RefusesAsync(HttpStatusCode.Conflict, "version_not_draft");
        }
    }

    [Fact]
    public async Task A_module_is_changed_only_by_who_has_seen_its_latest_state()
    {
        var version = await _drafts.ReadyAsync();
        var etag = await _drafts.EtagAsync(version + "/modules/button/source");

        await _drafts.Partner.PutAsync(version + "/modules/button", Drafts.Lesson(), ifMatch: null).RefusesAsync(HttpStatusCode.PreconditionRequired, "if_match_required");
        await (await _drafts.Partner.PutAsync(version + "/modules/button", Drafts.Lesson(), etag)).ReadAsync<ModuleSource>();
        await _drafts.Partner.PutAsync(version + "/modules/button", Drafts.Lesson(), etag).RefusesAsync(HttpStatusCode.PreconditionFailed, "etag_stale");
    }

    [Fact]
    public async Task Retiring_leaves_the_toolkit_without_a_version_in_use()
    {
        var version = await _drafts.PublishedAsync();

        Assert.Equal(VersionState.Retired, (await _drafts.Partner.PostAsync<VersionSummary>(version + "/retire")).State);

        await _drafts.Partner.PostAsync(version + "/retire", new { }).RefusesAsync(HttpStatusCode.Conflict, "version_not_published");
        Assert.Equal(VersionState.Retired, (await app.As(Roles.Volunteer).GetAsync<VersionView>(version)).State);
    }

    [Fact]
    public async Task A_module_that_is_removed_is_gone_and_its_slug_is_free()
    {
        var version = await _drafts.ReadyAsync();
        var etag = await _drafts.EtagAsync(version + "/modules/button/source");
        await _drafts.Partner.PostAsync(version + "/modules", new { slug = "button", content = Drafts.Lesson() }).RefusesAsync(HttpStatusCode.Conflict, "module_already_there");

        var removed = await _drafts.Partner.SendAsync(new(HttpMethod.Delete, version + "/modules/button") { Headers = { { "If-Match", etag } } });

        Assert.Equal(HttpStatusCode.NoContent, removed.StatusCode);
        await _drafts.Partner.GetAsync(version + "/modules/button").RefusesAsync(HttpStatusCode.NotFound, "module_unknown");
        await _drafts.Partner.PostAsync<ModuleSource>(version + "/modules", new { slug = "button", content = Drafts.Lesson() });
    }
}
