using BetterConnections.Identity.Keys;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Identity;

/// <summary>Every hour: keys are renewed in time though nobody signs in, and sessions that can no longer be used are forgotten.</summary>
public sealed class Housekeeping(IServiceScopeFactory scopes, KeyRing keys, TimeProvider clock, ILogger<Housekeeping> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromHours(1));
        do
        {
            try
            {
                await TidyAsync(stopping);
            }
            catch (Exception e) when (!stopping.IsCancellationRequested)
            {
                log.LogWarning(e, "Keys and sessions were not tidied up; the next hour tries again");
            }
        }
        while (await timer.WaitForNextTickAsync(stopping));
    }

    public async Task TidyAsync(CancellationToken cancel)
    {
        await keys.CurrentAsync(cancel);
        await using var scope = scopes.CreateAsyncScope();
        var now = clock.GetUtcNow();
        await scope.ServiceProvider.GetRequiredService<IdentityDb>().Sessions.Where(s => s.ExpiresAt < now).ExecuteDeleteAsync(cancel);
    }
}
