using BetterConnections.ServiceDefaults;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Postgres.Audit;

/// <param name="Sealed">False for the last second's.</param>
public sealed record AuditEntryView(long Id, DateTimeOffset At, string? Subject, IReadOnlyList<string> Roles, string Action, string Target,
    AuditOutcome Outcome, string? TraceId, bool Sealed);

/// <param name="Subject">An account or partner system.</param>
/// <param name="From">At or after this.</param>
/// <param name="To">Before this.</param>
public sealed record AuditFilter(string? Subject = null, DateTimeOffset? From = null, DateTimeOffset? To = null, string? After = null, int Limit = 50) : Paging(After, Limit);

public static class AuditApi
{
    public static void MapAudit(this IEndpointRouteBuilder app, string service, AuthorizationPolicy readers)
    {
        var audit = app.MapGroup($"/api/{service}/audit").WithTags("Audit").RequireAuthorization(readers);
        audit.MapGet("/", List);
        audit.MapGet("/verify", VerifyAudit.Handle);
    }

    /// <summary>The newest first.</summary>
    private static Task<Page<AuditEntryView>> List([AsParameters] AuditFilter filter, DbContext db, CancellationToken cancel)
    {
        if (filter.Limit is < 1 or > 200) throw new BadInput("limit_not_valid", "Give 'limit' from 1 to 200.");
        var entries = db.Set<AuditEntry>().AsQueryable();
        if (filter.Subject is { } subject) entries = entries.Where(e => e.Subject == subject);
        if (filter.From is { } from) entries = entries.Where(e => e.At >= from.ToUniversalTime());
        if (filter.To is { } to) entries = entries.Where(e => e.At < to.ToUniversalTime());
        return entries.PageAsync(e => e.Id, filter,
            e => new AuditEntryView(e.Id, e.At, e.Subject, e.Roles, e.Action, e.Target, e.Outcome, e.TraceId, e.Seal != null), descending: true, cancel);
    }
}
