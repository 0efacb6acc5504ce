using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace BetterConnections.Postgres.Audit;

/// <summary>Puts the request's entry into the transaction of what it changes, whether EF or the caller owns it, once.</summary>
internal sealed class AuditInterceptor(AuditTrail trail) : SaveChangesInterceptor, IDbTransactionInterceptor
{
    private AuditEntry? _added;

    public override ValueTask<InterceptionResult<int>> SavingChangesAsync(DbContextEventData data, InterceptionResult<int> result, CancellationToken cancel = default)
    {
        if (trail.Saving(TransactionOf(data)) is { } entry) data.Context!.Add(_added = entry);
        return new(result);
    }

    public override ValueTask<int> SavedChangesAsync(SaveChangesCompletedEventData data, int result, CancellationToken cancel = default)
    {
        trail.Saved(TransactionOf(data));
        return new(Forget(data) ? result - 1 : result); // the caller counts its own rows
    }

    public override Task SaveChangesFailedAsync(DbContextErrorEventData data, CancellationToken cancel = default)
    {
        trail.Failed();
        Forget(data);
        return Task.CompletedTask;
    }

    /// <summary>For what is changed in a transaction without a save: by one statement over many rows, or by COPY.</summary>
    public async ValueTask<InterceptionResult> TransactionCommittingAsync(DbTransaction transaction, TransactionEventData data, InterceptionResult result, CancellationToken cancel = default)
    {
        if (trail.Committing(data.TransactionId) is { } entry)
            await data.Context!.Database.ExecuteSqlAsync($"""
                insert into audit_entries (at, subject, roles, action, target, outcome, trace_id)
                values ({entry.At}, {entry.Subject}, {entry.Roles}, {entry.Action}, {entry.Target}, {entry.Outcome.ToString()}, {entry.TraceId})
                """, cancel);
        return result;
    }

    public Task TransactionCommittedAsync(DbTransaction transaction, TransactionEndEventData data, CancellationToken cancel = default)
    {
        trail.Committed(data.TransactionId);
        return Task.CompletedTask;
    }

    private static Guid? TransactionOf(DbContextEventData data) => data.Context!.Database.CurrentTransaction?.TransactionId;

    private bool Forget(DbContextEventData data)
    {
        if (_added is null) return false;
        data.Context!.Entry(_added).State = EntityState.Detached;
        _added = null;
        return true;
    }
}
