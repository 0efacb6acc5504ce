using System.Security.Claims;
using BetterConnections.Postgres;
using BetterConnections.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Evaluation.Waves;

/// <param name="ApprovedOnly">Leaves out what nobody has reviewed; what was rejected is never in.</param>
public sealed record Freezing(bool ApprovedOnly = false);

/// <param name="Sha256">Of what was frozen, in hexadecimal.</param>
/// <param name="Submissions">How many were frozen.</param>
/// <param name="Erased">How many of them were deleted since. Results computed before stay; they cannot be computed again.</param>
/// <param name="Left">SHA-256 of what is left, and of what is computed now; the same as <paramref name="Sha256"/> where nothing was erased.</param>
/// <param name="Instruments">Submissions left by instrument.</param>
/// <param name="Format">See <see cref="WaveSnapshot.Format"/>, where the next five are too.</param>
/// <param name="Afterwards">Interviews that came after the freeze, edits apart: they belong to the wave and are in no result.</param>
public sealed record SnapshotView(string Wave, string Sha256, int Submissions, int Erased, string Left, IReadOnlyDictionary<string, int> Instruments, bool ApprovedOnly,
    int Format, int UnknownCards, int NotDrawn, int? Duplicates, int? Declined, int? Incomplete, int Afterwards, string? AnalysisPlan, string FrozenBy, DateTimeOffset FrozenAt);

public static class FreezeWave
{
    /// <summary>
    /// Of a respondent asked twice the first that stands counts. Left out, and counted, are interviews of whom nobody knows or nobody drew
    /// (<see cref="Submissions.SubmissionFlags"/>), but for those that an evaluator approved. What arrives from now on is kept and in no result.
    /// </summary>
    /// <exception cref="RuleBroken">state_forbids, nothing_to_freeze</exception>
    public static Task<SnapshotView> Handle(string code, Freezing request, EvaluationDb db, ClaimsPrincipal user, TimeProvider clock, CancellationToken cancel) =>
        db.InTransactionAsync(async () =>
        {
            var wave = await db.LockWaveAsync(code, cancel);
            wave.Freeze(clock.GetUtcNow());
            await db.SaveChangesAsync(cancel);
            await db.AdoptSubmissionsAsync(wave.Id, null, cancel);
            var count = await CopyAsync(db, wave.Id, request.ApprovedOnly, cancel);
            var left = await LeftOutAsync(db, wave.Id, request.ApprovedOnly, cancel);
            if (count == 0)
                throw new RuleBroken("nothing_to_freeze", "No submission of this wave was accepted and asked somebody known and drawn.").With("unknownCards", left.UnknownCards).With("notDrawn", left.NotDrawn);
            await db.Database.ExecuteSqlAsync($"""
                insert into wave_snapshots (wave_id, sha256, submissions, approved_only, format, unknown_cards, not_drawn, duplicates, declined, incomplete, analysis_plan_sha256, frozen_by, frozen_at)
                select {wave.Id}, sha256(string_agg(sha256, ''::bytea order by submission_id)), {count}, {request.ApprovedOnly}, {WaveSnapshot.LatestFormat}, {left.UnknownCards}, {left.NotDrawn}, {left.Accepted} - {count}, {left.Declined}, {left.Incomplete},
                    (select sha256 from analysis_plans where wave_id = {wave.Id} order by number desc limit 1), {user.Subject()}, {wave.FrozenAt}
                from snapshot_submissions where wave_id = {wave.Id}
                """, cancel);
            return await Read(code, db, cancel);
        }, cancel);

    public static async Task<SnapshotView> Read(string code, EvaluationDb db, CancellationToken cancel)
    {
        var wave = await db.Waves.AsNoTracking().CodedAsync(code, cancel);
        var snapshot = await db.WaveSnapshots.AsNoTracking().SingleOrDefaultAsync(s => s.WaveId == wave.Id, cancel)
            ?? throw new NotThere("snapshot_unknown", $"{code} is not frozen.");
        var instruments = await db.SnapshotSubmissions.Where(s => s.WaveId == wave.Id).GroupBy(s => s.Instrument)
            .Select(g => new { g.Key, Count = g.Count() }).OrderBy(g => g.Key).ToDictionaryAsync(g => g.Key, g => g.Count, cancel);
        var afterwards = await db.Submissions.CountAsync(s => s.WaveId == wave.Id && s.ReceivedAt > snapshot.FrozenAt && s.OriginalId == null && s.DeletedAt == null, cancel);
        return new(code, Convert.ToHexStringLower(snapshot.Sha256), snapshot.Submissions, snapshot.Submissions - instruments.Values.Sum(),
            Convert.ToHexStringLower(await db.SnapshotHashAsync(snapshot, cancel)), instruments, snapshot.ApprovedOnly,
            snapshot.Format, snapshot.UnknownCards, snapshot.NotDrawn, snapshot.Duplicates, snapshot.Declined, snapshot.Incomplete, afterwards,
            snapshot.AnalysisPlanSha256 is { } plan ? Convert.ToHexStringLower(plan) : null, snapshot.FrozenBy, snapshot.FrozenAt);
    }

    /// <summary>Of what the snapshot holds now.</summary>
    internal static async Task<byte[]> SnapshotHashAsync(this EvaluationDb db, WaveSnapshot snapshot, CancellationToken cancel) =>
        await db.SnapshotErasures.Where(e => e.WaveId == snapshot.WaveId).OrderBy(e => e.Submissions).Select(e => e.Sha256).FirstOrDefaultAsync(cancel) ?? snapshot.Sha256;

    private static Task<LeftOut> LeftOutAsync(EvaluationDb db, Guid wave, bool approvedOnly, CancellationToken cancel) => db.Database.SqlQuery<LeftOut>($"""
        select count(*) filter (where is_unseen and f.unknown_card)::int as "UnknownCards", count(*) filter (where is_unseen and f.not_drawn and not f.unknown_card)::int as "NotDrawn",
            count(*) filter (where not has_declined and (s.review_state = 'Approved' or (is_unseen and not f.unknown_card and not f.not_drawn)))::int as "Accepted",
            count(*) filter (where has_declined and s.review_state <> 'Rejected')::int as "Declined",
            (select count(*) from submissions where wave_id = {wave} and not complete and original_id is null and deleted_at is null and review_state <> 'Rejected')::int as "Incomplete"
        from submissions s join submission_flags f on f.id = s.id
        cross join lateral (select s.review_state = 'Received' and not {approvedOnly} as is_unseen, s.respondent is null and s.answers ->> 'consent' is not distinct from 'no' as has_declined) is_so
        where s.wave_id = {wave} and s.complete and s.superseded_by is null and s.deleted_at is null
        """).SingleAsync(cancel);

    private sealed record LeftOut(int UnknownCards, int NotDrawn, int Accepted, int Declined, int Incomplete);

    private static Task<int> CopyAsync(EvaluationDb db, Guid wave, bool approvedOnly, CancellationToken cancel) => db.Database.ExecuteSqlAsync($"""
        with accepted as (
            select distinct on (s.instrument, coalesce(s.respondent, s.id::text)) s.*
            from submissions s join submission_flags g on g.id = s.id
            where s.wave_id = {wave} and s.complete and s.superseded_by is null and s.deleted_at is null
                and (s.respondent is not null or s.answers ->> 'consent' is distinct from 'no')
                and (s.review_state = 'Approved' or (s.review_state = 'Received' and not {approvedOnly} and not g.unknown_card and not g.not_drawn))
            -- The first interview counts; who declined at first and agreed later is not left out.
            order by s.instrument, coalesce(s.respondent, s.id::text), s.answers->>'consent' is not distinct from 'no', coalesce(s.original_id, s.id)
        ), whole as (
            select s.id, s.sha256, s.instrument, v.respondent as respondent_group, s.respondent, s.facility_id, f.zone, coalesce(p.waiting, false) as waiting,
                w.languages[1] as language, m.probability, s.late, s.answers,
                case when f.ready_at < p.opens then to_char(f.ready_at at time zone 'UTC', 'YYYY-MM') end as batch,
                (select array_agg(split_part(problem, ':', 1) order by problem) from unnest(s.problems) problem) as impossible
            from accepted s
            join instrument_versions v on v.id = s.version_id
            left join facilities f on f.id = s.facility_id
            left join wave_facilities p on p.wave_id = s.wave_id and p.facility_id = s.facility_id
            left join workers w on w.pseudonym = s.respondent
            left join sample_members m on m.wave_id = s.wave_id and m.respondent = s.respondent
        )
        insert into snapshot_submissions (wave_id, submission_id, raw_sha256, instrument, respondent_group, respondent, facility_id, zone, waiting, language,
            inclusion_probability, late, answers, batch, impossible, sha256)
        select {wave}, id, sha256, instrument, respondent_group, respondent, facility_id, zone, waiting, language, probability, late, answers, batch, impossible,
            sha256(convert_to(jsonb_build_array(id, encode(sha256, 'hex'), instrument, respondent_group, respondent, facility_id, zone, waiting, language,
                probability, late, answers, batch, impossible)::text, 'UTF8'))
        from whole
        """, cancel);
}
