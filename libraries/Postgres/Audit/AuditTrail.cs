using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace BetterConnections.Postgres.Audit;

/// <summary>On an endpoint that takes in what is itself kept unchanged with who sent it and a hash of it.</summary>
public sealed class OwnRecord;

/// <summary>
/// The audit entry of the request that is going on. It is committed in the transaction of what the request changes; where a request
/// changes something outside EF's sight, before the answer leaves. So nothing is done without an entry but by a crash between these two,
/// and a request that could end without an answer is recorded before it begins.
/// </summary>
public sealed class AuditTrail(NpgsqlDataSource database, TimeProvider clock, ILogger<AuditTrail> log)
{
    private const int LongestTarget = 500;

    private HttpContext? _http;
    private AuditEntry? _saving;
    private Guid? _writtenIn;
    private bool _done;

    /// <summary>Who it is, for a request that has no token yet because it asks for one.</summary>
    public string? Subject { get; set; }

    internal void Begin(HttpContext http, bool refusals)
    {
        _http = http;
        http.Response.OnStarting(() => EndAsync(http, refusals));
    }

    /// <summary>For what no transaction undoes and takes its time: the entry is there whatever becomes of the rest.</summary>
    public async Task RecordAsync()
    {
        _done = true;
        await Entry(_http!, AuditOutcome.Done).InsertAsync(database);
    }

    /// <summary>The entry to be saved with the context's changes; null where there is none to save.</summary>
    internal AuditEntry? Saving(Guid? transaction, DbContext db)
    {
        if (!IsDue(transaction)) return null;
        var makes = _http!.GetEndpoint()!.Metadata.GetOrderedMetadata<IProducesResponseTypeMetadata>().Any(m => m.StatusCode is StatusCodes.Status201Created or StatusCodes.Status202Accepted);
        return _saving = Entry(_http!, AuditOutcome.Done, AuditTarget.Of(db, makes));
    }

    /// <summary>Returns the entry that was saved, if one was.</summary>
    internal AuditEntry? Saved(Guid? transaction)
    {
        if (_saving is null) return null;
        if (transaction is null) _done = true;
        else _writtenIn = transaction;
        return Failed();
    }

    /// <summary>Returns the entry that was to be saved, if one was.</summary>
    internal AuditEntry? Failed()
    {
        var entry = _saving;
        _saving = null;
        return entry;
    }

    /// <summary>The entry for a transaction that commits without one.</summary>
    internal AuditEntry? Committing(Guid transaction)
    {
        if (_saving is not null || !IsDue(transaction)) return null;
        _writtenIn = transaction;
        return Entry(_http!, AuditOutcome.Done);
    }

    internal void Committed(Guid transaction) => _done |= _writtenIn == transaction;

    private bool IsDue(Guid? transaction) => _http is not null && !_done && (transaction is null || _writtenIn != transaction)
        && _http.GetEndpoint() is { } endpoint && endpoint.Metadata.GetMetadata<OwnRecord>() is null;

    private async Task EndAsync(HttpContext http, bool refusals)
    {
        var status = http.Response.StatusCode;
        if (status < 400 && IsDue(null) && !http.Response.Headers.ContainsKey("Idempotent-Replayed"))
        {
            _done = true;
            await Entry(http, AuditOutcome.Done).InsertAsync(database);
        }
        else if (refusals && status is >= 400 and < 500 && EndpointOf(http) is not null)
        {
            try
            {
                await Entry(http, AuditOutcome.Refused).InsertAsync(database);
            }
            catch (NpgsqlException e)
            {
                log.LogError(e, "A refusal could not be recorded in the audit trail");
            }
        }
    }

    private AuditEntry Entry(HttpContext http, AuditOutcome outcome, IEnumerable<string>? more = null)
    {
        // What is refused by an exception has lost its endpoint by now.
        var values = http.Features.Get<IExceptionHandlerFeature>()?.RouteValues ?? http.Request.RouteValues;
        var target = string.Join(", ", values.Where(v => v.Key != "token").Select(v => $"{v.Key}={v.Value}").Concat(more ?? []));
        return new()
        {
            At = clock.GetUtcNow(),
            Subject = http.User.FindFirst("sub")?.Value ?? Subject,
            Roles = [.. http.User.Identities.SelectMany(i => i.FindAll(i.RoleClaimType)).Select(c => c.Value)],
            Action = $"{http.Request.Method} {EndpointOf(http)?.RoutePattern.RawText}",
            Target = target.Length > LongestTarget ? target[..LongestTarget] : target,
            Outcome = outcome,
            TraceId = Activity.Current?.TraceId.ToString(),
        };
    }

    private static RouteEndpoint? EndpointOf(HttpContext http) => (http.Features.Get<IExceptionHandlerFeature>()?.Endpoint ?? http.GetEndpoint()) as RouteEndpoint;
}

public static class AuditMiddleware
{
    /// <summary>Every request that is no mere look leaves an entry. Stands before everything else, so that it sees how a request ends.</summary>
    /// <param name="refusals">Also what was refused.</param>
    public static IApplicationBuilder UseAuditTrail(this IApplicationBuilder app, bool refusals = false) => app.Use((http, next) =>
    {
        var method = http.Request.Method;
        if (!HttpMethods.IsGet(method) && !HttpMethods.IsHead(method) && !HttpMethods.IsOptions(method) && !HttpMethods.IsTrace(method))
            http.RequestServices.GetRequiredService<AuditTrail>().Begin(http, refusals);
        return next(http);
    });

    internal static async Task InsertAsync(this AuditEntry entry, NpgsqlDataSource database)
    {
        await using var insert = database.CreateCommand(
            "insert into audit_entries (at, subject, roles, action, target, outcome, trace_id) values ($1, $2, $3, $4, $5, $6, $7)");
        foreach (var value in new object?[] { entry.At, entry.Subject, entry.Roles, entry.Action, entry.Target, entry.Outcome.ToString(), entry.TraceId })
            insert.Parameters.Add(new() { Value = value ?? DBNull.Value });
        await insert.ExecuteNonQueryAsync();
    }
}
