using BetterConnections.Contracts;
using BetterConnections.Messaging;
using BetterConnections.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Evaluation.Waves;

/// <summary>What opening and closing do beside the state, in the caller's transaction.</summary>
internal static class WaveSteps
{
    /// <summary>Settles the facilities of a wave that has none yet, takes in what was already asked there, and tells those who look for collectors.</summary>
    public static async Task OpenAsync(this EvaluationDb db, Wave wave, DateTimeOffset at, CancellationToken cancel)
    {
        wave.Open(at);
        if (!await db.WaveFacilities.AnyAsync(f => f.WaveId == wave.Id, cancel)) await SettleFacilitiesAsync(db, wave, cancel);
        await PublishOpenedAsync(db, wave, null, at, cancel);
        await db.SaveChangesAsync(cancel);
        await AdoptSubmissionsAsync(db, wave.Id, null, cancel);
    }

    public static async Task CloseAsync(this EvaluationDb db, Wave wave, DateTimeOffset at, CancellationToken cancel)
    {
        wave.Close(at);
        await db.SaveChangesAsync(cancel);
        await db.Database.ExecuteSqlAsync(
            $"update wave_facilities set opens = least(opens, {wave.Closes}), closes = least(closes, {wave.Closes}) where wave_id = {wave.Id}", cancel);
    }

    /// <param name="facility">Null for all of the wave; one event for each window.</param>
    public static async Task PublishOpenedAsync(this EvaluationDb db, Wave wave, Guid? facility, DateTimeOffset at, CancellationToken cancel)
    {
        var windows = await db.WaveFacilities.AsNoTracking().Where(f => f.WaveId == wave.Id && (facility == null || f.FacilityId == facility)).ToListAsync(cancel);
        foreach (var window in windows.GroupBy(f => (f.Opens, f.Closes)).OrderBy(g => g.Key))
            db.Publish(new WaveOpened(wave.Id, wave.Code, [.. wave.Instruments], [.. window.Select(f => f.FacilityId).Order()], window.Key.Opens, window.Key.Closes, at));
    }

    /// <summary>Interviews that were sent before their wave was known here.</summary>
    /// <param name="facility">Null for all of the wave.</param>
    public static Task AdoptSubmissionsAsync(this EvaluationDb db, Guid wave, Guid? facility, CancellationToken cancel) => db.Database.ExecuteSqlAsync($"""
        update submissions s set wave_id = found.wave_id, late = s.received_at >= found.closes
        from (select o.id, w.* from wave_facilities p join submissions o on o.facility_id = p.facility_id and o.wave_id is null,
                lateral wave_for(o.facility_id, o.instrument, case when o.clock_off then o.received_at else coalesce(o.ended_at, o.received_at) end) w
            where p.wave_id = {wave} and ({facility}::uuid is null or p.facility_id = {facility}) and o.deleted_at is null) found
        where s.id = found.id
        """, cancel);

    private static async Task SettleFacilitiesAsync(EvaluationDb db, Wave wave, CancellationToken cancel)
    {
        var settled = await db.Database.ExecuteSqlAsync($"""
            insert into wave_facilities (wave_id, facility_id, opens, closes, waiting)
            select {wave.Id}, id, {wave.Opens}, {wave.Closes}, state = 'Applied' from facilities
            where code is not null and (state = 'Open' or ({wave.IncludesWaiting} and state = 'Applied'))
                and (cardinality({wave.Zones}) = 0 or zone = any ({wave.Zones})) and (cardinality({wave.Facilities}) = 0 or code = any ({wave.Facilities}))
            """, cancel);
        if (settled == 0) throw new RuleBroken("wave_without_facilities", $"No open facility is in the scope of {wave.Code}.");
    }
}
