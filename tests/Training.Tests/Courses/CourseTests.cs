using System.Net;
using BetterConnections.Contracts;
using BetterConnections.Postgres;
using BetterConnections.Testing;
using BetterConnections.Training.Courses;
using BetterConnections.Training.Toolkits;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Training.Tests.Courses;

public class CourseTests(TrainingApp training)
{
    private readonly HttpClient _partner = training.As(Roles.TrainingPartner);

    private static object Request(string code, object? rule = null, string[]? topics = null, Dictionary<string, string>? titles = null) => new
    {
        code,
        audience = Audience.Workers,
        course = new { titles = titles ?? new() { ["en"] = "A course" }, descriptions = new { en = "About it." }, topics = topics ?? [Classroom.Topic()], rule = rule ?? new { minutes = 60 } },
    };

    [Fact]
    public async Task The_courses_that_ship_cover_every_topic_the_champions_and_the_trainers()
    {
        var courses = (await _partner.GetAsync<Page<CourseView>>("/api/training/courses?limit=200")).Items.Where(c => !c.Code.StartsWith("course-")).ToList();
        var topics = new[] { "computer-basics", "internet-and-email", "keeping-in-touch", "government-services", "health-and-safety", "labour-rights", "money-transfer" };

        Assert.All(topics, topic => Assert.Equal([topic], Assert.Single(courses, c => c.Code == topic && c.Audience == Audience.Workers).Topics));
        Assert.Equal(topics.Order(), Assert.Single(courses, c => c.Audience == Audience.Champions).Topics.Order());
        var trainers = Assert.Single(courses, c => c.Audience == Audience.Volunteers);
        Assert.Equal((24, 70), (trainers.ValidMonths, trainers.Rule.QuizPercent));
        Assert.Equal(topics.Order(), trainers.Certifies.Order());
        Assert.All(courses, c => Assert.True(c.Titles.ContainsKey("ar") && c.Descriptions.ContainsKey("ar"), $"{c.Code} has no Arabic."));
    }

    [Fact]
    public async Task A_course_is_created_once_by_its_code_and_read_with_an_etag()
    {
        var code = $"course-{Guid.NewGuid():n}";
        var created = await _partner.PostAsync<CourseView>("/api/training/courses", Request(code));
        await _partner.PostAsync("/api/training/courses", Request(code)).RefusesAsync(HttpStatusCode.Conflict, "course_code_taken");
        var answer = await _partner.GetAsync($"/api/training/courses/{created.Id}");
        Assert.NotNull(answer.Headers.ETag);
        Assert.Equal((code, 1, 60), ((await answer.ReadAsync<CourseView>()).Code, created.Version, created.Rule.Minutes));
        await _partner.GetAsync($"/api/training/courses/{Guid.NewGuid()}").RefusesAsync(HttpStatusCode.NotFound, "course_unknown");
    }

    [Fact]
    public async Task A_course_that_makes_no_sense_is_refused()
    {
        async Task Refuses(object body, string code) => await _partner.PostAsync("/api/training/courses", body).RefusesAsync(HttpStatusCode.BadRequest, code);
        await Refuses(Request("Not A Slug"), "validation_failed");
        await Refuses(Request("no-topics", topics: []), "validation_failed");
        await Refuses(Request("too-much", new { minutes = 60, quizPercent = 101 }), "validation_failed");
        await Refuses(Request("asks-for-nothing", new { minutes = 0 }), "rule_asks_for_nothing");
        await Refuses(Request("too-many-topics", new { topics = 2 }), "rule_not_attainable");
        await Refuses(Request("arabic-only", titles: new() { ["ar"] = "دورة" }), "text_missing");
    }

    [Fact]
    public async Task Only_the_training_partner_writes_and_only_with_the_state_it_read()
    {
        var course = await training.CourseAsync(Classroom.Topic(), new(Minutes: 60));
        var facts = new CourseFacts(course.Titles, course.Descriptions, course.Topics, new(Minutes: 61));
        var path = $"/api/training/courses/{course.Id}";
        await training.As(Roles.Volunteer).PostAsync("/api/training/courses", Request("mine")).RefusesAsync(HttpStatusCode.Forbidden, "forbidden");
        await training.Anonymous().GetAsync("/api/training/courses").RefusesAsync(HttpStatusCode.Unauthorized, "unauthorized");
        await _partner.PutAsync(path, facts, null).RefusesAsync(HttpStatusCode.PreconditionRequired, "if_match_required");
        var etag = (await _partner.GetAsync(path)).Headers.ETag!.ToString();
        await (await _partner.PutAsync(path, facts, etag)).ReadAsync<CourseView>();
        await _partner.PutAsync(path, facts, etag).RefusesAsync(HttpStatusCode.PreconditionFailed, "etag_stale");
        Assert.True((await _partner.PostAsync($"{path}/retire", new { })).IsSuccessStatusCode);
        await _partner.PostAsync($"{path}/retire", new { }).RefusesAsync(HttpStatusCode.Conflict, "course_retired");
        await _partner.PutAsync(path, facts, "*").RefusesAsync(HttpStatusCode.Conflict, "course_retired");
    }

    [Fact]
    public async Task A_version_once_in_force_is_not_changed_by_any_sql()
    {
        var course = await training.CourseAsync(Classroom.Topic(), new(Minutes: 60));
        var refused = await Assert.ThrowsAsync<Npgsql.PostgresException>(() => training.InDbAsync(db =>
            db.CourseVersions.Where(v => v.CourseId == course.Id).ExecuteUpdateAsync(s => s.SetProperty(v => v.ValidMonths, 1))));
        Assert.Equal("23001", refused.SqlState);
    }

    [Fact]
    public async Task Progress_says_what_is_missing_to_the_partner_and_to_the_trainer_of_the_facility_only()
    {
        var topic = Classroom.Topic();
        var facility = (await training.FacilityAsync()).FacilityId;
        var course = await training.CourseAsync(topic, new(Minutes: 90, Sessions: 2));
        var worker = (await training.WorkersAsync(1, facility))[0];
        await training.AttendAsync(topic, 60, [worker.WorkerId]);
        var (trainer, elsewhere) = (await TrainerAtAsync(facility), await TrainerAtAsync((await training.FacilityAsync()).FacilityId));

        foreach (var client in new[] { _partner, trainer, training.WithScope("training.read") })
        {
            var progress = Assert.Single((await client.GetAsync<LearnerProgress>($"/api/training/progress/{worker.Code}")).Courses, c => c.CourseId == course.Id);
            Assert.Equal(new(60, 1, 1, null), progress.Done);
            Assert.Equal([new Lack("minutes", 60, 90), new Lack("sessions", 1, 2)], progress.Missing);
        }
        await elsewhere.GetAsync($"/api/training/progress/{worker.Code}").RefusesAsync(HttpStatusCode.NotFound, "learner_unknown");
        await training.As(Roles.Employer, Guid.NewGuid()).GetAsync($"/api/training/progress/{worker.Code}").RefusesAsync(HttpStatusCode.Forbidden, "forbidden");

        await training.AttendAsync(topic, 60, [worker.WorkerId]);
        var done = Assert.Single((await _partner.GetAsync<LearnerProgress>($"/api/training/progress/{worker.WorkerId}")).Courses, c => c.CourseId == course.Id);
        Assert.NotNull(done.CompletedAt);
        Assert.Empty(done.Missing);
    }

    private async Task<HttpClient> TrainerAtAsync(Guid facility)
    {
        var account = $"trainer-{Guid.NewGuid():n}";
        var now = training.Clock.GetUtcNow();
        await training.DeliverAsync(new AssignmentAccepted(Guid.NewGuid(), Guid.NewGuid(), account, facility, AssignmentRoles.Trainer, ["en"], ["computer-basics"], now.AddDays(-1), now.AddDays(30), now.AddDays(-2)));
        return training.As(Roles.Volunteer, subject: account);
    }
}
