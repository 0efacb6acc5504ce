using System.Linq.Expressions;
using BetterConnections.Evaluation.Frame;
using BetterConnections.Evaluation.Sampling;

namespace BetterConnections.Evaluation.Waves;

/// <param name="FacilityCount">Facilities in it; of a planned half-year, whose facilities are settled when it opens, those that would be in it now.</param>
/// <param name="AnalysisPlan">SHA-256 of the latest plan saved, in hexadecimal; null while there is none.</param>
/// <param name="Snapshot">SHA-256 of what was frozen, in hexadecimal.</param>
public sealed record WaveView(Guid Id, string Code, WaveKind Kind, IReadOnlyList<string> Instruments, DateTimeOffset Opens, DateTimeOffset Closes, int GraceDays,
    IReadOnlyList<string> Zones, IReadOnlyList<string> Facilities, bool IncludesWaiting, bool Simulated, WaveState State, int FacilityCount, string? AnalysisPlan,
    string? Snapshot, string PlannedBy, DateTimeOffset PlannedAt, DateTimeOffset? OpenedAt, DateTimeOffset? ClosedAt, DateTimeOffset? FrozenAt,
    DateTimeOffset? WithdrawnAt, string? WithdrawnBy, string? WhyWithdrawn)
{
    /// <summary>Said before anybody is asked: with so few facilities no planned test could find anything. Null where enough are in it.</summary>
    public ClusterWarning? Warning => State is WaveState.Planned or WaveState.Open ? ClusterWarning.Of(FacilityCount) : null;

    public static Expression<Func<Wave, WaveView>> Of(EvaluationDb db) => w => new WaveView(w.Id, w.Code, w.Kind, w.Instruments, w.Opens, w.Closes, w.GraceDays,
        w.Zones, w.Facilities, w.IncludesWaiting, w.Simulated, w.State,
        w.State != WaveState.Planned || db.WaveFacilities.Any(f => f.WaveId == w.Id) ? db.WaveFacilities.Count(f => f.WaveId == w.Id)
            : db.Facilities.Count(f => f.Code != null && (f.State == FacilityState.Open || (w.IncludesWaiting && f.State == FacilityState.Applied))
                && (w.Zones.Count == 0 || w.Zones.Contains(f.Zone!)) && (w.Facilities.Count == 0 || w.Facilities.Contains(f.Code!))),
        Hex(db.AnalysisPlans.Where(p => p.WaveId == w.Id).OrderByDescending(p => p.Number).Select(p => p.Sha256).FirstOrDefault()),
        Hex(db.WaveSnapshots.Where(s => s.WaveId == w.Id).Select(s => s.Sha256).FirstOrDefault()),
        w.PlannedBy, w.PlannedAt, w.OpenedAt, w.ClosedAt, w.FrozenAt,
        w.WithdrawnAt, w.WithdrawnBy, w.WhyWithdrawn);

    private static string? Hex(byte[]? hash) => hash is null ? null : Convert.ToHexStringLower(hash);
}

/// <summary>A plan as it was saved.</summary>
/// <param name="Sha256">Of the text in UTF-8, in hexadecimal.</param>
public sealed record AnalysisPlanView(int Number, string Text, string Sha256, string SavedBy, DateTimeOffset SavedAt)
{
    public static AnalysisPlanView From(AnalysisPlan plan) => new(plan.Number, plan.Text, Convert.ToHexStringLower(plan.Sha256), plan.SavedBy, plan.SavedAt);
}
