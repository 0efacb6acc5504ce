using System.Net;
using System.Text.Json;
using BetterConnections.Contracts;
using BetterConnections.ServiceDefaults;
using BetterConnections.Testing;
using BetterConnections.Training.Toolkits;

namespace BetterConnections.Training.Tests.Toolkits;

public class QuizTests(TrainingApp app)
{
    private static readonly Quiz Three = new(60, [Ask(false, "a"), Ask(true, "a", "c"), Ask(false, "b")]);

    private static Question Ask(bool several, params string[] right) => new(several, right,
        new Dictionary<string, QuestionWords> { ["en"] = new("Which?", ["one", "two", "three"]) });

    private static Dictionary<string, IReadOnlyList<string>> Answers(params string[] given) =>
        given.Index().ToDictionary(g => $"q{g.Index + 1}", g => (IReadOnlyList<string>)g.Item.Split(',', StringSplitOptions.RemoveEmptyEntries));

    [Theory]
    [InlineData("a", "a,c", "b", 3, 100, true)]
    [InlineData("a", "c,a", "b", 3, 100, true)]
    [InlineData("a", "a", "b", 2, 66, true)] // half of several is wrong
    [InlineData("a", "a,b,c", "b", 2, 66, true)]
    [InlineData("a,b", "a,c", "a", 1, 33, false)] // two answers where one is asked for
    [InlineData("", "", "", 0, 0, false)]
    public void A_question_is_right_when_exactly_its_right_choices_are_given(string first, string second, string third, int right, int percent, bool passed)
    {
        var score = Three.Score(Answers(first, second, third));
        Assert.Equal((right, percent, passed), (score.Right, score.Percent, score.Passed));
        Assert.Equal(3 - right, score.Wrong.Count);
    }

    [Fact]
    public void The_pass_mark_itself_passes_and_what_rounds_up_to_it_does_not()
    {
        Assert.True((Three with { PassMark = 66 }).Score(Answers("a", "a,c", "c")).Passed);
        Assert.False((Three with { PassMark = 67 }).Score(Answers("a", "a,c", "c")).Passed);
    }

    [Fact]
    public void Answers_to_what_was_not_asked_are_refused()
    {
        foreach (var answers in new[] { Answers("d"), Answers("ab"), Answers("A"), Answers("a", "a", "b", "a") })
            Assert.Equal("answer_unknown", Assert.Throws<BadInput>(() => Three.Score(answers)).Code);
    }

    [Fact]
    public async Task A_learner_is_asked_without_being_told_the_right_answers()
    {
        var version = await new Drafts(app).PublishedAsync();

        var json = await app.As(Roles.Volunteer).GetAsync<JsonElement>(version + "/modules/button");

        Assert.Equal(["code", "several", "text", "choices"], json.GetProperty("questions")[0].EnumerateObject().Select(p => p.Name));
        Assert.Equal(["code", "text"], json.GetProperty("questions")[0].GetProperty("choices")[0].EnumerateObject().Select(p => p.Name));
        Assert.DoesNotContain("\"right\"", (await app.As(Roles.Volunteer).GetAsync<JsonElement>(version)).ToString());
        Assert.Equal("b", (await new Drafts(app).Partner.GetAsync<ModuleSource>(version + "/modules/button/source")).Quiz!.Questions.Single().Right.Single());
    }

    [Theory]
    [InlineData("""{"several":false,"right":[],"words":{"en":{"text":"?","choices":["x","y"]}}}""")]
    [InlineData("""{"several":false,"right":["c"],"words":{"en":{"text":"?","choices":["x","y"]}}}""")]
    [InlineData("""{"several":false,"right":["a","b"],"words":{"en":{"text":"?","choices":["x","y"]}}}""")]
    [InlineData("""{"several":false,"right":["a"],"words":{"en":{"text":"?","choices":["x"]}}}""")]
    [InlineData("""{"several":false,"right":["a"],"words":{"en":{"text":"?","choices":["x",""]}}}""")]
    [InlineData("""{"several":false,"right":["a"],"words":{"en":{"text":"?","choices":["x","y"]},"ar":{"text":"?","choices":["x","y","z"]}}}""")]
    public async Task A_question_that_nobody_could_answer_rightly_is_refused(string question)
    {
        var drafts = new Drafts(app);
        var version = await drafts.ReadyAsync();
        await drafts.Partner.PostAsync(version + "/modules", new
        {
            slug = "quiz",
            content = Drafts.Lesson(quiz: new { passMark = 60, questions = new[] { JsonSerializer.Deserialize<JsonElement>(question) } }),
        }).RefusesAsync(HttpStatusCode.BadRequest, "quiz_not_valid");
    }
}
