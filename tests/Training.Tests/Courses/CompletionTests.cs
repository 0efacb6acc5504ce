using BetterConnections.Contracts;
using BetterConnections.Testing;
using BetterConnections.Training.Courses;
using BetterConnections.Training.Toolkits;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Training.Tests.Courses;

public class CompletionTests(TrainingApp training)
{
    private Task<List<Completion>> CompletionsAsync(Guid learner) => training.InDbAsync(db => db.Completions.Where(c => c.LearnerId == learner).ToListAsync());

    [Fact]
    public async Task Who_meets_the_rule_completes_the_course_once_however_much_follows()
    {
        var topic = Classroom.Topic();
        var facility = (await training.FacilityAsync()).FacilityId;
        var course = await training.CourseAsync(topic, new(Minutes: 90, Sessions: 2));
        var workers = await training.WorkersAsync(2, facility);
        var (diligent, absent) = (workers[0].WorkerId, workers[1].WorkerId);

        await training.AttendAsync(topic, 60, [diligent, absent], facility: facility);
        Assert.Empty(await CompletionsAsync(diligent));
        await training.AttendAsync(topic, 40, [diligent], facility: facility);

        var completion = Assert.Single(await CompletionsAsync(diligent));
        Assert.Equal((course.Id, 1, 1, 100, facility), (completion.CourseId, completion.CourseVersion, completion.Round, completion.Minutes, completion.FacilityId));
        var certificate = Assert.Single(await training.CertificatesOfAsync(diligent));
        Assert.Equal((completion.CertificateId, workers[0].Code, null), (certificate.Id, certificate.Holder, certificate.ValidUntil));
        var told = await training.Broker.HeardAsync<CourseCompleted>(e => e.LearnerId == diligent);
        Assert.Equal((course.Id, facility, "workers", 100), (told.CourseId, told.FacilityId, told.Audience, told.Minutes));
        Assert.Equal([topic], told.Topics);

        await training.AttendAsync(topic, 90, [diligent], facility: facility);
        Assert.Single(await CompletionsAsync(diligent));
        Assert.Empty(await CompletionsAsync(absent));
        await training.AttendAsync(topic, 60, [absent], facility: facility);
        await training.Broker.HeardAsync<CourseCompleted>(e => e.LearnerId == absent);
        Assert.Single(training.Broker.Heard<CourseCompleted>(e => e.LearnerId == diligent));
    }

    [Fact]
    public async Task Attendance_that_comes_late_completes_too()
    {
        var topic = Classroom.Topic();
        await training.CourseAsync(topic, new(Minutes: 100));
        var worker = (await training.WorkersAsync(1))[0].WorkerId;
        await training.AttendAsync(topic, 60, [worker]);
        await training.AttendAsync(topic, 60, [worker], starts: training.Clock.GetUtcNow().AddDays(-40));
        Assert.Single(await CompletionsAsync(worker));
    }

    [Fact]
    public async Task Two_devices_that_send_the_two_halves_at_once_complete_it_exactly_once()
    {
        var topic = Classroom.Topic();
        await training.CourseAsync(topic, new(Minutes: 100, Sessions: 2));
        var workers = (await training.WorkersAsync(20)).Select(w => w.WorkerId).ToList();

        await Task.WhenAll(Enumerable.Range(0, 4).Select(n => Task.Run(() => training.AttendAsync(topic, 60, n % 2 == 0 ? workers : Enumerable.Reverse(workers)))));

        var completed = await training.InDbAsync(db => db.Completions.Where(c => workers.Contains(c.LearnerId)).Select(c => c.LearnerId).ToListAsync());
        Assert.Equal(workers.Order(), completed.Order());
    }

    [Fact]
    public async Task A_stricter_version_takes_nothing_away_and_counts_from_now_on()
    {
        var topic = Classroom.Topic();
        var course = await training.CourseAsync(topic, new(Minutes: 60));
        var workers = (await training.WorkersAsync(2)).Select(w => w.WorkerId).ToList();
        await training.AttendAsync(topic, 60, [workers[0]]);

        var partner = training.As(Roles.TrainingPartner);
        var etag = (await partner.GetAsync($"/api/training/courses/{course.Id}")).Headers.ETag!.ToString();
        var changed = await (await partner.PutAsync($"/api/training/courses/{course.Id}",
            new CourseFacts(course.Titles, course.Descriptions, [topic], new(Minutes: 120)), etag)).ReadAsync<CourseView>();
        Assert.Equal(2, changed.Version);
        await training.AttendAsync(topic, 60, workers);

        Assert.Equal(1, Assert.Single(await CompletionsAsync(workers[0])).CourseVersion);
        Assert.Empty(await CompletionsAsync(workers[1]));
        await training.AttendAsync(topic, 60, workers);
        Assert.Equal(2, Assert.Single(await CompletionsAsync(workers[1])).CourseVersion);
        Assert.Equal([2, 1], (await partner.GetAsync<List<CourseView>>($"/api/training/courses/{course.Id}/versions")).Select(v => v.Version));
    }

    [Fact]
    public async Task What_lies_outside_of_the_months_asked_for_does_not_count()
    {
        var topic = Classroom.Topic();
        await training.CourseAsync(topic, new(Minutes: 100, WithinMonths: 3));
        var worker = (await training.WorkersAsync(1))[0].WorkerId;
        await training.AttendAsync(topic, 60, [worker], starts: training.Clock.GetUtcNow().AddMonths(-5));
        await training.AttendAsync(topic, 60, [worker]);
        Assert.Empty(await CompletionsAsync(worker));
        await training.AttendAsync(topic, 40, [worker]);
        Assert.Equal(100, Assert.Single(await CompletionsAsync(worker)).Minutes);
    }

    [Fact]
    public async Task A_champion_completes_the_champions_course_with_sessions_for_workers_and_a_worker_does_not()
    {
        var topic = Classroom.Topic();
        var facility = (await training.FacilityAsync()).FacilityId;
        await training.CourseAsync(topic, new(Minutes: 60), Audience.Champions);
        var workers = (await training.WorkersAsync(2, facility)).Select(w => w.WorkerId).ToList();
        await training.DeliverAsync(new ChampionNamed(facility, workers[0], training.Clock.GetUtcNow()));

        await training.AttendAsync(topic, 30, workers);
        await training.AttendAsync(topic, 30, workers, Audience.Champions);

        Assert.Equal(60, Assert.Single(await CompletionsAsync(workers[0])).Minutes);
        Assert.Empty(await CompletionsAsync(workers[1]));
    }

    [Fact]
    public async Task Sessions_of_another_audience_or_topic_and_a_retired_course_count_for_nothing()
    {
        var (topic, retired) = (Classroom.Topic(), Classroom.Topic());
        await training.CourseAsync(topic, new(Minutes: 30));
        var gone = await training.CourseAsync(retired, new(Minutes: 30));
        Assert.True((await training.As(Roles.TrainingPartner).PostAsync($"/api/training/courses/{gone.Id}/retire", new { })).IsSuccessStatusCode);
        var worker = (await training.WorkersAsync(1))[0].WorkerId;

        await training.AttendAsync(topic, 60, [worker], Audience.Volunteers);
        await training.AttendAsync(Classroom.Topic(), 60, [worker]);
        await training.AttendAsync(retired, 60, [worker]);

        Assert.Empty(await CompletionsAsync(worker));
    }
}
