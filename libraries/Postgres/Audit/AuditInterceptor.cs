using System.Data.Common;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace BetterConnections.Postgres.Audit;

/// <summary>
/// Puts the request's entry into the transaction of what it changes, whether EF or the caller owns it, once. One serves all contexts, which
/// are pooled; what is going on in a request is in its <see cref="AuditTrail"/>.
/// </summary>
internal sealed class AuditInterceptor(IHttpContextAccessor requests) : SaveChangesInterceptor, IDbTransactionInterceptor
{
    public override ValueTask<InterceptionResult<int>> SavingChangesAsync(DbContextEventData data, InterceptionResult<int> result, CancellationToken cancel = default)
    {
        if (TrailOf(data)?.Saving(TransactionOf(data), data.Context!) is { } entry) data.Context!.Add(entry);
        return new(result);
    }

    public override ValueTask<int> SavedChangesAsync(SaveChangesCompletedEventData data, int result, CancellationToken cancel = default)
    {
        return new(Forget(data, TrailOf(data)?.Saved(TransactionOf(data))) ? result - 1 : result); // the caller counts its own rows
    }

    public override Task SaveChangesFailedAsync(DbContextErrorEventData data, CancellationToken cancel = default)
    {
        Forget(data, TrailOf(data)?.Failed());
        return Task.CompletedTask;
    }

    /// <summary>For what is changed in a transaction without a save: by one statement over many rows, or by COPY.</summary>
    public async ValueTask<InterceptionResult> TransactionCommittingAsync(DbTransaction transaction, TransactionEventData data, InterceptionResult result, CancellationToken cancel = default)
    {
        if (TrailOf(data)?.Committing(data.TransactionId) is { } entry)
            await data.Context!.Database.ExecuteSqlAsync($"""
                insert into audit_entries (at, subject, roles, action, target, outcome, trace_id)
                values ({entry.At}, {entry.Subject}, {entry.Roles}, {entry.Action}, {entry.Target}, {entry.Outcome.ToString()}, {entry.TraceId})
                """, cancel);
        return result;
    }

    public Task TransactionCommittedAsync(DbTransaction transaction, TransactionEndEventData data, CancellationToken cancel = default)
    {
        TrailOf(data)?.Committed(data.TransactionId);
        return Task.CompletedTask;
    }

    /// <summary>None for a context of another scope: a key ring that renews itself meanwhile is nothing that the request has done.</summary>
    private AuditTrail? TrailOf(DbContextEventData data) =>
        requests.HttpContext?.RequestServices is { } request && request.GetRequiredService<DbContext>() == data.Context ? request.GetRequiredService<AuditTrail>() : null;

    private static Guid? TransactionOf(DbContextEventData data) => data.Context!.Database.CurrentTransaction?.TransactionId;

    private static bool Forget(DbContextEventData data, AuditEntry? added)
    {
        if (added is null) return false;
        data.Context!.Entry(added).State = EntityState.Detached;
        return true;
    }
}
