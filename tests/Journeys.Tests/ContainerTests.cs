using System.Text.Json;
using BetterConnections.Contracts;
using BetterConnections.Testing;

namespace BetterConnections.Journeys.Tests;

/// <summary>The system in Docker, two replicas of every service. <c>./bc test --containers</c> runs these, the new release only with <c>--whole</c>; elsewhere they are skipped.</summary>
public class ContainerTests(WholeSystem system)
{
    private const string Why = "./bc test --containers runs it.";

    [Fact(Skip = Why, SkipUnless = nameof(Bc.InContainers), SkipType = typeof(Bc))]
    public async Task No_acknowledged_write_is_lost_or_doubled_by_killing_containers()
    {
        var traffic = await Traffic.StartAsync(system);
        string[][] faults = [["inventory"], ["enrollment-2", "volunteer"], ["gateway"], ["rabbitmq"], ["postgres"], ["postgres", "rabbitmq", "identity", "training", "training-2", "gateway"]];
        foreach (var victims in faults)
        {
            await traffic.AcknowledgesAsync(50);
            foreach (var victim in victims) await system.Processes.KillAsync(victim);
            await system.Processes.AllHealthyAsync();
        }
        await traffic.AcknowledgesAsync(100);
        await traffic.StopAsync();

        await new Audit(system).EverythingHoldsAsync(traffic.Ledger);
    }

    [Fact(Skip = Why, SkipUnless = nameof(Bc.InContainers), SkipType = typeof(Bc))]
    public async Task A_new_release_comes_replica_by_replica_and_every_request_is_answered()
    {
        string[] services = ["identity", "inventory"]; // who signs in, and who stores
        var before = services.SelectMany(system.Bc.Containers!.Replicas).ToList();
        // A load that two cores can bear beside nineteen containers and a build: without pauses some waited longer than 5 s for others that change kits.
        var traffic = await Traffic.StartAsync(system, pause: TimeSpan.FromSeconds(5));
        await traffic.AcknowledgesAsync(50);
        system.Meter.Take();

        await system.Bc.RunAsync(["restart", "--build", .. services]);
        await system.Processes.AllHealthyAsync();

        var meanwhile = system.Meter.Take();
        await traffic.AcknowledgesAsync(50);
        await traffic.StopAsync();
        Assert.True(meanwhile.Count > 200, $"Only {meanwhile.Count} requests meanwhile.");
        Assert.All(meanwhile, request => Assert.InRange(request.Status, 200, 499)); // 0 would be no answer at all
        var after = services.SelectMany(system.Bc.Containers.Replicas).ToList();
        Assert.Equal((4, 4), (before.Count, after.Count));
        Assert.Empty(before.Intersect(after));
        await new Audit(system).EverythingHoldsAsync(traffic.Ledger);
    }

    [Theory(Skip = Why, SkipUnless = nameof(Bc.InContainers), SkipType = typeof(Bc))]
    [InlineData("gateway")]
    [InlineData("identity")]
    [InlineData("inventory-2")]
    [InlineData("enrollment")]
    [InlineData("volunteer")]
    [InlineData("training")]
    [InlineData("evaluation")]
    [InlineData("postgres")]
    [InlineData("rabbitmq")]
    public void No_container_may_more_than_it_needs(string name)
    {
        var containers = system.Bc.Containers!;
        Assert.True(UserOf(containers.Pid(name)) > 0, "Its first process is root's.");
        Assert.Equal("true [ALL] [no-new-privileges:true] false",
            containers.Inspect(name, "{{.HostConfig.ReadonlyRootfs}} {{.HostConfig.CapDrop}} {{.HostConfig.SecurityOpt}} {{.HostConfig.Privileged}}"));
        Assert.All(containers.Inspect(name, "{{.HostConfig.Memory}} {{.HostConfig.NanoCpus}} {{.HostConfig.PidsLimit}}").Split(' '), limit => Assert.True(long.Parse(limit) > 0));
        Assert.Equal(name == "gateway" ? "127.0.0.1" : "", containers.Inspect(name, "{{range .HostConfig.PortBindings}}{{range .}}{{.HostIp}}{{end}}{{end}}"));
    }

    [Fact(Skip = Why, SkipUnless = nameof(Bc.InContainers), SkipType = typeof(Bc))]
    public async Task The_gateway_finds_both_replicas_of_every_service()
    {
        var operators = await system.Staff.HireAsync(Roles.Operator); // nobody else is told
        var health = await operators.GetAsync<JsonElement>("/health");
        var services = health.GetProperty("checks").GetProperty("services").GetProperty("data").EnumerateObject().ToList();
        Assert.Equal(6, services.Count);
        Assert.All(services, service => Assert.Equal((2, 2), (service.Value.GetProperty("configured").GetInt32(), service.Value.GetProperty("reachable").GetInt32())));
    }

    [Fact(Skip = Why, SkipUnless = nameof(Bc.InContainers), SkipType = typeof(Bc))]
    public void Neither_the_database_nor_the_broker_is_on_a_network_that_leads_out()
    {
        foreach (var name in new[] { "postgres", "rabbitmq" })
        {
            var networks = system.Bc.Containers!.Inspect(name, "{{range .NetworkSettings.Networks}}{{.NetworkID}} {{end}}").Split(' ', StringSplitOptions.RemoveEmptyEntries);
            Assert.All(networks, network => Assert.Equal("true", Containers.Docker("network", "inspect", "--format", "{{.Internal}}", network)));
        }
    }

    private static int UserOf(int pid) => int.Parse(File.ReadLines($"/proc/{pid}/status").First(l => l.StartsWith("Uid:", StringComparison.Ordinal)).Split('\t')[1]);
}
