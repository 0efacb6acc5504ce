using System.Security.Claims;
using BetterConnections.Training.Toolkits;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Training.Attachments;

public static class ListAttachments
{
    /// <summary>All of a version, by name; a few dozen at most.</summary>
    public static async Task<IReadOnlyList<AttachmentView>> Handle(Guid id, int number, TrainingDb db, ClaimsPrincipal user, CancellationToken cancel)
    {
        var version = await db.ToolkitVersions.AsNoTracking().SeenBy(user).OneAsync(id, number, cancel);
        return await db.Attachments.AsNoTracking().Where(a => a.VersionId == version.Id).OrderBy(a => a.Name).Select(AttachmentView.Of).ToListAsync(cancel);
    }
}
