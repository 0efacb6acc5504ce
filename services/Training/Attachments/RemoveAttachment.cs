using BetterConnections.Postgres;
using BetterConnections.ServiceDefaults;
using BetterConnections.Training.Toolkits;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Training.Attachments;

public static class RemoveAttachment
{
    /// <summary>From a draft. The bytes stay, since a published version may show them.</summary>
    public static Task<NoContent> Handle(Guid id, int number, string name, TrainingDb db, CancellationToken cancel) => db.InTransactionAsync(async () =>
    {
        var version = await db.LockDraftAsync(id, number, cancel);
        if (await db.Attachments.Where(a => a.VersionId == version.Id && a.Name == name).ExecuteDeleteAsync(cancel) == 0) throw ReadAttachment.Unknown(name);
        return TypedResults.NoContent();
    }, cancel);
}
