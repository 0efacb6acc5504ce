using System.Net;
using BetterConnections.Contracts;
using BetterConnections.Testing;
using BetterConnections.Training.Courses;
using BetterConnections.Training.Quizzes;
using BetterConnections.Training.Toolkits;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Training.Tests.Quizzes;

public class QuizTests(TrainingApp training)
{
    private readonly HttpClient _partner = training.As(Roles.TrainingPartner);

    private static object Attempt(string card, Guid toolkit, string module, int right, Guid? id = null, DateTimeOffset? takenAt = null, object? answers = null) =>
        new { cardCode = card, id = id ?? Guid.NewGuid(), toolkitId = toolkit, module, answers = answers ?? QuizSteps.Right(right), takenAt };

    private async Task<IReadOnlyList<AttemptResult>> EnterAsync(HttpClient client, params object[] attempts) =>
        (await client.PostAsync<AttemptResults>("/api/training/quiz-attempts", new { attempts })).Results;

    private async Task<(HttpClient Client, Guid Facility)> TrainerAsync()
    {
        var (facility, account, now) = ((await training.FacilityAsync()).FacilityId, $"trainer-{Guid.NewGuid():n}", training.Clock.GetUtcNow());
        await training.DeliverAsync(new AssignmentAccepted(Guid.NewGuid(), Guid.NewGuid(), account, facility, AssignmentRoles.Trainer, ["en"], ["computer-basics"], now.AddDays(-1), now.AddDays(30), now.AddDays(-2)));
        return (training.As(Roles.Volunteer, subject: account), facility);
    }

    [Fact]
    public async Task The_trainer_enters_what_workers_answered_and_each_attempt_is_answered_by_itself()
    {
        var (trainer, facility) = await TrainerAsync();
        var toolkit = await training.ToolkitAsync(Classroom.Topic());
        var (mine, stranger) = ((await training.WorkersAsync(1, facility))[0], (await training.WorkersAsync(1))[0]);

        var results = await EnterAsync(trainer,
            Attempt(mine.Code.ToLowerInvariant(), toolkit, "first", 4),
            Attempt(mine.Code, toolkit, "second", 2),
            Attempt(stranger.Code, toolkit, "first", 5),
            Attempt("W-NOBODY-X", toolkit, "first", 5),
            Attempt(mine.Code, toolkit, "third", 5),
            Attempt(mine.Code, Guid.NewGuid(), "first", 5),
            Attempt(mine.Code, toolkit, "first", 0, answers: new { q9 = new[] { "a" } }),
            Attempt(mine.Code, toolkit, "first", 0, answers: new { q1 = new[] { "z" } }),
            Attempt(mine.Code, toolkit, "first", 5, takenAt: training.Clock.GetUtcNow().AddHours(1)));

        Assert.Equal([null, null, "card_unknown", "card_unknown", "quiz_unknown", "quiz_unknown", "answer_unknown", "answer_unknown", "time_in_future"], results.Select(r => r.Error));
        Assert.Equal((80, true), (results[0].Percent, results[0].Passed));
        Assert.Equal((40, false), (results[1].Percent, results[1].Passed));
        Assert.Equal(["q3", "q4", "q5"], results[1].Wrong);
        Assert.Equal(2, await training.InDbAsync(db => db.QuizAttempts.CountAsync(a => a.ToolkitId == toolkit)));
    }

    [Fact]
    public async Task A_batch_that_is_sent_again_is_recorded_once_whatever_comes_at_the_same_time()
    {
        var toolkit = await training.ToolkitAsync(Classroom.Topic());
        var workers = await training.WorkersAsync(10);
        var batch = workers.Select(w => Attempt(w.Code, toolkit, "first", 5, takenAt: training.Clock.GetUtcNow().AddDays(-3))).ToArray();

        var answers = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => EnterAsync(_partner, batch)));

        Assert.All(answers.SelectMany(a => a), r => Assert.Equal((null, 100), (r.Error, r.Percent)));
        Assert.Equal(10, await training.InDbAsync(db => db.QuizAttempts.CountAsync(a => a.ToolkitId == toolkit)));
        var id = Guid.NewGuid();
        Assert.Null((await EnterAsync(_partner, Attempt(workers[0].Code, toolkit, "second", 1, id)))[0].Error);
        Assert.Equal("attempt_id_reused", (await EnterAsync(_partner, Attempt(workers[1].Code, toolkit, "second", 1, id)))[0].Error);
    }

    [Fact]
    public async Task Three_attempts_and_no_more_also_when_they_come_at_once_and_the_best_counts()
    {
        var topic = Classroom.Topic();
        var toolkit = await training.ToolkitAsync(topic);
        var course = await training.CourseAsync(topic, new(QuizPercent: 70));
        var worker = (await training.WorkersAsync(1))[0];

        var results = await Task.WhenAll(new[] { 1, 4, 2, 3, 5 }.Select(right => EnterAsync(_partner, Attempt(worker.Code, toolkit, "first", right))));

        Assert.Equal(2, results.Count(r => r[0].Error == "attempts_exhausted"));
        var best = results.Max(r => r[0].Percent)!.Value;
        Assert.Equal(best / 2, await QuizPercentAsync(worker.Code, course.Id)); // the second module's quiz was not tried: nothing right
    }

    [Fact]
    public async Task Passing_the_quiz_of_every_module_completes_the_course()
    {
        var topic = Classroom.Topic();
        var toolkit = await training.ToolkitAsync(topic);
        var course = await training.CourseAsync(topic, new(Minutes: 60, QuizPercent: 70));
        var worker = (await training.WorkersAsync(1))[0];
        await training.AttendAsync(topic, 60, [worker.WorkerId]);
        Assert.Equal(0, await QuizPercentAsync(worker.Code, course.Id));

        await EnterAsync(_partner, Attempt(worker.Code, toolkit, "first", 5), Attempt(worker.Code, toolkit, "second", 1));
        Assert.Equal(60, await QuizPercentAsync(worker.Code, course.Id));
        Assert.Empty(await training.CertificatesOfAsync(worker.WorkerId));
        await EnterAsync(_partner, Attempt(worker.Code, toolkit, "second", 2));

        Assert.Single(await training.CertificatesOfAsync(worker.WorkerId));
        await training.Broker.HeardAsync<CourseCompleted>(e => e.CourseId == course.Id && e.LearnerId == worker.WorkerId);
    }

    [Fact]
    public async Task A_screened_volunteer_takes_the_quiz_itself_and_is_certified()
    {
        var topic = Classroom.Topic();
        var toolkit = await training.ToolkitAsync(topic, Audience.Volunteers);
        await training.CourseAsync(topic, new(Minutes: 180, Sessions: 1, QuizPercent: 70, WithinMonths: 12), Audience.Volunteers, 24, ["computer-basics"]);
        var volunteer = await training.VolunteerAsync();
        var me = training.As(Roles.Volunteer, subject: volunteer.Account);
        await training.AttendAsync(topic, 120, [volunteer.VolunteerId], Audience.Volunteers);
        await training.AttendAsync(topic, 120, [volunteer.VolunteerId], Audience.Volunteers);

        object Own(string module, int right, Guid? id = null) => new { id = id ?? Guid.NewGuid(), toolkitId = toolkit, module, answers = QuizSteps.Right(right) };
        Assert.True((await me.PostAsync<AttemptResult>("/api/training/quiz-attempts/mine", Own("first", 5))).Passed);
        await me.PostAsync("/api/training/quiz-attempts/mine", Own("no-such", 5)).RefusesAsync(HttpStatusCode.Conflict, "quiz_unknown");
        await me.PostAsync("/api/training/quiz-attempts/mine", new { toolkitId = toolkit }).RefusesAsync(HttpStatusCode.BadRequest, "validation_failed");
        await me.PostAsync<AttemptResult>("/api/training/quiz-attempts/mine", Own("second", 4));

        var told = await training.Broker.HeardAsync<VolunteerCertified>(e => e.VolunteerId == volunteer.VolunteerId);
        Assert.Equal(["computer-basics"], told.Topics);
        Assert.NotNull(told.ValidUntil);
        Assert.Equal(2, (await me.GetAsync<List<AttemptView>>("/api/training/quiz-attempts/mine")).Count);
        await training.As(Roles.Volunteer).PostAsync("/api/training/quiz-attempts/mine", Own("first", 5)).RefusesAsync(HttpStatusCode.NotFound, "learner_unknown");
        await training.As(Roles.Employer, Guid.NewGuid()).PostAsync("/api/training/quiz-attempts/mine", Own("first", 5)).RefusesAsync(HttpStatusCode.Forbidden, "forbidden");
    }

    private async Task<int?> QuizPercentAsync(string code, Guid course) =>
        Assert.Single((await _partner.GetAsync<LearnerProgress>($"/api/training/progress/{code}")).Courses, c => c.CourseId == course).Done.QuizPercent;
}
