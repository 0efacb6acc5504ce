using BetterConnections.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Training.Courses.Runs;

/// <param name="Course">The course's code.</param>
/// <param name="Starts">Of its first session.</param>
/// <param name="Enrolled">People on the roster of any of its sessions.</param>
public sealed record RunView(Guid Id, Guid CourseId, string Course, DateTimeOffset Starts, DateTimeOffset Ends, int Enrolled, IReadOnlyList<RunSession> Sessions);

public sealed record RunSession(Guid Id, string Topic, string Language, Guid? FacilityId, string? Venue, DateTimeOffset Starts, DateTimeOffset Ends, int Seats, Sessions.SessionState State);

public static class ReadRuns
{
    /// <summary>The runs that are not over yet, of one course or all, the next first; at most 200.</summary>
    /// <param name="over">Those that are over instead: of the 200 that were opened last, the latest first.</param>
    public static async Task<IReadOnlyList<RunView>> List(Guid? courseId, TrainingDb db, TimeProvider clock, CancellationToken cancel, bool over = false)
    {
        var now = clock.GetUtcNow();
        var runs = await db.RunsAsync(db.CourseRuns.Where(r => (courseId == null || r.CourseId == courseId)
            && r.Sessions.All(s => db.Sessions.Any(x => x.Id == s.SessionId && x.Ends <= now)) == over).OrderByDescending(r => r.Id).Take(200), cancel);
        return [.. over ? runs.OrderByDescending(r => r.Ends) : runs.OrderBy(r => r.Starts)];
    }

    public static async Task<RunView> One(Guid id, TrainingDb db, CancellationToken cancel) =>
        (await db.RunsAsync(db.CourseRuns.Where(r => r.Id == id), cancel)).SingleOrDefault() ?? throw Unknown();

    internal static NotThere Unknown() => new("run_unknown", "There is no such run.");

    internal static async Task<List<RunView>> RunsAsync(this TrainingDb db, IQueryable<CourseRun> runs, CancellationToken cancel)
    {
        var found = await runs.AsNoTracking().Select(r => new
        {
            r.Id,
            r.CourseId,
            Course = db.Courses.Where(c => c.Id == r.CourseId).Select(c => c.Code).First(),
            Sessions = r.Sessions.Join(db.Sessions, s => s.SessionId, x => x.Id, (_, x) => x).OrderBy(x => x.Starts)
                .Select(x => new RunSession(x.Id, x.Topic, x.Language, x.FacilityId, x.Venue, x.Starts, x.Ends, x.Seats, x.State)).ToList(),
            Enrolled = db.RosterEntries.Where(e => e.LeftAt == null && r.Sessions.Any(s => s.SessionId == e.SessionId)).Select(e => e.LearnerId).Distinct().Count(),
        }).ToListAsync(cancel);
        return found.ConvertAll(r => new RunView(r.Id, r.CourseId, r.Course, r.Sessions[0].Starts, r.Sessions[^1].Ends, r.Enrolled, r.Sessions));
    }
}
