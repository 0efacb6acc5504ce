using System.Text.RegularExpressions;
using BetterConnections.ServiceDefaults;
using BetterConnections.Testing;
using BetterConnections.Training.Starter;
using BetterConnections.Training.Toolkits;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace BetterConnections.Training.Tests.Starter;

/// <summary>All the lessons that come with the system, and how they get into it.</summary>
public partial class StarterContentTests(FreshTrainingApp app) : IClassFixture<FreshTrainingApp>
{
    private static readonly ProgrammeSettings Programme = new() { PublicUrl = "http://localhost" };
    private static readonly IReadOnlyList<StarterToolkit> All = StarterToolkit.ReadAll();

    [GeneratedRegex(@"[\p{L}\p{M}\p{Nd}]+(['’:.,-][\p{L}\p{M}\p{Nd}]+)*")]
    private static partial Regex Word();

    public static TheoryData<string> Codes => [.. All.Select(t => t.Code)];

    [Fact]
    public void There_is_a_toolkit_for_each_topic_and_one_for_trainers() =>
        Assert.Equal(Programme.Topics.Append(ProgrammeSettings.TeachingAdults).Order(), All.Select(t => t.Texts["en"]["topic"]).Order());

    [Theory, MemberData(nameof(Codes))]
    public void A_toolkit_is_complete_in_English_and_Arabic_and_could_be_published(string code)
    {
        var draft = All.Single(t => t.Code == code).ToDraft(Programme, "test", DateTimeOffset.UnixEpoch);

        Assert.Empty(PublishingLint.Check(draft, []));
        Assert.Contains("en", draft.CompleteLanguages);
        Assert.Contains("ar", draft.CompleteLanguages);
        Assert.InRange(draft.Modules.Count, 4, 6);
        Assert.All(draft.Modules, m => Assert.InRange(m.Quiz!.Questions.Count, 3, 5));
        Assert.All(draft.Modules, m => Assert.InRange(m.Minutes, 15, 90));
    }

    [Theory, MemberData(nameof(Codes))]
    public void A_lesson_is_short_enough_for_one_evening_and_says_something(string code)
    {
        var draft = All.Single(t => t.Code == code).ToDraft(Programme, "test", DateTimeOffset.UnixEpoch);
        foreach (var (module, text) in draft.Modules.SelectMany(m => m.Texts.Select(t => (m, t))))
            Assert.True(Word().Count(text.Body) is >= 120 and <= 250, $"{code}/{text.Language}/{module.Slug} has {Word().Count(text.Body)} words.");
    }

    [Theory, MemberData(nameof(Codes))]
    public void An_Arabic_text_is_in_Arabic(string code)
    {
        var draft = All.Single(t => t.Code == code).ToDraft(Programme, "test", DateTimeOffset.UnixEpoch);
        foreach (var words in draft.Modules.SelectMany(m => m.Texts.Where(t => t.Language == "ar").SelectMany(t => new[] { t.Title, t.Body })
            .Concat(m.Quiz!.Questions.Select(q => q.Words["ar"].Text))))
            Assert.True(words.Count(c => c is >= '\u0600' and <= '\u06FF') > words.Count(char.IsAsciiLetter), words);
    }

    [Fact]
    public async Task They_are_published_at_the_start_and_a_second_start_adds_nothing()
    {
        Assert.Equal(All.Count, await app.InDbAsync(db => db.ToolkitVersions.CountAsync(v => v.State == VersionState.Published && v.PublishedBy == ImportStarterContent.By)));

        Assert.Equal(0, await app.InDbAsync(db => ImportStarterContent.RunAsync(db, Programme, app.Clock)));
    }

    [Fact]
    public async Task Replicas_that_start_together_import_each_toolkit_once()
    {
        await using var empty = await TestDatabase.CreateAsync(typeof(TrainingDb).Assembly);

        var added = await Task.WhenAll(Enumerable.Range(0, 4).Select(async _ =>
        {
            await using var db = new TrainingDb(new DbContextOptionsBuilder<TrainingDb>().UseNpgsql(empty.ConnectionString).Options);
            return await ImportStarterContent.RunAsync(db, Programme, new Clock());
        }));

        Assert.Equal([0, 0, 0, All.Count], added.Order());
    }

    [Fact]
    public async Task A_programme_without_a_topic_is_not_given_its_toolkit()
    {
        await using var empty = await TestDatabase.CreateAsync(typeof(TrainingDb).Assembly);
        await using var db = new TrainingDb(new DbContextOptionsBuilder<TrainingDb>().UseNpgsql(empty.ConnectionString).Options);

        await ImportStarterContent.RunAsync(db, new ProgrammeSettings(topics: ["money-transfer"]) { PublicUrl = "http://localhost" }, new Clock());

        Assert.Equal(["money-transfer", "teaching-adults"], await db.Toolkits.Select(t => t.Topic).OrderBy(t => t).ToListAsync());
    }

    [Theory]
    [InlineData("title: x\nBody", "There is no line")]
    [InlineData("title\n---\nBody", "not of the form")]
    [InlineData("title: x\n---\nBody\n=== quiz\n+ a choice without a question", "neither a question")]
    [InlineData("title: x\n---\nBody\n=== quiz\n? Which?\n* this", "neither a question")]
    public void A_file_that_is_not_as_described_is_refused_with_its_fault(string file, string fault) =>
        Assert.Contains(fault, Assert.Throws<InvalidDataException>(() => LessonFile.Parse(file)).Message);

    [Fact]
    public void A_translation_that_marks_another_answer_as_right_is_refused()
    {
        static LessonFile Lesson(string marks) => LessonFile.Parse($"title: x\nminutes: 30\npass: 60\n---\nBody\n=== quiz\n? Which?\n{marks[0]} one\n{marks[1]} two");
        var module = new StarterModule("01-x", new Dictionary<string, LessonFile> { ["en"] = Lesson("+-"), ["ar"] = Lesson("-+") });
        var draft = ToolkitVersion.Start(Toolkit.Add("x", "computer-basics", Audience.Workers, "en", Programme, "test", DateTimeOffset.UnixEpoch), 1, null, "test", DateTimeOffset.UnixEpoch);

        Assert.Contains("ar/01-x", Assert.Throws<InvalidDataException>(() => module.AddTo(draft, Programme, DateTimeOffset.UnixEpoch)).Message);
    }
}
