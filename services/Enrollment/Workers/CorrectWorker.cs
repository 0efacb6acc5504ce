using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using BetterConnections.Postgres;
using BetterConnections.ServiceDefaults;

namespace BetterConnections.Enrollment.Workers;

/// <summary>What is known of a worker, as a whole; consents are given and withdrawn by themselves.</summary>
public sealed record WorkerCorrection(
    [Required] IReadOnlyList<string> Languages,
    [StringLength(WorkerFacts.LongestName)] string? Name,
    [StringLength(2)] string? Nationality,
    int? BirthYear,
    Gender? Gender);

public static class CorrectWorker
{
    public static async Task<WorkerView> Handle(string code, WorkerCorrection request, EnrollmentDb db, ProgrammeSettings programme, ClaimsPrincipal user,
        TimeProvider clock, HttpContext http, CancellationToken cancel)
    {
        var worker = await db.Workers.OneAsync(code, cancel);
        http.Request.RequireMatch(worker.Version);
        var now = clock.GetUtcNow();
        var facts = new WorkerFacts(request.Languages, worker.TrainingConsentAt, worker.EvaluationConsentAt, worker.ContactConsentAt,
            request.Name?.Trim(), request.Nationality?.ToUpperInvariant(), request.BirthYear, request.Gender);
        db.Add(worker.Correct(facts.Checked(programme, now), new Act(user.Subject(), now)));
        await db.SaveChangesAsync(cancel);
        http.Response.SetETag(worker.Version);
        return WorkerView.From(worker, user);
    }
}
