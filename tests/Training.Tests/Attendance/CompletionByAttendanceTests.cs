using BetterConnections.Contracts;
using BetterConnections.Testing;
using BetterConnections.Training.Attendance;
using BetterConnections.Training.Sessions;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Training.Tests.Attendance;

public class CompletionByAttendanceTests(TrainingApp training)
{
    [Fact]
    public async Task A_mark_that_comes_late_completes_a_course_and_sending_it_again_does_not_do_so_twice()
    {
        var site = await Site.OpenAsync(training);
        var worker = (await site.WorkersAsync(1))[0];
        var course = await training.InDbAsync(db => db.Courses.SingleAsync(c => c.Code == Site.Basics)); // two sessions and 90 minutes
        var (first, second) = (await site.PlanAsync(-50, 1), await site.PlanAsync(-26, 1));
        await MarkAsync(first, new(Guid.NewGuid(), worker.Code));
        await site.Partner.PostAsync<SessionView>($"/api/training/sessions/{second.Id}/deliver");
        Assert.Empty(training.Broker.Heard<CourseCompleted>(e => e.LearnerId == worker.WorkerId && e.CourseId == course.Id));

        var late = new Mark(Guid.NewGuid(), worker.Code);
        await MarkAsync(second, late);
        await MarkAsync(second, late);
        await MarkAsync(second, new(Guid.NewGuid(), worker.Code, 55, Revision: 2));

        var completed = await training.Broker.HeardAsync<CourseCompleted>(e => e.LearnerId == worker.WorkerId && e.CourseId == course.Id);
        Assert.Equal((120, site.Id, "workers"), (completed.Minutes, completed.FacilityId, completed.Audience));
        await training.Broker.HeardAsync<SessionDelivered>(e => e.SessionId == second.Id && e.PersonMinutes == 55); // the last of what was told
        Assert.Single(training.Broker.Heard<CourseCompleted>(e => e.LearnerId == worker.WorkerId && e.CourseId == course.Id));

        Task MarkAsync(SessionView session, Mark mark) => site.Partner.PostAsync<MarkResult>($"/api/training/sessions/{session.Id}/attendance", mark);
    }

    [Fact]
    public async Task The_description_of_the_service_holds_these_requests()
    {
        var description = await training.Anonymous().GetStringAsync("/openapi/training.json");
        foreach (var path in new[] { "/api/training/sessions/series", "/api/training/sessions/{id}/attendance/batch", "/api/training/public/timetable", "/api/training/refreshers/{id}/accept" })
            Assert.Contains($"\"{path}\"", description);
    }
}
