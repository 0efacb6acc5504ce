using System.Text.Json;
using BetterConnections.Testing;

namespace BetterConnections.WholeSystems;

/// <summary>A module's quiz with its right answers.</summary>
public sealed record Quiz(Guid ToolkitId, string Module, IReadOnlyDictionary<string, JsonElement> Answers);

/// <summary>What the training partner and those who learn do.</summary>
public static class TrainingSteps
{
    private const string Api = "/api/training";

    /// <summary>Yesterday's course for volunteers, written down now.</summary>
    public static Task<Session> WriteDownCourseAsync(this Person partner, string venue)
    {
        var starts = DateTimeOffset.UtcNow.AddDays(-1);
        return partner.PlanAsync(new { topic = "teaching-adults", audience = "Volunteers", language = "en", starts, ends = starts.AddHours(4), seats = 30, venue, byTrainingPartner = true });
    }

    public static Task<Session> PlanAsync(this Person partner, object session) => partner.PostAsync<Session>($"{Api}/sessions", session);

    /// <summary>Scans a card until Training knows whose it is, and then once more: the same mark is taken once.</summary>
    /// <param name="card">Of a worker; of a volunteer its id.</param>
    public static async Task<Guid> MarkAsync(this Person trainer, Guid session, string card)
    {
        var mark = Guid.NewGuid();
        var batch = new { sentAt = DateTimeOffset.UtcNow, marks = new[] { new { id = mark, card } } };
        await Eventually.BecomesAsync(SendAsync, report => report.Done == 1, TimeSpan.FromMinutes(2));
        await SendAsync();
        return mark;

        Task<MarkReport> SendAsync() => trainer.PostAsync<MarkReport>($"{Api}/sessions/{session}/attendance/batch", batch);
    }

    public static Task<Session> DeliverAsync(this Person trainer, Guid session) => trainer.PostAsync<Session>($"{Api}/sessions/{session}/deliver");

    public static async Task PassAsync(this Person volunteer, IEnumerable<Quiz> quizzes)
    {
        foreach (var quiz in quizzes)
        {
            var attempt = new { id = Guid.NewGuid(), toolkitId = quiz.ToolkitId, module = quiz.Module, answers = quiz.Answers };
            Assert.Equal(100, (await volunteer.PostAsync<Attempt>($"{Api}/quiz-attempts/mine", attempt)).Percent);
        }
    }

    /// <summary>The quizzes of the toolkit on teaching; only the training partner reads their answers.</summary>
    public static async Task<IReadOnlyList<Quiz>> QuizzesAsync(this Person partner)
    {
        var toolkit = (await partner.GetAsync<Page<Toolkit>>($"{Api}/toolkits?topic=teaching-adults")).Items.Single();
        var version = $"{Api}/toolkits/{toolkit.Id}/versions/{toolkit.Versions.Single(v => v.State == "Published").Number}";
        var quizzes = new List<Quiz>();
        foreach (var module in (await partner.GetAsync<Outline>(version)).Modules.Where(m => m.Questions > 0))
        {
            var questions = (await partner.GetAsync<JsonElement>($"{version}/modules/{module.Slug}/source")).GetProperty("quiz").GetProperty("questions");
            quizzes.Add(new(toolkit.Id, module.Slug, questions.EnumerateArray().Select((q, i) => (q, i)).ToDictionary(x => $"q{x.i + 1}", x => x.q.GetProperty("right"))));
        }
        return quizzes;
    }

    public static Task<Progress> ProgressAsync(this Person partner, string card) => partner.GetAsync<Progress>($"{Api}/progress/{card}");

    public sealed record Session(Guid Id, string State, int Attended, int PersonMinutes);

    public sealed record Progress(Guid LearnerId, IReadOnlyList<CourseProgress> Courses);

    public sealed record CourseProgress(Guid CourseId, string Course, DateTimeOffset? CompletedAt, Guid? CertificateId);

    private sealed record MarkReport(int Done, int Refused);

    private sealed record Attempt(int? Percent);

    private sealed record Toolkit(Guid Id, IReadOnlyList<ToolkitVersion> Versions);

    private sealed record ToolkitVersion(int Number, string State);

    private sealed record Outline(IReadOnlyList<Module> Modules);

    private sealed record Module(string Slug, int Questions);
}
