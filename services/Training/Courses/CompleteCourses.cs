using BetterConnections.Contracts;
using BetterConnections.Messaging;
using BetterConnections.Training.Certificates;
using BetterConnections.Training.Toolkits;
using BetterConnections.Training.Xapi;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Training.Courses;

/// <summary>Whoever meets a rule has completed the course: at once, whenever the last of it came to be known, and once.</summary>
public sealed class CompleteCourses(TrainingDb db, TrainingSettings settings, IssueCertificates certificates, OwnStatements statements, TimeProvider clock)
{
    /// <summary>
    /// To be called in the transaction that recorded attendance or quizzes, after they were saved; it saves what follows.
    /// Learners are taken in turn, so that of two devices that send at once the second sees what the first brought.
    /// </summary>
    public async Task ForAsync(IReadOnlyCollection<Guid> learners, CancellationToken cancel)
    {
        if (learners.Count == 0) return;
        if (db.Database.CurrentTransaction is null) throw new InvalidOperationException("Courses are completed in the transaction that records what completes them.");
        Guid[] ids = [.. learners];
        await db.Database.ExecuteSqlAsync($"select 1 from learners where id = any ({ids}) order by id for no key update", cancel);
        await statements.AttendedAsync(ids, cancel);

        var rows = await db.ProgressAsync(ids, settings, cancel);
        if (rows.Count == 0) return;
        var courses = await db.Courses.AsNoTracking().Where(c => c.State == CourseState.Active)
            .Join(db.CourseVersions, c => new { CourseId = c.Id, Number = c.CurrentVersion }, v => new { v.CourseId, v.Number }, (course, at) => new CourseAt { Course = course, At = at })
            .ToDictionaryAsync(c => c.Course.Id, cancel);
        var met = rows.Where(r => courses.TryGetValue(r.CourseId, out var c) && c.At.Rule.IsMetBy(r.Measures)).ToList();
        if (met.Count == 0) return;

        var now = clock.GetUtcNow();
        var completed = met.ConvertAll(r => new Completed(courses[r.CourseId].At, courses[r.CourseId].Course.Audience, r.LearnerId, Holder(r)));
        foreach (var (row, certificate) in met.Zip(await certificates.ForAsync(completed, now, cancel))) Complete(row, courses[row.CourseId], certificate, now);
        await db.SaveChangesAsync(cancel);
    }

    private void Complete(ProgressRow row, CourseAt course, Certificate certificate, DateTimeOffset now)
    {
        db.Add(new Completion
        {
            CourseId = row.CourseId,
            CourseVersion = row.CourseVersion,
            LearnerId = row.LearnerId,
            Round = row.Round + 1,
            CertificateId = certificate.Id,
            FacilityId = row.FacilityId,
            Minutes = row.Minutes,
            CompletedAt = now,
        });
        db.Add(statements.Completed(certificate, course, row, now));
        if (row.Round == 0)
            db.Publish(new CourseCompleted(row.CourseId, row.LearnerId, row.FacilityId, course.Course.Audience.Word(), course.At.Certifies, row.Minutes, now));
        if (course.Course.Audience == Audience.Volunteers)
            db.Publish(new VolunteerCertified(row.LearnerId, certificate.Id, course.At.Certifies, certificate.ValidUntil, now));
    }

    /// <summary>What is on a worker's card; for a volunteer the end of its id, which is all that this service knows.</summary>
    private static string Holder(ProgressRow row) => row.Code ?? $"V-{row.LearnerId.ToString("n")[^10..].ToUpperInvariant()}";
}
