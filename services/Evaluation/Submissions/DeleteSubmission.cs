using System.Security.Claims;
using BetterConnections.Evaluation.Waves;
using BetterConnections.Postgres;
using BetterConnections.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Evaluation.Submissions;

/// <summary>
/// Takes a submission out for good, with all its versions and files and out of frozen waves: a test interview, or a worker who takes back consent.
/// </summary>
public static class DeleteSubmission
{
    public static Task<NoContent> Handle(long id, EvaluationDb db, ClaimsPrincipal user, TimeProvider clock, CancellationToken cancel) => db.InTransactionAsync(async () =>
    {
        var original = await db.Submissions.Where(s => s.Id == id && s.DeletedAt == null).Select(s => (long?)(s.OriginalId ?? s.Id)).SingleOrDefaultAsync(cancel)
            ?? throw ReadSubmission.NotThere();
        // Whoever adds a version or a file holds this row. The list comes after it, by a statement of its own, or it would not have what they added.
        await db.Database.ExecuteSqlAsync($"select from submissions where id = {original} for update", cancel);
        var versions = await db.Submissions.FromSql($"select *, xmin from submissions where id = {original} or original_id = {original} order by id for update").ToListAsync(cancel);
        await db.DeleteVersionsAsync(versions, user.Subject(), clock.GetUtcNow(), cancel);
        return TypedResults.NoContent();
    }, cancel);

    /// <summary>In the caller's transaction, which holds them.</summary>
    internal static async Task DeleteVersionsAsync(this EvaluationDb db, IReadOnlyList<Submission> versions, string by, DateTimeOffset at, CancellationToken cancel)
    {
        foreach (var version in versions) version.Delete(by, at);
        await db.SaveChangesAsync(cancel);
        await db.SubmissionAttachments.Where(a => versions.Select(v => v.Id).Contains(a.SubmissionId)).ExecuteDeleteAsync(cancel);
        await db.EraseFromSnapshotsAsync([.. versions.Select(v => v.Id)], at, cancel);
    }
}
