using BetterConnections.Evaluation.Account.Figures;
using BetterConnections.Postgres;
using BetterConnections.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Evaluation.Results;

/// <summary>A facility that an analysis rests on.</summary>
/// <param name="Code">Null while only events without it have arrived.</param>
/// <param name="Zone">When the wave was frozen.</param>
/// <param name="Waiting">It had not opened, and belongs to the arm that is compared with.</param>
/// <param name="Interviews">Frozen there, by the waves' codes.</param>
/// <param name="Links">See <see cref="Lineage"/>.</param>
public sealed record AnalysisFacility(Guid FacilityId, string? Code, string? Zone, bool Waiting, IReadOnlyDictionary<string, int> Interviews, IReadOnlyDictionary<string, string> Links);

public static class ListFacilities
{
    /// <summary>From results to the places they come from. What has been deleted since is not counted.</summary>
    /// <exception cref="NotThere">analysis_unknown</exception>
    public static async Task<Page<AnalysisFacility>> Handle(Guid id, [AsParameters] Paging page, EvaluationDb db, CancellationToken cancel)
    {
        var analysis = await db.Analyses.AsNoTracking().SingleOrDefaultAsync(a => a.Id == id, cancel) ?? throw new NotThere("analysis_unknown", "There is no such analysis.");
        var asked = db.SnapshotSubmissions.Where(s => s.WaveId == analysis.WaveId || s.WaveId == analysis.BeforeWaveId);
        var ids = await asked.Where(s => s.FacilityId != null).Select(s => s.FacilityId!.Value).Distinct().PageAsync(f => f, page, f => f, cancel: cancel);
        var counts = await asked.Where(s => ids.Items.Contains(s.FacilityId!.Value)).Join(db.Waves, s => s.WaveId, w => w.Id, (s, w) => new { Facility = s.FacilityId!.Value, Wave = w.Code, w.Opens, s.Zone, s.Waiting })
            .GroupBy(s => new { s.Facility, s.Wave, s.Opens }).Select(g => new { g.Key, Zone = g.Max(s => s.Zone), Waiting = g.Any(s => s.Waiting), Interviews = g.Count() }).ToListAsync(cancel);
        var codes = await db.Facilities.Where(f => ids.Items.Contains(f.Id)).ToDictionaryAsync(f => f.Id, f => f.Code, cancel);
        var waves = counts.OrderBy(c => c.Key.Opens).ToLookup(c => c.Key.Facility);
        return new([.. ids.Items.Select(f => new AnalysisFacility(f, codes.GetValueOrDefault(f), waves[f].Last().Zone, waves[f].Last().Waiting,
            waves[f].ToDictionary(w => w.Key.Wave, w => w.Interviews), Lineage.OfFacility(f)))], ids.Next);
    }
}
