using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using System.Security.Cryptography;
using BetterConnections.Evaluation.Waves;
using BetterConnections.Postgres;
using BetterConnections.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Evaluation.Sampling;

/// <param name="PerCluster">Workers at each facility.</param>
/// <param name="Clusters">Facilities; null takes all of the frame.</param>
/// <param name="Seed">Null draws one, which the answer tells.</param>
/// <param name="Instruments">Codes of what those drawn are asked, among what the wave asks workers. Null: I1 in a baseline, I2 in an endline, I3 in a follow-up, all in a half-year's wave.</param>
public sealed record NewSample(
    [property: System.Text.Json.Serialization.JsonRequired, Range(1, 10_000)] int PerCluster,
    [Range(1, 100_000)] int? Clusters = null,
    SampleMethod Method = SampleMethod.ProportionalToSize,
    Stratification StratifiedBy = Stratification.None,
    [Range(0, DrawSample.LargestSeed)] long? Seed = null,
    [MinLength(1), MaxLength(20)] IReadOnlyList<string>? Instruments = null);

/// <summary>Draws the workers to be asked and gives them their assignments.</summary>
public static class DrawSample
{
    /// <summary>What a number in JSON holds everywhere.</summary>
    public const long LargestSeed = (1L << 53) - 1;

    /// <exception cref="RuleBroken">state_forbids, wave_facilities_not_settled, wave_asks_no_workers, frame_empty, clusters_too_few, clusters_too_many</exception>
    /// <exception cref="BadInput">method_draws_nobody, instrument_not_asked</exception>
    public static Task<SampleView> Handle(string code, NewSample request, EvaluationDb db, ClaimsPrincipal user, TimeProvider clock, CancellationToken cancel) =>
        db.InTransactionAsync(async () =>
        {
            if (request.Method == SampleMethod.Panel) throw new BadInput("method_draws_nobody", "A panel is asked for at …/samples/panel.");
            var wave = await db.LockWaveToSampleAsync(code, cancel);
            var instruments = await db.InstrumentsToAskAsync(wave, request.Instruments, cancel);
            // Nobody joins between the look at the frame and the draw from it.
            await db.Database.ExecuteSqlAsync($"lock table workers in share mode", cancel);
            await db.Database.ExecuteSqlAsync($"set local work_mem = '64MB'", cancel);
            var frame = await FrameAsync(db, wave.Id, request.StratifiedBy, cancel);
            var seed = request.Seed ?? (long)(BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(8)) & LargestSeed);
            var draw = ClusterDraw.Of(frame, new(request.Method, request.Clusters, request.PerCluster, seed));
            var before = await db.SampleMembers.Where(m => m.WaveId == wave.Id).Select(m => m.FacilityId).Distinct().CountAsync(cancel);
            var warning = ClusterWarning.Of(before + draw.Facilities.Count(f => f.Members > 0));

            var at = clock.GetUtcNow();
            var sample = new Sample
            {
                Id = Guid.CreateVersion7(at),
                WaveId = wave.Id,
                Number = 1 + await db.Samples.CountAsync(s => s.WaveId == wave.Id, cancel),
                Method = request.Method,
                StratifiedBy = request.StratifiedBy,
                Clusters = request.Clusters,
                PerCluster = request.PerCluster,
                Seed = seed,
                Instruments = instruments,
                FrameSha256 = ClusterDraw.FrameHash(frame),
                FrameFacilities = frame.Count,
                FrameWorkers = frame.Sum(f => (long)f.Workers),
                Facilities = draw.Facilities.Count(f => f.Members > 0),
                Respondents = draw.Facilities.Sum(f => f.Members),
                Notes = warning is null ? draw.Notes : [.. draw.Notes, warning.Sentence.En],
                DrawnBy = user.Subject(),
                DrawnAt = at,
            };
            db.Add(sample);
            await db.SaveChangesAsync(cancel);
            await StoreClustersAsync(db, sample.Id, draw.Facilities, cancel);
            sample.Respondents = await DrawMembersAsync(db, sample.Id, cancel);
            await db.SaveChangesAsync(cancel);
            await db.AssignAsync(sample.Id, instruments, cancel);
            return await db.SampleViewAsync(sample.Id, cancel);
        }, cancel);

    /// <summary>Facilities of the wave that are open, or waiting where it compares, and in no earlier frame of it.</summary>
    private static Task<List<FrameFacility>> FrameAsync(EvaluationDb db, Guid wave, Stratification by, CancellationToken cancel) => db.Database.SqlQuery<FrameFacility>($"""
        select f.id as "Id", f.code as "Code",
            case {by.ToString()} when 'Zone' then coalesce(f.zone, '') when 'Language' then coalesce(f.languages[1], '') else '' end as "Stratum",
            count(w.id)::int as "Workers", sha256(coalesce(string_agg(uuid_send(w.id), ''::bytea order by w.id), ''::bytea)) as "Sha256"
        from wave_facilities p join facilities f on f.id = p.facility_id left join workers w on w.facility_id = f.id and w.askable
        where p.wave_id = {wave} and f.code is not null and (f.state = 'Open' or (p.waiting and f.state = 'Applied'))
            and not exists (select from sample_clusters c join samples s on s.id = c.sample_id where s.wave_id = {wave} and c.facility_id = f.id)
        group by f.id
        """).ToListAsync(cancel);

    private static Task StoreClustersAsync(EvaluationDb db, Guid sample, IReadOnlyList<DrawnFacility> facilities, CancellationToken cancel)
    {
        var (ids, strata, sizes) = (facilities.Select(f => f.Facility.Id).ToArray(), facilities.Select(f => f.Facility.Stratum).ToArray(), facilities.Select(f => f.Facility.Workers).ToArray());
        var (probabilities, members) = (facilities.Select(f => f.Probability).ToArray(), facilities.Select(f => f.Members).ToArray());
        return db.Database.ExecuteSqlAsync($"""
            insert into sample_clusters (sample_id, facility_id, stratum, size, probability, members)
            select {sample}, * from unnest({ids}, {strata}, {sizes}, {probabilities}, {members})
            """, cancel);
    }

    /// <summary>The second stage: at each facility the workers whose ids hash lowest with the seed. Any of them is as likely as the others.</summary>
    private static Task<int> DrawMembersAsync(EvaluationDb db, Guid sample, CancellationToken cancel) => db.Database.ExecuteSqlAsync($"""
        insert into sample_members (wave_id, respondent, sample_id, facility_id, stratum, probability)
        select wave_id, pseudonym, {sample}, facility_id, stratum, probability * members / size
        from (
            select s.wave_id, w.pseudonym, w.facility_id, c.stratum, c.probability, c.members, c.size,
                row_number() over (partition by w.facility_id order by sha256(int8send(s.seed) || uuid_send(w.id)), w.id) as place
            from samples s join sample_clusters c on c.sample_id = s.id join workers w on w.facility_id = c.facility_id and w.askable
            where s.id = {sample} and c.members > 0
        ) ranked
        where place <= members
        on conflict (wave_id, respondent) do nothing -- drawn before at the facility it came from
        """, cancel);
}
