using System.Security.Claims;
using BetterConnections.Contracts;
using BetterConnections.ServiceDefaults;
using BetterConnections.Training.Learners;
using BetterConnections.Training.Sessions;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Training.Courses;

/// <param name="Course">The course's code.</param>
/// <param name="CompletedAt">Null while it is not completed.</param>
/// <param name="CertificateId">The latest certificate.</param>
/// <param name="Done">What counts at present: for the course, or for the renewal of a certificate.</param>
/// <param name="Missing">What is still to be done; empty where the certificate stands and is not yet to be renewed.</param>
public sealed record CourseProgress(Guid CourseId, string Course, Dictionary<string, string> Titles, DateTimeOffset? CompletedAt, Guid? CertificateId, Measures Done,
    IReadOnlyList<Lack> Missing);

/// <param name="Code">Of the worker's card, or the volunteer's number.</param>
public sealed record LearnerProgress(Guid LearnerId, string? Code, IReadOnlyList<CourseProgress> Courses);

public static class ReadProgress
{
    public static async Task<LearnerProgress> Mine(TrainingDb db, TrainingSettings settings, ClaimsPrincipal user, TimeProvider clock, CancellationToken cancel) =>
        await OfAsync(await db.VolunteerAsync(user, cancel), db, settings, clock, cancel);

    /// <summary>Of a worker by card code, or of anyone by id. A trainer sees the workers of the facilities it teaches at.</summary>
    public static async Task<LearnerProgress> Of(string learner, TrainingDb db, TrainingSettings settings, ClaimsPrincipal user, TimeProvider clock, CancellationToken cancel)
    {
        var found = (await db.LearnersTaughtBy(user, clock.GetUtcNow()).ByCardAsync([learner], cancel)).GetValueOrDefault(FindLearners.Read(learner))
            ?? throw new NotThere("learner_unknown", "There is no such learner.");
        return await OfAsync(found, db, settings, clock, cancel);
    }

    /// <summary>All for the training partner and partner systems; for a trainer, the workers of the facilities of its assignments.</summary>
    internal static IQueryable<Learner> LearnersTaughtBy(this TrainingDb db, ClaimsPrincipal user, DateTimeOffset now)
    {
        if (user.IsInRole(Roles.TrainingPartner) || user.HasScope("training.read")) return db.Learners;
        var self = db.SelfOf(user);
        // Also after the assignment is over, since what happened offline is sent late.
        return db.Learners.Where(l => db.TrainerAssignments.Any(a => a.FacilityId == l.FacilityId && a.Starts <= now
            && self.Any(v => v.Id == a.VolunteerId)));
    }

    private static async Task<LearnerProgress> OfAsync(Learner learner, TrainingDb db, TrainingSettings settings, TimeProvider clock, CancellationToken cancel) =>
        new(learner.Id, learner.Code, [.. (await db.CourseProgressAsync([learner.Id], settings, clock, cancel))[learner.Id]]);

    /// <summary>Of each of these learners, by the course's code.</summary>
    internal static async Task<ILookup<Guid, CourseProgress>> CourseProgressAsync(this TrainingDb db, IReadOnlyCollection<Guid> learners, TrainingSettings settings,
        TimeProvider clock, CancellationToken cancel)
    {
        var progress = await db.ProgressAsync(learners, settings, cancel);
        Guid[] certificates = [.. progress.Select(p => p.CertificateId).OfType<Guid>()];
        var renewFrom = clock.GetUtcNow().AddMonths(settings.RenewalMonths);
        var standing = await db.Certificates.Where(c => certificates.Contains(c.Id) && c.RevokedAt == null && (c.ValidUntil == null || c.ValidUntil > renewFrom))
            .Select(c => c.Id).ToListAsync(cancel);
        return progress.OrderBy(p => p.Course.Course.Code, StringComparer.Ordinal).ToLookup(p => p.Learner.Id, p => new CourseProgress(p.Course.Course.Id, p.Course.Course.Code,
            p.Course.At.Titles, p.CompletedAt, p.CertificateId, p.Measures,
            p.CertificateId is { } certificate && standing.Contains(certificate) ? [] : p.Course.At.Rule.Missing(p.Measures)));
    }
}
