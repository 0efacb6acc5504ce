using BetterConnections.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Evaluation.Assignments;

/// <param name="Outcome"><c>Refused</c> or <c>NotReached</c>.</param>
public sealed record Attempted([property: System.Text.Json.Serialization.JsonRequired] AssignmentState Outcome);

/// <param name="Attempts">Visits that ended without an interview.</param>
public sealed record AttemptView(long Id, AssignmentState State, int Attempts, DateTimeOffset LastAttemptAt);

public static class RecordAttempt
{
    /// <exception cref="RuleBroken">assignment_done, assignment_withdrawn, respondent_refused</exception>
    public static async Task<AttemptView> Handle(long id, Attempted request, EvaluationDb db, TimeProvider clock, CancellationToken cancel)
    {
        var assignment = await db.Assignments.SingleOrDefaultAsync(a => a.Id == id, cancel) ?? throw new NotThere("assignment_unknown", $"There is no assignment {id}.");
        var status = await db.AssignmentStates.SingleAsync(a => a.Id == id, cancel);
        if (status.SubmissionId is not null) throw new RuleBroken("assignment_done", "Its submission has arrived.");
        if (status.State == AssignmentState.Withdrawn) throw new RuleBroken("assignment_withdrawn", "The worker has gone or wants no interview; nobody is to ask.");
        assignment.Attempt(request.Outcome, clock.GetUtcNow());
        await db.SaveChangesAsync(cancel);
        return new(id, request.Outcome, assignment.Attempts, assignment.LastAttemptAt!.Value);
    }
}
