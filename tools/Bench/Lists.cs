namespace BetterConnections.Bench;

/// <summary>Fifty devices of one state and kind, newest first.</summary>
internal static class Lists
{
    public static async Task MeasureAsync(Bench bench)
    {
        var (system, limit) = (bench.System, new Limit(bench.System));
        await Reads.PrepareAsync(bench);
        foreach (var connections in (int[])[16, 64])
        {
            using var client = new LoadClient(connections);
            await bench.CompareAsync("pgbench list.sql", () => limit.PgBenchAsync("inventorydb", "list.sql", connections, bench.Round),
                ($"list 50 devices, direct, {connections} connections", Goal.RatioAtLeast(2 / 3d), () => client.ClosedAsync(bench.Round, Request(bench, "inventory"))),
                ($"list 50 devices, gateway, {connections} connections", Goal.RatioAtLeast(2 / 3d), () => client.ClosedAsync(bench.Round, Request(bench, "gateway"))));
        }
    }

    public static Func<long, HttpRequestMessage> Request(Bench bench, string through) =>
        n => bench.Callers.Request(n, HttpMethod.Get, new Uri(bench.System.Address(through), "/api/inventory/devices?state=InStock&kind=Desktop&sort=-number&limit=50"));
}
