using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using BetterConnections.Evaluation.Waves;
using BetterConnections.Postgres;
using BetterConnections.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Evaluation.Sampling;

/// <param name="Wave">Code of the wave whose respondents are asked again.</param>
/// <param name="Instruments">As in <see cref="NewSample"/>.</param>
public sealed record Panel([Required, StringLength(40)] string Wave, [MinLength(1), MaxLength(20)] IReadOnlyList<string>? Instruments = null);

/// <summary>
/// The sample of an earlier wave, at those of its facilities that are in this one, with the chances of the first draw: also of those who
/// have left, whose interviews are due if they come back. Repeated as facilities join, it adds theirs.
/// </summary>
public static class AskAgain
{
    /// <exception cref="RuleBroken">state_forbids, wave_facilities_not_settled, wave_asks_no_workers, panel_empty</exception>
    /// <exception cref="BadInput">instrument_not_asked</exception>
    public static Task<SampleView> Handle(string code, Panel request, EvaluationDb db, ClaimsPrincipal user, TimeProvider clock, CancellationToken cancel) =>
        db.InTransactionAsync(async () =>
        {
            var wave = await db.LockWaveToSampleAsync(code, cancel);
            var earlier = await db.LockWaveAsync(request.Wave, cancel); // nobody is drawn there meanwhile
            var instruments = await db.InstrumentsToAskAsync(wave, request.Instruments, cancel);
            var members = await db.SampleMembers.AsNoTracking()
                .Where(m => m.WaveId == earlier.Id && !m.Respondent.StartsWith(SampleMember.Erased) && db.WaveFacilities.Any(p => p.WaveId == wave.Id && p.FacilityId == m.FacilityId)
                    && !db.SampleMembers.Any(k => k.WaveId == wave.Id && k.Respondent == m.Respondent))
                .GroupBy(m => m.FacilityId).Select(g => new { Facility = g.Key, Members = g.Count() }).ToListAsync(cancel);
            if (members.Count == 0) throw new RuleBroken("panel_empty", $"Nobody of the samples of {earlier.Code} is at a facility of {wave.Code} and not yet asked there.");

            var (id, number, at) = (Guid.CreateVersion7(clock.GetUtcNow()), 1 + await db.Samples.CountAsync(s => s.WaveId == wave.Id, cancel), clock.GetUtcNow());
            var (facilities, respondents) = (members.Count, members.Sum(m => m.Members));
            await db.Database.ExecuteSqlAsync($"""
                insert into samples (id, wave_id, number, method, instruments, of_wave_id, frame_sha256, frame_facilities, frame_workers, facilities, respondents, notes, drawn_by, drawn_at)
                select {id}, {wave.Id}, {number}, 'Panel', {instruments}, {earlier.Id}, sha256(convert_to(string_agg(m.respondent, ',' order by m.respondent), 'UTF8')),
                    {facilities}, {respondents}, {facilities}, {respondents}, array[]::text[], {user.Subject()}, {at}
                from sample_members m
                where m.wave_id = {earlier.Id} and not starts_with(m.respondent, {SampleMember.Erased}) and exists (select from wave_facilities p where p.wave_id = {wave.Id} and p.facility_id = m.facility_id)
                    and not exists (select from sample_members k where k.wave_id = {wave.Id} and k.respondent = m.respondent)
                """, cancel);
            await db.Database.ExecuteSqlAsync($"""
                insert into sample_members (wave_id, respondent, sample_id, facility_id, stratum, probability)
                select {wave.Id}, m.respondent, {id}, m.facility_id, m.stratum, m.probability
                from sample_members m
                where m.wave_id = {earlier.Id} and not starts_with(m.respondent, {SampleMember.Erased}) and exists (select from wave_facilities p where p.wave_id = {wave.Id} and p.facility_id = m.facility_id)
                on conflict (wave_id, respondent) do nothing
                """, cancel);
            await db.AssignAsync(id, instruments, cancel);
            return await db.SampleViewAsync(id, cancel);
        }, cancel);
}
