using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Evaluation.Waves;

/// <summary>
/// The waves of the facilities opened in one half-year: before training, after it, and six months later. Each facility is asked in a
/// window of its own; the wave spans all windows that there can be, so it is known from the half-year alone.
/// </summary>
public sealed class CohortWaves(EvaluationDb db, WaveSettings settings, TimeProvider clock)
{
    private const string PlannedBy = "cohort";

    /// <summary>Puts a facility into the waves that follow from what is known of it; repeating it changes nothing.</summary>
    public async Task PlanAsync(CohortFacility facility, CancellationToken cancel)
    {
        if (facility.OpenedAt is not { } opened) return; // completions that came before their facility's opening wait for it
        var day = settings.DayOf(opened);
        var half = HalfYear.Of(day);
        await JoinAsync(facility.FacilityId, half, WaveKind.Baseline, opened, settings.StartOf(day.AddDays(settings.BaselineDays + 1)), cancel);
        if (facility is not { FirstCompletedOn: { } first, LastCompletedOn: { } last }) return;
        await JoinAsync(facility.FacilityId, half, WaveKind.Endline, settings.StartOf(first), settings.StartOf(last.AddDays(settings.EndlineDays + 1)), cancel);
        await JoinAsync(facility.FacilityId, half, WaveKind.FollowUp, settings.StartOf(first.AddDays(settings.FollowUpDays - settings.FollowUpMarginDays)),
            settings.StartOf(last.AddDays(settings.FollowUpDays + settings.FollowUpMarginDays + 1)), cancel);
    }

    /// <summary>A window only grows, and never beyond the wave's end: what completes after it is in no wave.</summary>
    private async Task JoinAsync(Guid facility, HalfYear half, WaveKind kind, DateTimeOffset opens, DateTimeOffset closes, CancellationToken cancel)
    {
        var (now, definition) = (clock.GetUtcNow(), Define(half, kind, settings));
        if (settings.StartOf(definition.Closes) <= now) return; // told long after
        await PlanAsync(definition, kind, now, cancel);
        // Held, so that it does not close while a facility joins. Any number join at once: only who has to open it holds it alone.
        var isDue = await db.Waves.AnyAsync(w => w.Code == definition.Code && w.State == WaveState.Planned && w.Opens <= now, cancel);
        var wave = isDue ? await db.LockWaveAsync(definition.Code, cancel) : await db.ReadLockWaveAsync(definition.Code, cancel);
        if (wave.State is not (WaveState.Planned or WaveState.Open) || opens >= wave.Closes) return;
        if (closes > wave.Closes) closes = wave.Closes;
        var isNew = !await db.WaveFacilities.AnyAsync(f => f.WaveId == wave.Id && f.FacilityId == facility, cancel);
        await db.Database.ExecuteSqlAsync($"""
            insert into wave_facilities (wave_id, facility_id, opens, closes, waiting) values ({wave.Id}, {facility}, {opens}, {closes}, false)
            on conflict (wave_id, facility_id) do update set opens = least(wave_facilities.opens, excluded.opens), closes = greatest(wave_facilities.closes, excluded.closes)
            """, cancel);
        if (isDue && wave.State == WaveState.Planned && wave.Opens <= now) await db.OpenAsync(wave, now, cancel);
        else if (wave.State == WaveState.Open && isNew) await db.PublishOpenedAsync(wave, facility, now, cancel);
        await db.AdoptSubmissionsAsync(wave.Id, facility, cancel);
    }

    /// <summary>Once: the wave may be there already.</summary>
    private async Task PlanAsync(CohortWave cohort, WaveKind kind, DateTimeOffset now, CancellationToken cancel)
    {
        if (await db.Waves.AnyAsync(w => w.Code == cohort.Code, cancel)) return;
        var planned = Wave.Plan(cohort.Code, kind, simulated: false, PlannedBy, now);
        planned.Ask([cohort.Instrument], new([], [], false));
        planned.Schedule(settings.StartOf(cohort.Opens), settings.StartOf(cohort.Closes), settings.GraceDays);
        // Two facilities of a new cohort at once: the second finds the first one's.
        await db.Database.ExecuteSqlAsync($"""
            insert into waves (id, code, kind, instruments, opens, closes, grace_days, zones, facilities, includes_waiting, simulated, state, planned_by, planned_at)
            values ({planned.Id}, {planned.Code}, {kind.ToString()}, {planned.Instruments.ToArray()}, {planned.Opens}, {planned.Closes}, {planned.GraceDays},
                array[]::text[], array[]::text[], false, false, {planned.State.ToString()}, {planned.PlannedBy}, {planned.PlannedAt})
            on conflict (code) do nothing
            """, cancel);
    }

    /// <summary>What workers are asked before training, after it and later; null for a half-year's own wave, which is about no such step.</summary>
    internal static string? InstrumentOf(WaveKind kind) => kind switch
    {
        WaveKind.Baseline => "I1",
        WaveKind.Endline => "I2",
        WaveKind.FollowUp => "I3",
        _ => null,
    };

    internal static CohortWave Define(HalfYear half, WaveKind kind, WaveSettings settings)
    {
        var (lastCompletion, instrument) = (half.Last.AddDays(settings.CourseDays), InstrumentOf(kind)!);
        return kind switch
        {
            WaveKind.Baseline => new($"{half}-baseline", instrument, half.First, half.Last.AddDays(settings.BaselineDays + 1)),
            WaveKind.Endline => new($"{half}-endline", instrument, half.First, lastCompletion.AddDays(settings.EndlineDays + 1)),
            WaveKind.FollowUp => new($"{half}-follow-up", instrument, half.First.AddDays(settings.FollowUpDays - settings.FollowUpMarginDays),
                lastCompletion.AddDays(settings.FollowUpDays + settings.FollowUpMarginDays + 1)),
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "A half-year's own wave is no cohort's."),
        };
    }
}

/// <param name="Opens">Its first day.</param>
/// <param name="Closes">The first day after it.</param>
internal sealed record CohortWave(string Code, string Instrument, DateOnly Opens, DateOnly Closes);
