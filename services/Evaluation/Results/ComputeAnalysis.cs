using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text.Json;
using BetterConnections.Evaluation.Instruments;
using BetterConnections.Evaluation.Results.Definitions;
using BetterConnections.Evaluation.Results.Engine;
using BetterConnections.Evaluation.Waves;
using BetterConnections.Postgres;
using BetterConnections.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Evaluation.Results;

/// <param name="Wave">Code of a frozen wave.</param>
/// <param name="Instrument">Which of its worker questionnaires counts; needed only where the wave has several.</param>
/// <param name="BeforeWave">The wave to compare with; may be the same, with another questionnaire.</param>
public sealed record Computing([Required] string Wave, string? Instrument = null, string? BeforeWave = null, string? BeforeInstrument = null);

/// <summary>Computes all indicators. If the same question was answered with the same bytes before, that analysis is the answer.</summary>
public static class ComputeAnalysis
{
    /// <exception cref="RuleBroken">wave_not_frozen</exception>
    /// <exception cref="BadInput">instrument_needed, instrument_not_in_wave, waves_in_wrong_order, nothing_to_compare</exception>
    public static Task<AnalysisView> Handle(Computing request, EvaluationDb db, ClaimsPrincipal user, TimeProvider clock, CancellationToken cancel) => db.InTransactionAsync(async () =>
    {
        var after = await FrozenAsync(db, await db.LockWaveAsync(request.Wave, cancel), cancel); // one computation of a wave at a time
        var before = request.BeforeWave is { } code ? await FrozenAsync(db, await db.ReadLockWaveAsync(code, cancel), cancel) : null;
        if (before?.Wave.Opens > after.Wave.Opens) throw new BadInput("waves_in_wrong_order", $"{request.BeforeWave} opened after {request.Wave}.");

        var interviews = await db.InterviewsAsync(before is null ? [after.Wave.Id] : [before.Wave.Id, after.Wave.Id], cancel);
        var afterSide = SideOf(after, request.Instrument, interviews);
        var beforeSide = before is null ? null : SideOf(before, request.BeforeInstrument, interviews) with { IsBaseline = before.Wave.Kind == WaveKind.Baseline && before.Wave.Id != after.Wave.Id };
        if (before?.Wave.Id == after.Wave.Id && beforeSide!.Instrument == afterSide.Instrument)
            throw new BadInput("nothing_to_compare", "A wave is compared with another one, or with another questionnaire of its own.");

        var definitions = await db.IndicatorsAsync(cancel);
        var isPlanned = after.Snapshot.AnalysisPlanSha256 is not null && await db.PlannedTestsStoodAsync(after.Wave.Closes, cancel);
        var isSimulated = after.Wave.Simulated || before?.Wave.Simulated == true;
        var format = Math.Max(before?.Snapshot.Format ?? 0, after.Snapshot.Format);
        var results = ResultsEngine.Compute(new(definitions, beforeSide, afterSide, isPlanned, isSimulated,
            $"{Hex(before?.Sha256)}|{beforeSide?.Instrument}|{Hex(after.Sha256)}|{afterSide.Instrument}", format)).Select(r => (Result: r, Body: ResultsEngine.Write(r))).ToList();
        var hash = SHA256.HashData([.. results.SelectMany(r => SHA256.HashData(r.Body))]);

        var latest = await db.Analyses.AsNoTracking().Where(a => a.WaveId == after.Wave.Id && a.Instrument == afterSide.Instrument && a.BeforeWaveId == (before == null ? null : before.Wave.Id)
            && a.BeforeInstrument == (beforeSide == null ? null : beforeSide.Instrument)).OrderByDescending(a => a.Number).FirstOrDefaultAsync(cancel);
        if (latest?.Sha256.AsSpan().SequenceEqual(hash) == true)
        {
            // It may be of before answers were counted; they are counted now if they are still those that it was computed from.
            if (latest.Snapshot.AsSpan().SequenceEqual(after.Sha256) && (latest.BeforeSnapshot ?? []).AsSpan().SequenceEqual(before?.Sha256 ?? [])
                && !await db.Distributions.AnyAsync(d => d.AnalysisId == latest.Id, cancel))
            {
                db.Add(await DistributionsAsync(latest.Id));
                await db.SaveChangesAsync(cancel);
            }
            return await db.AnalysisViewAsync(latest.Id, cancel);
        }

        var analysis = new Analysis
        {
            Id = Guid.CreateVersion7(clock.GetUtcNow()), WaveId = after.Wave.Id, Instrument = afterSide.Instrument, BeforeWaveId = before?.Wave.Id,
            BeforeInstrument = beforeSide?.Instrument, Number = (latest?.Number ?? 0) + 1, Snapshot = after.Sha256, BeforeSnapshot = before?.Sha256,
            Engine = ResultsEngine.VersionFor(format), Simulated = isSimulated, Sha256 = hash, ComputedBy = user.Subject(), ComputedAt = clock.GetUtcNow(),
        };
        db.Add(analysis);
        db.AddRange(results.Select(r => new Result
        {
            Id = Guid.CreateVersion7(clock.GetUtcNow()), AnalysisId = analysis.Id, Number = r.Result.Number, Indicator = r.Result.Indicator,
            DefinitionVersion = r.Result.DefinitionVersion, Body = r.Body, Sha256 = SHA256.HashData(r.Body),
        }));
        db.Add(await DistributionsAsync(analysis.Id));
        await db.SaveChangesAsync(cancel);
        return await db.AnalysisViewAsync(analysis.Id, cancel);

        async Task<AnalysisDistributions> DistributionsAsync(Guid id)
        {
            var asked = interviews.SelectMany(wave => wave).Select(i => i.Instrument).Distinct().ToList();
            var forms = await db.InstrumentVersions.AsNoTracking().Where(v => asked.Contains(v.InstrumentCode) && v.State != InstrumentState.Draft)
                .OrderBy(v => v.InstrumentCode).ThenByDescending(v => v.Number).Select(v => v.Definition).ToListAsync(cancel);
            var body = JsonSerializer.SerializeToUtf8Bytes(Distributions.Of(beforeSide, afterSide, forms), ResultsEngine.Json);
            return new() { AnalysisId = id, Body = body, Sha256 = SHA256.HashData(body) };
        }
    }, cancel);

    private static async Task<Frozen> FrozenAsync(EvaluationDb db, Wave wave, CancellationToken cancel) =>
        await db.WaveSnapshots.AsNoTracking().SingleOrDefaultAsync(s => s.WaveId == wave.Id, cancel) is { } snapshot
            ? new(wave, snapshot, await db.SnapshotHashAsync(snapshot, cancel))
            : throw new RuleBroken("wave_not_frozen", $"{wave.Code} is {wave.State}; results come from frozen waves.").With("state", wave.State);

    private static Side SideOf(Frozen frozen, string? asked, ILookup<Guid, Interview> interviews)
    {
        var wave = frozen.Wave;
        var there = interviews[wave.Id].Where(i => i.Group == RespondentGroup.Worker && !i.Waiting).Select(i => i.Instrument).Distinct().Order(StringComparer.Ordinal).ToList();
        if (asked is not null && !there.Contains(asked)) throw new BadInput("instrument_not_in_wave", $"Nobody answered {asked} in {wave.Code}.").With("instruments", there);
        if (asked is null && there.Count > 1) throw new BadInput("instrument_needed", $"{wave.Code} has several worker questionnaires; say which one counts.").With("instruments", there);
        return new(asked ?? there.FirstOrDefault() ?? "", [.. interviews[wave.Id]], UnknownCards: frozen.Snapshot.UnknownCards, NotDrawn: frozen.Snapshot.NotDrawn);
    }

    private static string Hex(byte[]? hash) => hash is null ? "" : Convert.ToHexStringLower(hash);

    /// <param name="Sha256">Of what is left of the snapshot.</param>
    private sealed record Frozen(Wave Wave, WaveSnapshot Snapshot, byte[] Sha256);
}
