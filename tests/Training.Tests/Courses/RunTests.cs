using System.Net;
using BetterConnections.Contracts;
using BetterConnections.Postgres;
using BetterConnections.Testing;
using BetterConnections.Training.Courses;
using BetterConnections.Training.Courses.Runs;
using BetterConnections.Training.Sessions;
using BetterConnections.Training.Toolkits;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Training.Tests.Courses;

public class RunTests(TrainingApp training)
{
    private readonly HttpClient _partner = training.As(Roles.TrainingPartner);

    private Task<SessionView> PlanAsync(int days, int seats = 20, Audience audience = Audience.Volunteers) => _partner.PostAsync<SessionView>("/api/training/sessions", new
    {
        topic = ProgrammeSettings.TeachingAdults,
        audience,
        language = "en",
        venue = "Training centre, room 2",
        byTrainingPartner = true,
        starts = Site.In(24 * days),
        ends = Site.In(24 * days + 3),
        seats,
    });

    private Task<CourseView> CourseAsync() => training.CourseAsync(ProgrammeSettings.TeachingAdults, new(Minutes: 100_000), Audience.Volunteers, 24);

    private Task<RunView> OpenAsync(Guid course, params Guid[] sessions) => _partner.PostAsync<RunView>($"/api/training/courses/{course}/runs", new { sessions });

    private Task<List<Guid>> RosterAsync(Guid session) =>
        training.InDbAsync(db => db.RosterEntries.Where(e => e.SessionId == session && e.LeftAt == null).OrderBy(e => e.Number).Select(e => e.LearnerId).ToListAsync());

    [Fact]
    public async Task A_screened_volunteer_enrolls_itself_in_every_session_of_a_run_and_leaves_it_again()
    {
        var (first, second) = (await PlanAsync(3), await PlanAsync(4));
        var run = await OpenAsync((await CourseAsync()).Id, first.Id, second.Id);
        Assert.Equal((first.Starts, second.Ends, 0), (run.Starts, run.Ends, run.Enrolled));
        var volunteer = await training.VolunteerAsync();
        var me = training.As(Roles.Volunteer, subject: volunteer.Account);
        Assert.Contains(await me.GetAsync<List<RunView>>($"/api/training/course-runs?courseId={run.CourseId}"), r => r.Id == run.Id);

        Assert.Equal(1, (await me.PostAsync<RunView>($"/api/training/course-runs/{run.Id}/enroll")).Enrolled);
        Assert.Equal(1, (await me.PostAsync<RunView>($"/api/training/course-runs/{run.Id}/enroll")).Enrolled);
        Assert.All(new[] { await RosterAsync(first.Id), await RosterAsync(second.Id) }, roster => Assert.Equal([volunteer.VolunteerId], roster));
        Assert.Equal(0, (await me.PostAsync<RunView>($"/api/training/course-runs/{run.Id}/leave")).Enrolled);
        Assert.Empty(await RosterAsync(second.Id));

        await training.As(Roles.Volunteer).PostAsync($"/api/training/course-runs/{run.Id}/enroll", new { }).RefusesAsync(HttpStatusCode.NotFound, "learner_unknown");
        await me.PostAsync($"/api/training/course-runs/{Guid.NewGuid()}/enroll", new { }).RefusesAsync(HttpStatusCode.NotFound, "run_unknown");
        await me.PostAsync($"/api/training/courses/{run.CourseId}/runs", new { sessions = new[] { first.Id } }).RefusesAsync(HttpStatusCode.Forbidden, "forbidden");
    }

    [Fact]
    public async Task The_partner_enrolls_many_and_is_told_who_is_not_screened()
    {
        var session = await PlanAsync(5);
        var run = await OpenAsync((await CourseAsync()).Id, session.Id);
        var volunteers = new[] { await training.VolunteerAsync(), await training.VolunteerAsync() };
        var worker = (await training.WorkersAsync(1))[0];
        var stranger = Guid.NewGuid().ToString();

        var enrolled = await _partner.PostAsync<RunEnrolled>($"/api/training/course-runs/{run.Id}/enrolments",
            new { learners = new[] { volunteers[1].VolunteerId.ToString(), stranger, worker.Code, volunteers[0].VolunteerId.ToString() } });

        Assert.Equal(2, enrolled.Enrolled);
        Assert.Equal([stranger, worker.Code], enrolled.Unknown);
        Assert.Equal([volunteers[1].VolunteerId, volunteers[0].VolunteerId], await RosterAsync(session.Id));
    }

    [Fact]
    public async Task Only_planned_sessions_of_the_courses_audience_and_topics_make_a_run_and_each_belongs_to_one()
    {
        var (course, session) = (await CourseAsync(), await PlanAsync(6));
        var cancelled = await PlanAsync(7);
        Assert.True((await _partner.PostAsync($"/api/training/sessions/{cancelled.Id}/cancel", new { why = "No room." })).IsSuccessStatusCode);
        var workers = await training.CourseAsync(Classroom.Topic(), new(Minutes: 100_000));
        async Task Refuses(Guid to, Guid one, string code) => await _partner.PostAsync($"/api/training/courses/{to}/runs", new { sessions = new[] { one } }).RefusesAsync(HttpStatusCode.Conflict, code);

        await Refuses(course.Id, Guid.NewGuid(), "session_not_of_course");
        await Refuses(course.Id, cancelled.Id, "session_not_of_course");
        await Refuses(workers.Id, session.Id, "session_not_of_course");
        await OpenAsync(course.Id, session.Id);
        await Refuses(course.Id, session.Id, "session_in_another_run");
        await _partner.PostAsync($"/api/training/courses/{course.Id}/runs", new { sessions = Array.Empty<Guid>() }).RefusesAsync(HttpStatusCode.BadRequest, "validation_failed");
    }

    [Fact]
    public async Task The_partner_reads_how_far_each_of_a_run_has_come_and_finds_it_when_it_is_over()
    {
        var course = await training.CourseAsync(ProgrammeSettings.TeachingAdults, new(Minutes: 200), Audience.Volunteers);
        var session = await _partner.PostAsync<SessionView>("/api/training/sessions", new
        {
            topic = ProgrammeSettings.TeachingAdults, audience = Audience.Volunteers, language = "en", venue = "Training centre, room 3", byTrainingPartner = true,
            starts = Site.In(-4), ends = Site.In(-1), seats = 20,
        });
        var run = await OpenAsync(course.Id, session.Id);
        var (came, guest) = (await training.VolunteerAsync(), await training.VolunteerAsync());
        Assert.True((await _partner.PostAsync($"/api/training/sessions/{session.Id}/roster", new { learners = new[] { came.Number } })).IsSuccessStatusCode);
        foreach (var volunteer in new[] { came, guest })
            Assert.True((await _partner.PostAsync($"/api/training/sessions/{session.Id}/attendance", new { id = Guid.NewGuid(), card = volunteer.Number, minutes = 150 })).IsSuccessStatusCode);

        var learners = (await _partner.GetAsync<Page<RunLearner>>($"/api/training/course-runs/{run.Id}/learners")).Items;
        Assert.Equal(new[] { came.Number, guest.Number }.Order(), learners.Select(l => l.Code).Order());
        Assert.All(learners, l => Assert.Equal((150, new Lack("minutes", 150, 200)), (l.Progress!.Done.Minutes, l.Progress.Missing.Single())));

        Assert.DoesNotContain(await _partner.GetAsync<List<RunView>>($"/api/training/course-runs?courseId={course.Id}"), r => r.Id == run.Id);
        Assert.Contains(await _partner.GetAsync<List<RunView>>($"/api/training/course-runs?courseId={course.Id}&over=true"), r => r.Id == run.Id);
        await _partner.GetAsync($"/api/training/course-runs/{Guid.NewGuid()}/learners").RefusesAsync(HttpStatusCode.NotFound, "run_unknown");
        await training.As(Roles.ProgrammeOffice).GetAsync($"/api/training/course-runs/{run.Id}/learners").RefusesAsync(HttpStatusCode.Forbidden, "forbidden");
    }
}
