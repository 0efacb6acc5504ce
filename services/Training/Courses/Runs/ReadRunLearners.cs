using BetterConnections.Postgres;
using BetterConnections.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Training.Courses.Runs;

/// <param name="Code">Of the worker's card, or the volunteer's number.</param>
/// <param name="Progress">In the run's course; null where it is retired or no longer for the learner.</param>
public sealed record RunLearner(Guid LearnerId, string? Code, CourseProgress? Progress);

public static class ReadRunLearners
{
    /// <summary>Who is on a roster of the run or was at one of its sessions, and how far each has come in its course.</summary>
    public static async Task<Page<RunLearner>> Handle(Guid id, [AsParameters] Paging page, TrainingDb db, TrainingSettings settings, TimeProvider clock, CancellationToken cancel)
    {
        var course = await db.CourseRuns.Where(r => r.Id == id).Select(r => (Guid?)r.CourseId).SingleOrDefaultAsync(cancel) ?? throw ReadRuns.Unknown();
        var sessions = db.CourseRuns.Where(r => r.Id == id).SelectMany(r => r.Sessions).Select(s => s.SessionId);
        var ofRun = db.RosterEntries.Where(e => e.LeftAt == null && sessions.Contains(e.SessionId)).Select(e => e.LearnerId)
            .Union(db.AttendanceRecords.Where(a => sessions.Contains(a.SessionId)).Select(a => a.LearnerId));
        var learners = await db.Learners.AsNoTracking().Where(l => ofRun.Contains(l.Id)).PageAsync(l => l.Id, page, l => new { l.Id, l.Code }, cancel: cancel);
        var progress = await db.CourseProgressAsync([.. learners.Items.Select(l => l.Id)], settings, clock, cancel);
        return new([.. learners.Items.Select(l => new RunLearner(l.Id, l.Code, progress[l.Id].SingleOrDefault(p => p.CourseId == course)))], learners.Next);
    }
}
