using BetterConnections.Postgres;
using Microsoft.AspNetCore.Http.HttpResults;

namespace BetterConnections.Training.Toolkits;

public static class RemoveModule
{
    /// <summary>From a draft. Needs <c>If-Match</c>.</summary>
    public static Task<NoContent> Handle(Guid id, int number, string slug, TrainingDb db, HttpRequest request, CancellationToken cancel) => db.InTransactionAsync(async () =>
    {
        db.Modules.Remove(await db.DraftModuleAsync(id, number, slug, request, cancel));
        await db.SaveChangesAsync(cancel);
        return TypedResults.NoContent();
    }, cancel);
}
