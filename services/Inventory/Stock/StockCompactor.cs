using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Inventory.Stock;

/// <summary>Keeps <c>stock_levels</c> short, so that reading the stock stays cheap.</summary>
internal sealed class StockCompactor(IServiceScopeFactory scopes, ILogger<StockCompactor> log) : BackgroundService
{
    private const int Long = 10_000;

    protected override async Task ExecuteAsync(CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMinutes(1));
        while (await timer.WaitForNextTickAsync(stopping))
        {
            try
            {
                await using var scope = scopes.CreateAsyncScope();
                var db = scope.ServiceProvider.GetRequiredService<InventoryDb>();
                if (await db.StockLevels.CountAsync(stopping) > Long)
                    log.LogInformation("Summed up {Rows} rows of stock", await db.CompactAsync(stopping));
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                log.LogWarning(e, "The stock was not compacted; the next minute tries again");
            }
        }
    }
}
