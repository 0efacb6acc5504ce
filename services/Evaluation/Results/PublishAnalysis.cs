using System.Security.Claims;
using BetterConnections.Contracts;
using BetterConnections.Messaging;
using BetterConnections.Postgres;
using BetterConnections.ServiceDefaults;
using BetterConnections.Statistics;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Evaluation.Results;

public static class PublishAnalysis
{
    /// <summary>Shows an analysis to everybody, and asks for refreshers the first time that a wave's results by this questionnaire are out; simulated ones send nobody anywhere.</summary>
    /// <exception cref="RuleBroken">analysis_already_published, answers_deleted_since, few_answers_apart</exception>
    public static Task<AnalysisView> Handle(Guid id, EvaluationDb db, RefresherNeeds needs, ClaimsPrincipal user, TimeProvider clock, CancellationToken cancel) => db.InTransactionAsync(async () =>
    {
        var analysis = await db.Analyses.AsNoTracking().SingleOrDefaultAsync(a => a.Id == id, cancel) ?? throw new NotThere("analysis_unknown", "There is no such analysis.");
        // One publication of a wave after the other, so that one of them is the first.
        await db.Database.ExecuteSqlAsync($"select from waves where id = {analysis.WaveId} for update", cancel);
        if (!(await db.AnalysisViewAsync(id, cancel)).Recomputable)
            throw new RuleBroken("answers_deleted_since", "An interview that this was computed from has been deleted. Compute it anew.");
        if (await IsFewApartAsync(db, id, cancel))
            throw new RuleBroken("few_answers_apart", "Results of these waves were published before fewer than ten interviews were deleted; their answers would be the difference.");
        var at = clock.GetUtcNow();
        var isFirst = !await db.Publications.AnyAsync(p => p.WaveId == analysis.WaveId && db.Analyses.Any(a => a.Id == p.AnalysisId && a.Instrument == analysis.Instrument), cancel);
        db.Add(new Publication { AnalysisId = id, WaveId = analysis.WaveId, PublishedBy = user.Subject(), PublishedAt = at });
        var results = await db.Results.Where(r => r.AnalysisId == id).OrderBy(r => r.Number).Select(r => new { r.Id, r.Indicator, r.DefinitionVersion }).ToListAsync(cancel);
        foreach (var result in results) db.Publish(new ResultPublished(result.Id, analysis.WaveId, result.Indicator, result.DefinitionVersion, at));
        if (isFirst && !analysis.Simulated)
        {
            foreach (var need in await needs.OfAsync(analysis, cancel)) db.Publish(new RefresherNeeded(analysis.WaveId, need.Facility, need.Topic, need.Workers, at));
        }
        await db.SaveChangesAsync(cancel);
        return await db.AnalysisViewAsync(id, cancel);
    }, cancel);

    /// <summary>Whether something published was computed from the same wave with a few more interviews, or a few less.</summary>
    private static Task<bool> IsFewApartAsync(EvaluationDb db, Guid id, CancellationToken cancel) => db.Database.SqlQuery<bool>($"""
        with states as (select wave_id, sha256, submissions from wave_snapshots union all select wave_id, sha256, submissions from snapshot_erasures),
        used as (
            select a.id, s.* from analyses a join states s on (s.wave_id, s.sha256) in ((a.wave_id, a.snapshot), (a.before_wave_id, a.before_snapshot)))
        select exists (
            select from used mine join used other on other.wave_id = mine.wave_id join publications p on p.analysis_id = other.id
            where mine.id = {id} and abs(mine.submissions - other.submissions) between 1 and {Honesty.LeastCell - 1}) as "Value"
        """).SingleAsync(cancel);
}
