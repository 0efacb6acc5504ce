using BetterConnections.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Evaluation.Assignments;

/// <param name="Outcome"><c>Refused</c> or <c>NotReached</c>.</param>
public sealed record Attempted([property: System.Text.Json.Serialization.JsonRequired] AssignmentState Outcome);

/// <param name="Attempts">Visits that ended without an interview.</param>
public sealed record AttemptView(long Id, AssignmentState State, int Attempts, DateTimeOffset LastAttemptAt);

public static class RecordAttempt
{
    /// <exception cref="RuleBroken">assignment_done, respondent_refused</exception>
    public static async Task<AttemptView> Handle(long id, Attempted request, EvaluationDb db, TimeProvider clock, CancellationToken cancel)
    {
        var assignment = await db.Assignments.SingleOrDefaultAsync(a => a.Id == id, cancel) ?? throw new NotThere("assignment_unknown", $"There is no assignment {id}.");
        if (await db.AssignmentStates.AnyAsync(a => a.Id == id && a.SubmissionId != null, cancel))
            throw new RuleBroken("assignment_done", "Its submission has arrived.");
        assignment.Attempt(request.Outcome, clock.GetUtcNow());
        await db.SaveChangesAsync(cancel);
        return new(id, request.Outcome, assignment.Attempts, assignment.LastAttemptAt!.Value);
    }
}
