namespace BetterConnections.Bench;

/// <summary>Fifty devices of one state and kind, newest first.</summary>
internal static class Lists
{
    private const string Query = "/api/inventory/devices?state=InStock&kind=Desktop&sort=-number&limit=50";

    public static async Task MeasureAsync(Bench bench)
    {
        var (system, limit) = (bench.System, new Limit(bench.System));
        await Reads.PrepareAsync(bench);
        Func<long, HttpRequestMessage> List(string through) => n => bench.Callers.Request(n, HttpMethod.Get, new Uri(system.Address(through), Query));
        foreach (var connections in (int[])[16, 64])
        {
            using var client = new LoadClient(connections);
            await bench.CompareAsync("pgbench list.sql", () => limit.PgBenchAsync("inventorydb", "list.sql", connections, bench.Round),
                ($"list 50 devices, direct, {connections} connections", Goal.RatioAtLeast(2 / 3d), () => client.ClosedAsync(bench.Round, List("inventory"))),
                ($"list 50 devices, gateway, {connections} connections", Goal.RatioAtLeast(2 / 3d), () => client.ClosedAsync(bench.Round, List("gateway"))));
        }
    }
}
