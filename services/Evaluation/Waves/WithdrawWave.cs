using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using BetterConnections.Postgres;
using BetterConnections.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Evaluation.Waves;

public sealed record Withdrawal([Required, StringLength(1000, MinimumLength = 3)] string Reason);

public static class WithdrawWave
{
    /// <summary>Takes a planned wave back, with its facilities and whoever was drawn for it. The wave itself and its analysis plans stay to be read.</summary>
    /// <exception cref="RuleBroken">state_forbids, wave_has_interviews</exception>
    public static Task<WaveView> Handle(string code, Withdrawal request, EvaluationDb db, ClaimsPrincipal user, TimeProvider clock, CancellationToken cancel) => db.InTransactionAsync(async () =>
    {
        var wave = await db.LockWaveAsync(code, cancel);
        wave.Withdraw(request.Reason, user.Subject(), clock.GetUtcNow());
        // A cohort's takes interviews from the first facility's window on, a moment before it opens.
        if (await db.Submissions.AnyAsync(s => s.WaveId == wave.Id && s.DeletedAt == null, cancel))
            throw new RuleBroken("wave_has_interviews", $"Interviews belong to {code} already; it opens within a minute and can be closed then.");
        await db.Assignments.Where(a => a.WaveId == wave.Id).ExecuteDeleteAsync(cancel);
        await db.Samples.Where(s => s.WaveId == wave.Id).ExecuteDeleteAsync(cancel);
        await db.WaveFacilities.Where(f => f.WaveId == wave.Id).ExecuteDeleteAsync(cancel);
        await db.SaveChangesAsync(cancel);
        return await db.WaveViewAsync(code, cancel);
    }, cancel);
}
