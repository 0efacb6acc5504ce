using System.Security.Claims;
using BetterConnections.Postgres;
using BetterConnections.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Training.Toolkits;

public static class PublishVersion
{
    /// <summary>
    /// Retires the version published before. Refused with 409 <c>version_not_ready</c> and <c>findings</c> while a text of the default
    /// language, a text of a language declared complete, or an attachment that a lesson shows is missing.
    /// </summary>
    public static Task<VersionSummary> Handle(Guid id, int number, TrainingDb db, ClaimsPrincipal user, TimeProvider clock, CancellationToken cancel) =>
        db.InTransactionAsync(async () =>
        {
            var version = await db.LockDraftAsync(id, number, cancel);
            await db.ToolkitVersions.Where(v => v.Id == version.Id).Include(v => v.Texts).WithModules().LoadAsync(cancel);
            var attachments = await db.Attachments.Where(a => a.VersionId == version.Id).Select(a => a.Name).ToListAsync(cancel);
            if (PublishingLint.Check(version, attachments) is { Count: > 0 } findings)
                throw new RuleBroken("version_not_ready", $"Version {number} is not ready: {findings[0].Sentence}").With("findings", findings);

            var at = clock.GetUtcNow();
            // First, because the database allows one published version at a time.
            await db.ToolkitVersions.Where(v => v.ToolkitId == id && v.State == VersionState.Published)
                .ExecuteUpdateAsync(v => v.SetProperty(x => x.State, VersionState.Retired).SetProperty(x => x.RetiredAt, at), cancel);
            version.Publish(user.Subject(), at);
            await db.SaveChangesAsync(cancel);
            return VersionSummary.From(version);
        }, cancel);
}
