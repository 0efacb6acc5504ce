namespace BetterConnections.Bench;

/// <summary>What a call through the gateway costs over the same call to the service itself.</summary>
internal static class GatewayCost
{
    private const int PerSecond = 200;

    public static async Task MeasureAsync(Bench bench)
    {
        var request = await Reads.PrepareAsync(bench);
        var process = bench.System.ProcessId("gateway");
        using var client = new LoadClient(16);
        var (added, direct, through, failed) = (new List<double>(), new List<double>(), new List<double>(), 0L);
        var (seldom, busy) = (new List<double>(), new List<double>());
        for (var round = 0; round < bench.Rounds; round++)
        {
            var without = await client.OpenAsync(PerSecond, bench.Round, request("inventory"));
            var before = Installation.CpuMilliseconds(process);
            var with = await client.OpenAsync(PerSecond, bench.Round, request("gateway"));
            seldom.Add((Installation.CpuMilliseconds(process) - before) / with.Milliseconds.Length);
            direct.Add(without.Percentile(50));
            through.Add(with.Percentile(50));
            added.Add(through[^1] - direct[^1]);
            failed += without.Failed + with.Failed;

            before = Installation.CpuMilliseconds(process);
            var closed = await client.ClosedAsync(bench.Round, request("gateway"));
            busy.Add((Installation.CpuMilliseconds(process) - before) / closed.Milliseconds.Length);
            failed += closed.Failed;
        }
        bench.Add($"p50 direct at {PerSecond}/s", "ms", direct, failed: failed);
        bench.Add($"p50 through the gateway at {PerSecond}/s", "ms", through);
        bench.Add("p50 that the gateway adds", "ms", added, Goal.ValueAtMost(1));
        bench.Add("CPU of the gateway for one request, 16 connections", "ms", busy, Goal.ValueAtMost(0.3));
        bench.Add($"CPU of the gateway for one request at {PerSecond}/s, waking up included", "ms", seldom, Goal.ValueAtMost(0.3));
    }
}
