using BetterConnections.Postgres;
using BetterConnections.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Evaluation.Collectors;

/// <param name="Form">Only those that may send this form.</param>
/// <param name="Facility">Only those that may send for this facility (code).</param>
/// <param name="Usable">Neither revoked nor past their time.</param>
public sealed record CollectorFilter(string? Form = null, string? Facility = null, bool Usable = false, string? After = null, int Limit = 50) : Paging(After, Limit);

public static class ListCollectors
{
    public static Task<Page<CollectorView>> Handle([AsParameters] CollectorFilter filter, EvaluationDb db, TimeProvider clock, CancellationToken cancel)
    {
        var collectors = db.Collectors.AsNoTracking();
        if (filter.Form is { } form) collectors = collectors.Where(c => c.Forms.Contains(form));
        if (filter.Facility is { } facility) collectors = collectors.Where(c => c.Facilities.Contains(facility));
        var now = clock.GetUtcNow();
        if (filter.Usable) collectors = collectors.Where(c => c.RevokedAt == null && c.ValidUntil > now);
        return collectors.PageAsync(c => c.Id, filter, CollectorView.Of, descending: true, cancel);
    }
}

public static class ReadCollector
{
    public static async Task<CollectorView> Handle(Guid id, EvaluationDb db, HttpResponse response, CancellationToken cancel)
    {
        var collector = await db.CollectorAsync(id, cancel);
        response.SetETag((uint)collector.Version);
        return CollectorView.From(collector);
    }

    internal static async Task<Collector> CollectorAsync(this EvaluationDb db, Guid id, CancellationToken cancel) =>
        await db.Collectors.Include(c => c.Volunteer).SingleOrDefaultAsync(c => c.Id == id, cancel) ?? throw Unknown();

    internal static NotThere Unknown() => new("collector_unknown", "There is no such collector.");
}
