using System.Security.Claims;
using BetterConnections.Contracts;
using BetterConnections.Messaging;
using BetterConnections.Postgres;
using BetterConnections.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Evaluation.Results;

public static class PublishAnalysis
{
    /// <summary>Shows an analysis to everybody, and asks for refreshers the first time that a wave's results by this questionnaire are out; simulated ones send nobody anywhere.</summary>
    /// <exception cref="RuleBroken">analysis_already_published</exception>
    public static Task<AnalysisView> Handle(Guid id, EvaluationDb db, RefresherNeeds needs, ClaimsPrincipal user, TimeProvider clock, CancellationToken cancel) => db.InTransactionAsync(async () =>
    {
        var analysis = await db.Analyses.AsNoTracking().SingleOrDefaultAsync(a => a.Id == id, cancel) ?? throw new NotThere("analysis_unknown", "There is no such analysis.");
        // One publication of a wave after the other, so that one of them is the first.
        await db.Database.ExecuteSqlAsync($"select from waves where id = {analysis.WaveId} for update", cancel);
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
}
