using BetterConnections.Postgres;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Training.Toolkits;

public static class RetireVersion
{
    /// <summary>Takes the published version out of use without another in its place. It stays readable: what was learned from it is on record.</summary>
    public static Task<VersionSummary> Handle(Guid id, int number, TrainingDb db, TimeProvider clock, CancellationToken cancel) => db.InTransactionAsync(async () =>
    {
        var version = await db.LockVersionAsync(id, number, cancel);
        await db.Entry(version).Collection(v => v.Texts).LoadAsync(cancel);
        version.Retire(clock.GetUtcNow());
        await db.SaveChangesAsync(cancel);
        return VersionSummary.From(version);
    }, cancel);
}
