namespace BetterConnections.Journeys.Tests;

/// <summary>
/// <c>./bc restart --build</c> while clients are writing, of one service to be quick, and with one replica, so that they have to repeat what comes
/// meanwhile. That nobody notices it where there are two of each is for <c>./bc test --faults</c> to show.
/// </summary>
public class ReleaseTests(WholeSystem system)
{
    [Fact]
    public async Task A_new_release_is_built_beside_the_one_that_runs_and_a_service_brought_to_it_under_load_loses_nothing()
    {
        var before = await system.Processes.ReleaseOfAsync("inventory");
        var traffic = await Traffic.StartAsync(system, pause: TimeSpan.FromSeconds(2));
        await traffic.AcknowledgesAsync(50);

        await system.Bc.RunAsync("restart", "--build", "inventory");

        var release = await system.Processes.ReleaseOfAsync("inventory");
        Assert.NotEqual(before, release);
        Assert.Equal(before, await system.Processes.ReleaseOfAsync("enrollment"));
        Assert.True(File.Exists(Path.Combine(before, "Enrollment", "BetterConnections.Enrollment.dll"))); // what runs keeps its files
        await system.Processes.AllHealthyAsync();
        await traffic.AcknowledgesAsync(50);
        await traffic.StopAsync();
        await new Audit(system).EverythingHoldsAsync(traffic.Ledger);
    }
}
