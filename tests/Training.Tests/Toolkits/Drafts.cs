using System.Globalization;
using System.Net.Http.Json;
using BetterConnections.Contracts;
using BetterConnections.Testing;
using BetterConnections.Training.Toolkits;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Training.Tests.Toolkits;

/// <summary>A toolkit of a test's own, as a training partner writes one.</summary>
public sealed class Drafts(TrainingApp app)
{
    public HttpClient Partner { get; } = app.As(Roles.TrainingPartner);

    public static object Question(string language = "en") => new
    {
        several = false,
        right = new[] { "b" },
        words = new Dictionary<string, object> { [language] = new { text = "Which is right?", choices = new[] { "This", "That", "Neither" } } },
    };

    public static object Lesson(string body = "Press the **button**.", string title = "The button", int position = 1, object? quiz = null, string language = "en") => new
    {
        position,
        minutes = 30,
        texts = new Dictionary<string, object> { [language] = new { title, body } },
        quiz,
    };

    /// <summary>The toolkit's id; its address is <c>/api/training/toolkits/{id}</c>.</summary>
    public async Task<Guid> ToolkitAsync(Audience audience = Audience.Workers, string? code = null) => (await Partner.PostAsync<ToolkitView>("/api/training/toolkits",
        new { code = code ?? $"test-{Guid.NewGuid():n}", topic = audience == Audience.Volunteers ? "teaching-adults" : "computer-basics", audience })).Id;

    /// <summary>A draft with one complete lesson and its quiz, ready to be published; the address of the version.</summary>
    public async Task<string> ReadyAsync(Audience audience = Audience.Workers)
    {
        var address = $"/api/training/toolkits/{await ToolkitAsync(audience)}/versions";
        var started = await Partner.PostAsync(address, new { });
        await DescribeAsync(started.Headers.Location!.ToString(), started.Headers.ETag!.Tag, "en");
        await Partner.PostAsync<ModuleSource>(started.Headers.Location + "/modules",
            new { slug = "button", content = Lesson(quiz: new { passMark = 60, questions = new[] { Question() } }) });
        return started.Headers.Location!.ToString();
    }

    /// <summary>The texts of a language that the programme has given up since they were written.</summary>
    public Task WriteInFormerLanguageAsync(string version, string language)
    {
        var (toolkit, number) = (Guid.Parse(version.Split('/')[4]), int.Parse(version.Split('/')[^1], CultureInfo.InvariantCulture));
        return app.InDbAsync(async db =>
        {
            var draft = await db.ToolkitVersions.Include(v => v.Toolkit).Include(v => v.Texts).WithModules().SingleAsync(v => v.ToolkitId == toolkit && v.Number == number);
            var then = new ProgrammeSettings(["en", language]) { PublicUrl = "http://localhost" };
            var at = app.Clock.GetUtcNow();
            draft.Describe(["en", language], new Dictionary<string, TitleAndSummary> { ["en"] = new("Title in en", "Summary in en"), [language] = new($"Title in {language}", "") }, then, at);
            draft.Modules.Single().Translate(language, new($"Lesson in {language}", "Body."), [new("Question?", ["1", "2", "3"])], then, at);
            return await db.SaveChangesAsync();
        });
    }

    public async Task<string> PublishedAsync(Audience audience = Audience.Workers)
    {
        var version = await ReadyAsync(audience);
        await Partner.PostAsync<VersionSummary>(version + "/publish");
        return version;
    }

    public async Task<VersionSummary> DescribeAsync(string version, string etag, params string[] languages) => await (await Partner.PutAsync(version, new
    {
        completeLanguages = languages,
        texts = languages.ToDictionary(l => l, l => new { title = $"Title in {l}", summary = $"Summary in {l}" }),
    }, etag)).ReadAsync<VersionSummary>();

    public async Task<string> EtagAsync(string address) => (await Partner.GetAsync(address)).Headers.ETag!.Tag;
}
