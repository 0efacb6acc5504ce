using BetterConnections.Training.Toolkits;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace BetterConnections.Training.Tests.Quizzes;

static class QuizSteps
{
    /// <summary>A published toolkit on a topic of its own, with two modules of five questions each; the first choice is always right.</summary>
    public static async Task<Guid> ToolkitAsync(this TrainingApp training, string topic, Audience audience = Audience.Workers)
    {
        var (programme, now) = (training.Services.GetRequiredService<ProgrammeSettings>(), training.Clock.GetUtcNow());
        var toolkit = Toolkit.Add($"toolkit-{Guid.NewGuid():n}", ProgrammeSettings.TeachingAdults, audience, "en", programme, "test", now);
        var version = ToolkitVersion.Start(toolkit, 1, null, "test", now);
        var question = new Question(false, ["a"], new Dictionary<string, QuestionWords> { ["en"] = new("Which?", ["This one", "Another"]) });
        foreach (var (slug, position) in new[] { ("first", 1), ("second", 2) })
            version.AddModule(slug, now).Change(position, 30, new Dictionary<string, LessonWords> { ["en"] = new("Lesson", "Words.") }, new(60, [question, question, question, question, question]), programme, now);
        version.Publish("test", now);
        await training.InDbAsync(async db =>
        {
            db.AddRange(toolkit, version);
            await db.SaveChangesAsync();
            // Topics are a setting; one that no other test meets is put in behind it.
            await db.Toolkits.Where(t => t.Id == toolkit.Id).ExecuteUpdateAsync(s => s.SetProperty(t => t.Topic, topic));
        });
        return toolkit.Id;
    }

    /// <summary>Answers of which so many are right.</summary>
    public static Dictionary<string, string[]> Right(int right) => Enumerable.Range(1, 5).ToDictionary(n => $"q{n}", n => new[] { n <= right ? "a" : "b" });
}
