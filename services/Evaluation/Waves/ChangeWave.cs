using BetterConnections.Postgres;

namespace BetterConnections.Evaluation.Waves;

/// <summary>By hand what <see cref="WavesAdvance"/> does by plan.</summary>
public static class ChangeWave
{
    /// <exception cref="ServiceDefaults.RuleBroken">state_forbids, wave_over, wave_without_facilities</exception>
    public static Task<WaveView> Open(string code, EvaluationDb db, TimeProvider clock, CancellationToken cancel) => db.InTransactionAsync(async () =>
    {
        await db.OpenAsync(await db.LockWaveAsync(code, cancel), clock.GetUtcNow(), cancel);
        return await db.WaveViewAsync(code, cancel);
    }, cancel);

    public static Task<WaveView> Close(string code, EvaluationDb db, TimeProvider clock, CancellationToken cancel) => db.InTransactionAsync(async () =>
    {
        await db.CloseAsync(await db.LockWaveAsync(code, cancel), clock.GetUtcNow(), cancel);
        return await db.WaveViewAsync(code, cancel);
    }, cancel);
}
