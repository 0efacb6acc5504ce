using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using BetterConnections.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Training.Courses.Runs;

/// <param name="Sessions">Planned sessions for the course's audience, on its topics.</param>
public sealed record OpenRunRequest([Required, Length(1, 50)] IReadOnlyList<Guid> Sessions);

public static class OpenRun
{
    /// <exception cref="RuleBroken">course_retired; session_not_of_course, with which; session_in_another_run</exception>
    public static async Task<Created<RunView>> Handle(Guid id, OpenRunRequest request, TrainingDb db, ClaimsPrincipal user, TimeProvider clock, CancellationToken cancel)
    {
        var course = await db.Courses.AsNoTracking().NamedAsync(id, cancel);
        if (course.State == CourseState.Retired) throw new RuleBroken("course_retired", "Nobody completes a retired course any more.");
        var topics = await db.CourseVersions.Where(v => v.CourseId == id && v.Number == course.CurrentVersion).Select(v => v.Topics).SingleAsync(cancel);
        Guid[] sessions = [.. request.Sessions.Distinct()];
        var fitting = await db.Sessions.Where(s => sessions.Contains(s.Id)).ToListAsync(cancel);
        Guid[] strangers = [.. sessions.Except(fitting.Where(s => s.IsToCome && s.Audience == course.Audience && topics.Contains(s.Topic)).Select(s => s.Id))];
        if (strangers.Length > 0)
            throw new RuleBroken("session_not_of_course", "A session is not to come, or not for the course's audience on one of its topics.").With("sessions", strangers);

        var now = clock.GetUtcNow();
        var run = new CourseRun { Id = Guid.CreateVersion7(now), CourseId = id, OpenedAt = now, OpenedBy = user.Subject() };
        run.Sessions.AddRange(sessions.Select(s => new CourseRunSession { RunId = run.Id, SessionId = s }));
        db.Add(run);
        await db.SaveChangesAsync(cancel);
        return TypedResults.Created($"/api/training/course-runs/{run.Id}", (await db.RunsAsync(db.CourseRuns.Where(r => r.Id == run.Id), cancel))[0]);
    }
}
