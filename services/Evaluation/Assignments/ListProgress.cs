using BetterConnections.Evaluation.Waves;
using BetterConnections.Postgres;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Evaluation.Assignments;

/// <summary>Counts of people and no person: what a reminder may say.</summary>
/// <param name="Facility">Code.</param>
/// <param name="Waiting">Had not opened: asked to compare with.</param>
/// <param name="Refused">Of those assigned, as an evaluator recorded it.</param>
/// <param name="Withdrawn">Not to be asked any more: gone, or unwilling altogether.</param>
/// <param name="Due">Still to be asked, in time.</param>
/// <param name="Overdue">Still to be asked after the end of the window.</param>
/// <param name="Declined">Forms that ended without consent. They name nobody, so whom is to be recorded: until then they are due.</param>
/// <param name="Collectors">Labels of those who can ask there.</param>
public sealed record ProgressView(string Facility, string? Zone, DateTimeOffset Opens, DateTimeOffset Closes, bool Waiting, int Assigned, int Done, int Refused,
    int NotReached, int Withdrawn, int Due, int Overdue, int Declined, IReadOnlyList<string> Collectors);

/// <param name="Outstanding">Only where somebody is still to be asked: the reminders.</param>
/// <param name="Overdue">Only where the time for it is over.</param>
/// <param name="Collector">Id: only what this collector can do.</param>
public sealed record ProgressFilter(bool Outstanding = false, bool Overdue = false, Guid? Collector = null);

public static class ListProgress
{
    public static async Task<Page<ProgressView>> Handle(string code, [AsParameters] ProgressFilter filter, [AsParameters] Paging page, EvaluationDb db, TimeProvider clock,
        CancellationToken cancel)
    {
        var (wave, now) = (await db.Waves.AsNoTracking().CodedAsync(code, cancel), clock.GetUtcNow());
        var rows = db.FacilityProgress.Where(p => p.WaveId == wave.Id);
        if (filter.Outstanding || filter.Overdue) rows = rows.Where(p => p.Outstanding > 0);
        if (filter.Overdue) rows = rows.Where(p => p.Closes <= now);
        if (filter.Collector is { } collector) rows = rows.Where(p => db.Collectors.Any(c => c.Id == collector && c.Facilities.Contains(p.Facility)));
        var found = await rows.PageAsync(p => p.Facility, page, p => new ProgressView(p.Facility, p.Zone, p.Opens, p.Closes, p.Waiting, p.Assigned, p.Done, p.Refused, p.NotReached, p.Withdrawn,
            p.Closes > now ? p.Outstanding : 0, p.Closes > now ? 0 : p.Outstanding, p.Declined, Array.Empty<string>()), cancel: cancel);

        var codes = found.Items.Select(p => p.Facility).ToList();
        var collectors = await db.Collectors.Where(c => c.RevokedAt == null && c.ValidUntil > now && c.Facilities.Any(f => codes.Contains(f)))
            .OrderBy(c => c.Label).Select(c => new { c.Label, c.Facilities }).ToListAsync(cancel);
        return found with { Items = [.. found.Items.Select(p => p with { Collectors = [.. collectors.Where(c => c.Facilities.Contains(p.Facility)).Select(c => c.Label)] })] };
    }
}
