using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace BetterConnections.Messaging;

/// <summary>
/// Forgets sent messages after 7 days and dealt-with ones after 30. The second has to be the longer time: what is sent again after a
/// restore must still be known to those who have had it.
/// </summary>
public sealed class MessageCleaner<TDb>(IServiceScopeFactory scopes, ILogger<MessageCleaner<TDb>> log) : BackgroundService where TDb : DbContext
{
    protected override async Task ExecuteAsync(CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromHours(1));
        while (await timer.WaitForNextTickAsync(stopping))
        {
            try
            {
                await CleanAsync(stopping);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                log.LogWarning(e, "Old messages were not deleted; the next hour tries again");
            }
        }
    }

    public async Task CleanAsync(CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<TDb>().Database;
        await database.ExecuteSqlAsync($"delete from sent_messages where sent_at < now() - interval '7 days'", cancel);
        await database.ExecuteSqlAsync($"delete from inbox_messages where received_at < now() - interval '30 days'", cancel);
    }
}
