using System.Text.Json;

namespace BetterConnections.Demo;

/// <summary>The training partner teaches volunteers how to teach adults; whoever was there and passes the quizzes is certified.</summary>
internal sealed class TrainTheTrainer(People people, Volunteers volunteers)
{
    private const string Topic = "teaching-adults";

    public async Task HoldAsync()
    {
        await volunteers.Trainers.AtOnceAsync(v => people.TrainingPartner.WaitForAsync($"/api/training/progress/{v.Id}", _ => true, "Training to hear of the volunteers"));
        var session = await PlanAsync(volunteers.Trainers.Count);
        await AttendAsync(session, [.. volunteers.Trainers.Select(v => v.Id)]);
        Story.Tell($"{volunteers.Trainers.Count} volunteers were at the training partner's course, which was written down a day later");

        var quizzes = await QuizzesAsync();
        await TryInVainAsync(volunteers.Trainers.First(), quizzes[0]);
        await volunteers.Trainers.AtOnceAsync(async volunteer =>
        {
            foreach (var quiz in quizzes) await AnswerAsync(volunteer, quiz, quiz.Answers);
            return true;
        });

        await volunteers.Trainers.AtOnceAsync(v => v.Person.WaitForAsync("/api/volunteer/me", me => me.Text("state") == "Certified", "the certificate to reach Volunteer"));
        Story.Tell($"all passed its {quizzes.Count} quizzes, one at the second try, and are certified for two years");
    }

    private async Task<Guid> PlanAsync(int seats)
    {
        var yesterday = new DateTimeOffset(DateTime.UtcNow.Date.AddDays(-1).AddHours(6), TimeSpan.Zero);
        return (await people.TrainingPartner.PostAsync("/api/training/sessions", new
        {
            topic = Topic,
            audience = "Volunteers",
            language = "en",
            starts = yesterday,
            ends = yesterday.AddHours(6),
            seats,
            venue = "The training partner's hall",
            byTrainingPartner = true,
        })).Id();
    }

    private async Task AttendAsync(Guid session, Guid[] learners)
    {
        var path = $"/api/training/sessions/{session}";
        await people.TrainingPartner.PostAsync($"{path}/roster", new { learners });
        var report = await people.TrainingPartner.PostAsync($"{path}/attendance/batch",
            new { sentAt = DateTimeOffset.UtcNow, marks = learners.Select(learner => new { id = Guid.NewGuid(), card = learner }) });
        Story.Expect(report.Number("done") == learners.Length, "every volunteer's attendance is taken");
        var delivered = await people.TrainingPartner.PostAsync($"{path}/deliver");
        Story.Expect(delivered.Number("attended") == learners.Length, "the course was attended by all of them");
    }

    /// <summary>With the right answers, which only the training partner can read.</summary>
    private async Task<IReadOnlyList<Quiz>> QuizzesAsync()
    {
        var toolkit = (await people.TrainingPartner.GetAsync($"/api/training/toolkits?topic={Topic}&audience=Volunteers")).Each("items").Single();
        var published = $"/api/training/toolkits/{toolkit.Id()}/versions/{toolkit.Each("versions").Single(v => v.Text("state") == "Published").Number("number")}";
        var quizzes = new List<Quiz>();
        foreach (var module in (await people.TrainingPartner.GetAsync(published)).Each("modules").Where(m => m.Number("questions") > 0).Select(m => m.Text("slug")))
        {
            var questions = (await people.TrainingPartner.GetAsync($"{published}/modules/{module}/source")).GetProperty("quiz").Each("questions");
            quizzes.Add(new(toolkit.Id(), module, questions.Select((q, i) => (Code: $"q{i + 1}", Right: q.GetProperty("right"))).ToDictionary(q => q.Code, q => q.Right)));
        }
        return quizzes;
    }

    private static async Task TryInVainAsync(Volunteer volunteer, Quiz quiz)
    {
        var result = await AnswerAsync(volunteer, quiz, []);
        Story.Expect(!result.GetProperty("passed").GetBoolean(), "who answers nothing does not pass");
    }

    private static Task<JsonElement> AnswerAsync(Volunteer volunteer, Quiz quiz, Dictionary<string, JsonElement> answers) =>
        volunteer.Person.PostAsync("/api/training/quiz-attempts/mine", new { id = Guid.NewGuid(), toolkitId = quiz.Toolkit, module = quiz.Module, answers });

    private sealed record Quiz(Guid Toolkit, string Module, Dictionary<string, JsonElement> Answers);
}
