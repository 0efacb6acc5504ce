using BetterConnections.Evaluation.Instruments;
using BetterConnections.Evaluation.Waves;
using BetterConnections.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Evaluation.Sampling;

/// <summary>What every way to a sample has in common, in the caller's transaction.</summary>
internal static class SampleSteps
{
    /// <summary>One draw at a time; a cohort's next wave, which knows its facilities before it opens, is drawn before it opens.</summary>
    /// <exception cref="RuleBroken">state_forbids, wave_facilities_not_settled</exception>
    public static async Task<Wave> LockWaveToSampleAsync(this EvaluationDb db, string code, CancellationToken cancel)
    {
        var wave = await db.LockWaveAsync(code, cancel);
        if (wave.State is not (WaveState.Planned or WaveState.Open)) wave.RequireState(WaveState.Open);
        if (wave.State == WaveState.Planned && !await db.WaveFacilities.AnyAsync(f => f.WaveId == wave.Id, cancel))
            throw new RuleBroken("wave_facilities_not_settled", $"{code} is planned, and its facilities are settled when it opens. Draw when it is open.").With("state", wave.State);
        return wave;
    }

    /// <summary>What those drawn are asked: what the draw names; else what the wave's kind is about; else all that the wave asks of workers.</summary>
    /// <exception cref="RuleBroken">wave_asks_no_workers</exception>
    /// <exception cref="BadInput">instrument_not_asked</exception>
    public static async Task<string[]> InstrumentsToAskAsync(this EvaluationDb db, Wave wave, IReadOnlyList<string>? named, CancellationToken cancel)
    {
        var asked = await db.InstrumentVersions.Where(v => wave.Instruments.Contains(v.InstrumentCode) && v.Respondent == RespondentGroup.Worker)
            .Select(v => v.InstrumentCode).Distinct().OrderBy(c => c).ToArrayAsync(cancel);
        if (asked.Length == 0) throw new RuleBroken("wave_asks_no_workers", $"{wave.Code} asks {string.Join(", ", wave.Instruments)}, of which none is for workers.");
        if (named is null) return CohortWaves.InstrumentOf(wave.Kind) is { } own && asked.Contains(own) ? [own] : asked;
        return named.Except(asked).ToList() is not { Count: > 0 } others ? [.. named.Distinct().Order()]
            : throw new BadInput("instrument_not_asked", $"{wave.Code} asks workers {string.Join(", ", asked)}, and not {string.Join(", ", others)}.").With("codes", others);
    }

    public static Task<int> AssignAsync(this EvaluationDb db, Guid sample, string[] instruments, CancellationToken cancel) => db.Database.ExecuteSqlAsync($"""
        insert into assignments (wave_id, instrument, respondent, facility_id, attempts)
        select wave_id, instrument, respondent, facility_id, 0 from sample_members cross join unnest({instruments}) instrument where sample_id = {sample}
        on conflict (wave_id, instrument, respondent) do nothing
        """, cancel);

    public static Task<SampleView> SampleViewAsync(this EvaluationDb db, Guid sample, CancellationToken cancel) =>
        db.Samples.AsNoTracking().Where(s => s.Id == sample).Select(SampleView.Of(db)).SingleAsync(cancel);
}
