using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using BetterConnections.ServiceDefaults;

namespace BetterConnections.Evaluation.Submissions;

public sealed record Approval([StringLength(1000)] string? Reason = null);

public sealed record Rejection([Required, StringLength(1000, MinimumLength = 3)] string Reason);

/// <summary>Approved, or rejected with a reason; either may be changed later. Rejected ones count in no result and make no later one a duplicate.</summary>
public static class ReviewSubmission
{
    public static Task<SubmissionView> Approve(long id, Approval request, EvaluationDb db, ClaimsPrincipal user, TimeProvider clock, CancellationToken cancel) =>
        ReviewAsync(id, ReviewState.Approved, request.Reason, db, user, clock, cancel);

    public static Task<SubmissionView> Reject(long id, Rejection request, EvaluationDb db, ClaimsPrincipal user, TimeProvider clock, CancellationToken cancel) =>
        ReviewAsync(id, ReviewState.Rejected, request.Reason, db, user, clock, cancel);

    private static async Task<SubmissionView> ReviewAsync(long id, ReviewState state, string? reason, EvaluationDb db, ClaimsPrincipal user, TimeProvider clock, CancellationToken cancel)
    {
        var submission = await db.SubmissionAsync(id, cancel);
        submission.Review(state, reason, user.Subject(), clock.GetUtcNow());
        await db.SaveChangesAsync(cancel);
        return await ReadSubmission.Handle(id, db, cancel);
    }
}
