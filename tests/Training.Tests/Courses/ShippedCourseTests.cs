using BetterConnections.Contracts;
using BetterConnections.Postgres;
using BetterConnections.Testing;
using BetterConnections.Training.Certificates;
using BetterConnections.Training.Courses;
using BetterConnections.Training.Courses.Runs;
using BetterConnections.Training.Quizzes;
using BetterConnections.Training.Sessions;
using BetterConnections.Training.Toolkits;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Training.Tests.Courses;

/// <summary>What ships can be passed as it is, by the public API alone.</summary>
public class ShippedCourseTests(FreshTrainingApp training) : IClassFixture<FreshTrainingApp>
{
    private static readonly string[] Topics =
        ["computer-basics", "government-services", "health-and-safety", "internet-and-email", "keeping-in-touch", "labour-rights", "money-transfer"];

    [Fact]
    public async Task A_screened_volunteer_passes_train_the_trainer_and_a_worker_completes_a_course_taught_at_its_facility()
    {
        var partner = training.As(Roles.TrainingPartner);
        var volunteer = await training.VolunteerAsync();
        var me = training.As(Roles.Volunteer, subject: volunteer.Account);
        var trainers = (await partner.GetAsync<Page<CourseView>>("/api/training/courses?audience=Volunteers")).Items.Single(c => c.Code == "train-the-trainer");
        var seminar = await partner.PostAsync<SessionView>("/api/training/sessions", new
        {
            topic = trainers.Topics[0],
            audience = "Volunteers",
            language = "en",
            venue = "Training centre",
            byTrainingPartner = true,
            starts = Site.In(24),
            ends = Site.In(28),
            seats = 20,
        });
        var run = await partner.PostAsync<RunView>($"/api/training/courses/{trainers.Id}/runs", new { sessions = new[] { seminar.Id } });
        await me.PostAsync<RunView>($"/api/training/course-runs/{run.Id}/enroll");
        var site = await Site.OpenAsync(training);
        var worker = (await site.WorkersAsync(1))[0];
        var lesson = await site.PlanAsync(starts: 24, topic: "keeping-in-touch");

        training.Clock.Advance(TimeSpan.FromHours(30));
        foreach (var (session, card) in new[] { (seminar, volunteer.VolunteerId.ToString()), (lesson, worker.Code) })
        {
            var report = await partner.PostAsync<Training.Attendance.MarkReport>($"/api/training/sessions/{session.Id}/attendance/batch",
                new { sentAt = training.Clock.GetUtcNow(), marks = new[] { new { id = Guid.NewGuid(), card, minutes = 240 } } });
            Assert.Equal(1, report.Done);
        }

        var completed = await training.Broker.HeardAsync<CourseCompleted>(e => e.LearnerId == worker.WorkerId);
        Assert.Equal((site.Id, "workers", 120), (completed.FacilityId, completed.Audience, completed.Minutes));
        Assert.Equal(["keeping-in-touch"], completed.Topics);

        var progress = Assert.Single((await me.GetAsync<LearnerProgress>("/api/training/progress/mine")).Courses);
        Assert.Equal([new Lack("quiz", 0, 70)], progress.Missing);
        var modules = await training.InDbAsync(db => db.ToolkitVersions.AsNoTracking().Include(v => v.Modules)
            .Where(v => v.State == VersionState.Published && v.Toolkit.Topic == trainers.Topics[0]).SelectMany(v => v.Modules, (v, m) => new { v.ToolkitId, m.Slug, m.Quiz }).ToListAsync());
        Assert.True(modules.Count >= 4);
        foreach (var module in modules.Where(m => m.Quiz is not null))
        {
            var answers = module.Quiz!.Questions.Index().ToDictionary(q => $"q{q.Index + 1}", q => q.Item.Right);
            Assert.Equal(100, (await me.PostAsync<AttemptResult>("/api/training/quiz-attempts/mine", new { id = Guid.NewGuid(), module.ToolkitId, module = module.Slug, answers })).Percent);
        }

        var certified = await training.Broker.HeardAsync<VolunteerCertified>(e => e.VolunteerId == volunteer.VolunteerId);
        Assert.Equal(Topics, certified.Topics.Order());
        var certificate = Assert.Single(await me.GetAsync<List<CertificateView>>("/api/training/certificates/mine"));
        Assert.Equal((certified.CertificateId, certificate.IssuedAt.AddMonths(24)), (certificate.Id, certificate.ValidUntil));
        var request = new HttpRequestMessage(HttpMethod.Get, $"/api/training/public/certificates/{certificate.Id}?language=ar") { Headers = { Accept = { new("text/html") } } };
        var page = await (await training.Anonymous().SendAsync(request)).Content.ReadAsStringAsync();
        Assert.Contains("تدريب المدربين", page);
        Assert.DoesNotContain("computer-basics", page); // topics are called by their Arabic titles
    }
}
