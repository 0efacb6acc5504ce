using System.Security.Claims;
using BetterConnections.Postgres;
using BetterConnections.ServiceDefaults;
using BetterConnections.Training.Attachments;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Training.Toolkits;

public static class StartVersion
{
    /// <summary>A draft that begins as the latest version is, with its attachments. One at a time (else 409 <c>draft_already_open</c>).</summary>
    public static async Task<Created<VersionSummary>> Handle(Guid id, TrainingDb db, ClaimsPrincipal user, TimeProvider clock, HttpResponse response, CancellationToken cancel)
    {
        var toolkit = await db.Toolkits.OneAsync(id, cancel);
        var former = await db.ToolkitVersions.AsNoTracking().Where(v => v.ToolkitId == id).OrderByDescending(v => v.Number)
            .Include(v => v.Texts).WithModules().FirstOrDefaultAsync(cancel);
        if (former?.State == VersionState.Draft) throw new RuleBroken("draft_already_open", $"Version {former.Number} is being written; publish it first.");

        var (by, at) = (user.Subject(), clock.GetUtcNow());
        var draft = ToolkitVersion.Start(toolkit, (former?.Number ?? 0) + 1, former, by, at);
        db.ToolkitVersions.Add(draft);
        if (former is not null)
            db.Attachments.AddRange((await db.Attachments.AsNoTracking().Where(a => a.VersionId == former.Id).ToListAsync(cancel))
                .Select(a => new Attachment { VersionId = draft.Id, Name = a.Name, Sha256 = a.Sha256, AddedAt = a.AddedAt, AddedBy = a.AddedBy }));
        await db.SaveChangesAsync(cancel);
        response.SetETag(draft.RowVersion);
        return TypedResults.Created($"/api/training/toolkits/{id}/versions/{draft.Number}", VersionSummary.From(draft));
    }
}
