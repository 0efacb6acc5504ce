using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Postgres;

public static class Transactions
{
    /// <summary>Runs <paramref name="work"/> in a transaction, joining the one that an idempotency key or a consumed message has opened.</summary>
    public static async Task<T> InTransactionAsync<T>(this DbContext db, Func<Task<T>> work, CancellationToken cancel)
    {
        if (db.Database.CurrentTransaction is not null) return await work();
        db.Database.AutoSavepointsEnabled = false; // two round trips around every save; here a save that fails ends all the work
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var result = await work();
        await transaction.CommitAsync(cancel);
        return result;
    }
}
