using BetterConnections.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Evaluation.Waves;

/// <summary>
/// Opens and closes waves whose time has come, each in a transaction of its own. Replicas share the work: who has the row does it.
/// No answer waits for it: what came before is taken in when the wave opens, and what is late is told by the clock.
/// </summary>
public sealed class WavesAdvance(IServiceScopeFactory scopes, TimeProvider clock, ILogger<WavesAdvance> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(Pause);
        do
        {
            try
            {
                await AdvanceDueAsync(stopping);
            }
            catch (Exception e) when (e is not OperationCanceledException || !stopping.IsCancellationRequested)
            {
                log.LogError(e, "Waves that are due could not be read; trying again in a minute");
            }
        }
        while (await timer.WaitForNextTickAsync(stopping));
    }

    /// <summary>Everything that is due now, once.</summary>
    public async Task AdvanceDueAsync(CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        List<Guid> due;
        await using (var scope = scopes.CreateAsyncScope())
            due = await scope.ServiceProvider.GetRequiredService<EvaluationDb>().Waves
                .Where(w => (w.State == WaveState.Planned && w.Opens <= now && w.Closes > now) || (w.State == WaveState.Open && w.Closes <= now))
                .OrderBy(w => w.Opens).Select(w => w.Id).ToListAsync(cancel);
        foreach (var id in due) await AdvanceAsync(id, now, cancel);
    }

    private async Task AdvanceAsync(Guid id, DateTimeOffset now, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<EvaluationDb>();
        try
        {
            await using var transaction = await db.Database.BeginTransactionAsync(cancel);
            var wave = await db.Waves.FromSql($"select *, xmin from waves where id = {id} for update skip locked").SingleOrDefaultAsync(cancel);
            if (wave is { State: WaveState.Planned } && wave.Opens <= now) await db.OpenAsync(wave, now, cancel);
            else if (wave is { State: WaveState.Open } && wave.Closes <= now) await db.CloseAsync(wave, now, cancel);
            await transaction.CommitAsync(cancel);
        }
        catch (Refusal refusal)
        {
            log.LogWarning("Wave {Wave} is due and cannot go on: {Code}", id, refusal.Code);
        }
        catch (Exception e) when (!cancel.IsCancellationRequested) // the other waves go on
        {
            log.LogError(e, "Wave {Wave} is due and could not go on; trying again in a minute", id);
        }
    }
}
