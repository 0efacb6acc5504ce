using System.Security.Cryptography;
using System.Text.Json;
using BetterConnections.Evaluation.Results.Engine;
using BetterConnections.Evaluation.Waves;

namespace BetterConnections.Evaluation.Tests.Results;

/// <summary>Waves that were asked, closed and frozen, with simulated answers.</summary>
internal static class FrozenWaves
{
    /// <param name="daysAgo">When it opened; it closes now.</param>
    /// <returns>Its code.</returns>
    public static async Task<string> FreezeAsync(this EvaluationApp app, Side side, int daysAgo, bool isPlanned = true, bool isSimulated = false, Func<Guid, Guid>? facility = null,
        WaveKind kind = WaveKind.HalfYear)
    {
        var code = await app.CloseAsync(side.Instrument, daysAgo, isSimulated, kind);
        await app.InDbAsync(async db =>
        {
            var wave = db.Waves.Single(w => w.Code == code);
            db.AddRange(side.Interviews.Select(i => new SnapshotSubmission
            {
                WaveId = wave.Id, SubmissionId = i.Number, RawSha256 = SHA256.HashData([]), Instrument = i.Instrument, Group = i.Group, Respondent = i.Respondent,
                FacilityId = facility is null || i.Facility is null ? i.Facility : facility(i.Facility.Value), Zone = i.Zone, Language = i.Language, Waiting = i.Waiting,
                InclusionProbability = i.Probability, Batch = i.Batch, Answers = JsonSerializer.SerializeToElement(i.Answers), Sha256 = SHA256.HashData([]),
            }));
            await db.SaveChangesAsync();
            wave.Freeze(app.Clock.GetUtcNow());
            db.Add(new WaveSnapshot
            {
                WaveId = wave.Id, Sha256 = SHA256.HashData(wave.Id.ToByteArray()), Submissions = side.Interviews.Count, AnalysisPlanSha256 = isPlanned ? SHA256.HashData([1]) : null,
                FrozenBy = "evaluator", FrozenAt = app.Clock.GetUtcNow(),
            });
            await db.SaveChangesAsync();
        });
        return code;
    }

    /// <summary>Closed and not frozen.</summary>
    public static async Task<string> CloseAsync(this EvaluationApp app, string instrument, int daysAgo, bool isSimulated = false, WaveKind kind = WaveKind.HalfYear)
    {
        var (code, now) = ($"2026H2-{Guid.NewGuid():n}"[..16], app.Clock.GetUtcNow());
        var opens = now.AddDays(-daysAgo);
        await app.InDbAsync(async db =>
        {
            var wave = Wave.Plan(code, kind, isSimulated, "evaluator", opens);
            wave.Ask([instrument], new([], [], false));
            wave.Schedule(opens, now, 0);
            wave.Open(opens);
            wave.Close(now);
            db.Add(wave);
            await db.SaveChangesAsync();
        });
        return code;
    }
}
