using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using BetterConnections.Contracts;
using BetterConnections.Enrollment.Facilities;
using BetterConnections.Messaging;
using BetterConnections.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;

namespace BetterConnections.Enrollment.Workers;

/// <param name="Languages">ISO 639-1, best first.</param>
/// <param name="Consents">What the worker agreed to just now.</param>
/// <param name="Code">Of a card that the worker has already; left out, the programme gives one.</param>
/// <param name="Nationality">ISO 3166-1 alpha-2.</param>
public sealed record NewWorker(
    [Required] IReadOnlyList<string> Languages,
    IReadOnlyList<ConsentPurpose>? Consents = null,
    [StringLength(32)] string? Code = null,
    [StringLength(WorkerFacts.LongestName)] string? Name = null,
    [StringLength(2)] string? Nationality = null,
    int? BirthYear = null,
    Gender? Gender = null);

public static class JoinWorker
{
    public static async Task<Created<WorkerView>> Handle(Guid id, NewWorker request, EnrollmentDb db, ProgrammeSettings programme, ClaimsPrincipal user,
        TimeProvider clock, CancellationToken cancel)
    {
        var facility = await db.Facilities.SeenBy(user).OpenAsync(id, cancel);
        var act = new Act(user.Subject(), clock.GetUtcNow());
        var facts = Facts(request, act.At).Checked(programme, act.At);
        var code = request.Code is { } given ? WorkerCode.Given(given, programme) : await db.NextWorkerCodeAsync(programme, cancel);

        var worker = Worker.Join(code, facility.Id, facts, act);
        db.Workers.Add(worker);
        db.Publish(worker.Joined(act.At));
        await db.SaveChangesAsync(cancel);
        return TypedResults.Created($"/api/enrollment/workers/{worker.Code}", WorkerView.From(worker, user));
    }

    internal static WorkersJoined Joined(this Worker worker, DateTimeOffset at) =>
        new(worker.FacilityId, [new JoinedWorker(worker.Id, worker.Code, worker.Languages)], at);

    /// <summary>The first fault refuses a single worker; a file tells them all.</summary>
    internal static WorkerFacts Checked(this WorkerFacts facts, ProgrammeSettings programme, DateTimeOffset now) =>
        facts.Faults(programme, now.Year).FirstOrDefault() is { } fault ? throw new BadInput(fault.Code, WorkerFacts.Sentence(fault)).With("field", fault.Field) : facts;

    private static WorkerFacts Facts(NewWorker request, DateTimeOffset now)
    {
        return new(request.Languages, Consent(ConsentPurpose.Training), Consent(ConsentPurpose.Evaluation), Consent(ConsentPurpose.Contact),
            request.Name?.Trim(), request.Nationality?.ToUpperInvariant(), request.BirthYear, request.Gender);

        DateTimeOffset? Consent(ConsentPurpose purpose) => request.Consents?.Contains(purpose) == true ? now : null;
    }
}
