using BetterConnections.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Evaluation.Results;

/// <param name="Snapshot">SHA-256 of what the wave froze, in hexadecimal; the same data can be asked for at the wave.</param>
/// <param name="Sha256">Of the results' hashes; whoever computes again from the same snapshots gets the same.</param>
/// <param name="Recomputable">False once an interview that it was computed from has been deleted: its numbers stay, and nobody can compute them again.</param>
/// <param name="PublishedAt">Null while only evaluators and the programme see it.</param>
public sealed record AnalysisView(Guid Id, string Wave, string Instrument, string? BeforeWave, string? BeforeInstrument, int Number, string Snapshot, string? BeforeSnapshot,
    string Engine, bool Simulated, string Sha256, string ComputedBy, DateTimeOffset ComputedAt, bool Recomputable, DateTimeOffset? PublishedAt)
{
    /// <summary>Where the facilities are listed that it rests on.</summary>
    public string Facilities => $"/api/evaluation/analyses/{Id}/facilities";
}

internal static class AnalysisViews
{
    public static async Task<AnalysisView> AnalysisViewAsync(this EvaluationDb db, Guid id, CancellationToken cancel) =>
        await db.Analyses.Where(a => a.Id == id).Viewed(db).SingleOrDefaultAsync(cancel) ?? throw new NotThere("analysis_unknown", "There is no such analysis.");

    public static IQueryable<AnalysisView> Viewed(this IQueryable<Analysis> analyses, EvaluationDb db) =>
        from a in analyses
        join w in db.Waves on a.WaveId equals w.Id
        join b in db.Waves on a.BeforeWaveId equals (Guid?)b.Id into befores
        from b in befores.DefaultIfEmpty()
        join p in db.Publications on a.Id equals p.AnalysisId into publications
        from p in publications.DefaultIfEmpty()
        select new AnalysisView(a.Id, w.Code, a.Instrument, b == null ? null : b.Code, a.BeforeInstrument, a.Number, Convert.ToHexStringLower(a.Snapshot),
            a.BeforeSnapshot == null ? null : Convert.ToHexStringLower(a.BeforeSnapshot!), a.Engine, a.Simulated, Convert.ToHexStringLower(a.Sha256), a.ComputedBy, a.ComputedAt,
            (db.SnapshotErasures.Where(e => e.WaveId == a.WaveId).OrderBy(e => e.Submissions).Select(e => e.Sha256).FirstOrDefault() ?? a.Snapshot) == a.Snapshot
                && (a.BeforeWaveId == null || (db.SnapshotErasures.Where(e => e.WaveId == a.BeforeWaveId).OrderBy(e => e.Submissions).Select(e => e.Sha256).FirstOrDefault() ?? a.BeforeSnapshot) == a.BeforeSnapshot),
            p == null ? null : p.PublishedAt);

    /// <summary>What everybody may see, the latest first: of each question the analysis that was published last.</summary>
    public static async Task<List<AnalysisView>> PublishedAsync(this EvaluationDb db, CancellationToken cancel)
    {
        var published = await db.Analyses.Where(a => db.Publications.Any(p => p.AnalysisId == a.Id)).Viewed(db).ToListAsync(cancel);
        return [.. published.OrderByDescending(a => a.PublishedAt).ThenByDescending(a => a.Id).DistinctBy(a => (a.Wave, a.Instrument, a.BeforeWave, a.BeforeInstrument))];
    }
}
