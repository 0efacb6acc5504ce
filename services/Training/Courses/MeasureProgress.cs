using BetterConnections.Training.Learners;
using BetterConnections.Training.Sessions;
using BetterConnections.Training.Toolkits;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Training.Courses;

/// <summary>What one learner did for one course, and whether it was completed before.</summary>
/// <param name="Round">Of the latest completion; 0 where there is none.</param>
public sealed record Progress(Learner Learner, CourseAt Course, int Round, DateTimeOffset? CompletedAt, Guid? CertificateId, Measures Measures, Guid? FacilityId);

/// <summary>
/// Measures what learners did for every active course that is for them: a handful of queries, however many learners. What was done
/// for a completed course counts again only towards a renewal: from some months before the certificate ends, or after it was revoked.
/// </summary>
public static class MeasureProgress
{
    private sealed record Done(Guid CourseId, Guid LearnerId, int Round, DateTimeOffset CompletedAt, Guid CertificateId, DateTimeOffset? RevokedAt, DateTimeOffset? ValidUntil);

    public static async Task<IReadOnlyList<Progress>> ProgressAsync(this TrainingDb db, IReadOnlyCollection<Guid> ids, TrainingSettings settings, CancellationToken cancel)
    {
        var courses = await db.Courses.AsNoTracking().Where(c => c.State == CourseState.Active)
            .Join(db.CourseVersions.AsNoTracking(), c => new { CourseId = c.Id, Number = c.CurrentVersion }, v => new { v.CourseId, v.Number }, (course, at) => new CourseAt { Course = course, At = at })
            .ToListAsync(cancel);
        var learners = await db.Learners.AsNoTracking().Where(l => ids.Contains(l.Id)).ToListAsync(cancel);
        var done = (await db.Completions.Where(c => ids.Contains(c.LearnerId))
            .Join(db.Certificates, c => c.CertificateId, t => t.Id, (c, t) => new Done(c.CourseId, c.LearnerId, c.Round, c.CompletedAt, t.Id, t.RevokedAt, t.ValidUntil)).ToListAsync(cancel))
            .GroupBy(d => (d.CourseId, d.LearnerId)).ToDictionary(g => g.Key, g => g.MaxBy(d => d.Round)!);
        var (sessions, quizzes, asked) = (await db.AttendedAsync(ids, cancel), await db.TriedAsync(ids, cancel), await db.AskedAsync(courses, cancel));

        return [.. from learner in learners
                   let all = new Evidence([.. sessions[learner.Id]], [.. quizzes[learner.Id]])
                   from course in courses
                   where IsFor(course.Course.Audience, learner)
                   let before = done.GetValueOrDefault((course.Course.Id, learner.Id))
                   let counts = all.For(course, Since(before, settings))
                   select new Progress(learner, course, before?.Round ?? 0, before?.CompletedAt, before?.CertificateId, counts.Measure(course, asked), counts.Facility)];
    }

    private static bool IsFor(Audience audience, Learner learner) => audience switch
    {
        Audience.Workers => learner.Kind == LearnerKind.Worker,
        Audience.Champions => learner.ChampionSince is not null,
        _ => learner.Kind == LearnerKind.Volunteer && learner.ErasedAt is null,
    };

    private static DateTimeOffset Since(Done? before, TrainingSettings settings) => before is null ? DateTimeOffset.MinValue
        : before.RevokedAt ?? before.ValidUntil?.AddMonths(-settings.RenewalMonths) ?? DateTimeOffset.MaxValue;

    private static async Task<ILookup<Guid, AttendedSession>> AttendedAsync(this TrainingDb db, IReadOnlyCollection<Guid> learners, CancellationToken cancel) =>
        (await db.AttendanceRecords.Where(a => learners.Contains(a.LearnerId))
            .Join(db.Sessions.Where(s => s.State != SessionState.Cancelled), a => a.SessionId, s => s.Id,
                (a, s) => new AttendedSession(a.LearnerId, s.Id, s.Topic, s.Audience, s.FacilityId, s.Starts, a.Minutes)).ToListAsync(cancel)).ToLookup(s => s.LearnerId);

    private static async Task<ILookup<Guid, TriedQuiz>> TriedAsync(this TrainingDb db, IReadOnlyCollection<Guid> learners, CancellationToken cancel) =>
        (await db.QuizAttempts.Where(q => learners.Contains(q.LearnerId))
            .Join(db.Toolkits, q => q.ToolkitId, k => k.Id, (q, k) => new TriedQuiz(q.LearnerId, k.Id, q.Module, k.Topic, q.TakenAt, q.Percent)).ToListAsync(cancel)).ToLookup(q => q.LearnerId);

    private static async Task<List<AskedQuiz>> AskedAsync(this TrainingDb db, List<CourseAt> courses, CancellationToken cancel)
    {
        string[] topics = [.. courses.Where(c => c.At.Rule.QuizPercent is not null).SelectMany(c => c.At.Topics).Distinct()];
        return topics.Length == 0 ? [] : await db.ToolkitVersions.Where(v => v.State == VersionState.Published && topics.Contains(v.Toolkit.Topic))
            .SelectMany(v => v.Modules.Where(m => m.Quiz != null), (v, m) => new AskedQuiz(v.ToolkitId, m.Slug, v.Toolkit.Topic, v.Toolkit.Audience)).ToListAsync(cancel);
    }
}
