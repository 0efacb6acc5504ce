namespace BetterConnections.Journeys.Tests;

/// <summary><c>kill -9</c> while clients are writing. supervisord starts what was killed; nothing else helps.</summary>
public class KillTests(WholeSystem system)
{
    private const int Before = 100, After = 200;

    [Theory]
    [InlineData("inventory")]
    [InlineData("enrollment")]
    [InlineData("volunteer")]
    [InlineData("training")]
    [InlineData("evaluation")]
    [InlineData("identity")]
    [InlineData("gateway")]
    [InlineData("rabbitmq")]
    [InlineData("postgres")]
    [InlineData("postgres", "rabbitmq", "inventory", "enrollment", "volunteer", "training", "evaluation", "identity", "gateway")] // the machine lost its power
    public async Task No_acknowledged_write_is_lost_or_doubled_by_killing(params string[] victims)
    {
        var traffic = await Traffic.StartAsync(system);
        await traffic.AcknowledgesAsync(Before);

        foreach (var victim in victims) await system.Processes.KillAsync(victim);
        await system.Processes.AllHealthyAsync();
        await traffic.AcknowledgesAsync(After);
        await traffic.StopAsync();

        await new Audit(system).EverythingHoldsAsync(traffic.Ledger);
    }
}
