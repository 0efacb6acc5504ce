using BetterConnections.Contracts;
using BetterConnections.Messaging;
using BetterConnections.Training.Certificates;
using BetterConnections.Training.Learners;
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

        var met = (await db.ProgressAsync(ids, settings, cancel)).Where(p => p.Course.At.Rule.IsMetBy(p.Measures)).ToList();
        if (met.Count == 0) return;
        var now = clock.GetUtcNow();
        var issued = await certificates.ForAsync(met.ConvertAll(p => new Completed(p.Course.At, p.Course.Course.Audience, p.Learner.Id, Holder(p.Learner))), now, cancel);
        foreach (var (progress, certificate) in met.Zip(issued)) Complete(progress, certificate, now);
        await db.SaveChangesAsync(cancel);
    }

    private void Complete(Progress progress, Certificate certificate, DateTimeOffset now)
    {
        var (course, version, learner) = (progress.Course.Course, progress.Course.At, progress.Learner);
        db.Add(new Completion
        {
            CourseId = course.Id,
            CourseVersion = version.Number,
            LearnerId = learner.Id,
            Round = progress.Round + 1,
            CertificateId = certificate.Id,
            FacilityId = progress.FacilityId,
            Minutes = progress.Measures.Minutes,
            CompletedAt = now,
        });
        db.Add(statements.Completed(progress, now));
        if (progress.Round == 0)
            db.Publish(new CourseCompleted(course.Id, learner.Id, progress.FacilityId, course.Audience.Word(), version.Certifies, progress.Measures.Minutes, now));
        if (course.Audience == Audience.Volunteers)
            db.Publish(new VolunteerCertified(learner.Id, certificate.Id, version.Certifies, certificate.ValidUntil, now));
    }

    /// <summary>What is on a worker's card, or a volunteer's number; the id where the volunteer became known before numbers were told.</summary>
    private static string Holder(Learner learner) => learner.Code ?? learner.Id.ToString();
}
