using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace BetterConnections.Messaging;

/// <summary>Forgets dealt-with messages after 30 days.</summary>
internal sealed class InboxCleaner<TDb>(IServiceScopeFactory scopes, ILogger<InboxCleaner<TDb>> log) : BackgroundService where TDb : DbContext
{
    protected override async Task ExecuteAsync(CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromHours(1));
        while (await timer.WaitForNextTickAsync(stopping))
        {
            try
            {
                await using var scope = scopes.CreateAsyncScope();
                await scope.ServiceProvider.GetRequiredService<TDb>().Database.ExecuteSqlAsync(
                    $"delete from inbox_messages where received_at < now() - interval '30 days'", stopping);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                log.LogWarning(e, "Old inbox rows were not deleted; the next hour tries again");
            }
        }
    }
}
