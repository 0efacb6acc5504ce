using System.Net.Http.Json;

namespace BetterConnections.Bench;

/// <summary>A device is registered; a device is scanned into stock, which writes the row, its history, the stock and an event.</summary>
internal static class Writes
{
    public static async Task MeasureAsync(Bench bench)
    {
        var (system, limit) = (bench.System, new Limit(bench.System));
        await system.ClearAsync();
        // Each modem can be stored once, so there have to be enough of them.
        var waiting = new Queue<string>(await system.FillAsync(bench.Quick ? 50_000 : 1_000_000, modems: "Triaged"));
        var scratch = await limit.ScratchAsync("inventorydb");
        await system.ClearAsync(scratch);
        var devices = bench.Quick ? 5_000 : 50_000;
        await system.FillAsync(devices, modems: "Triaged", scratch);
        await bench.Callers.SignInAsync();

        Func<long, HttpRequestMessage> Scan(string through) => n => bench.Callers.Request(n, HttpMethod.Post, new Uri(system.Address(through), "/api/inventory/scans"), JsonContent.Create(
            new { action = "Store", barcodes = new[] { Next(waiting) }, locationId = Stock.Store }));

        foreach (var connections in (int[])[16, 64])
        {
            using var client = new LoadClient(connections);
            await bench.CompareAsync("pgbench register.sql", () => limit.PgBenchAsync(scratch, "register.sql", connections, bench.Round),
                ($"register a device, direct, {connections} connections", Goal.RatioAtLeast(1 / 4d), () => client.ClosedAsync(bench.Round, Register(bench, "inventory"))),
                ($"register a device, gateway, {connections} connections", Goal.RatioAtLeast(1 / 6d), () => client.ClosedAsync(bench.Round, Register(bench, "gateway"))));
            await bench.CompareAsync("pgbench scan.sql", () => limit.PgBenchAsync(scratch, "scan.sql", connections, bench.Round, ("devices", devices)),
                ($"one scan, direct, {connections} connections", Goal.RatioAtLeast(1 / 4d), () => client.ClosedAsync(bench.Round, Scan("inventory"))),
                ($"one scan, gateway, {connections} connections", Goal.RatioAtLeast(1 / 6d), () => client.ClosedAsync(bench.Round, Scan("gateway"))));
        }
        using var steady = new LoadClient(256);
        await bench.AddLatenciesAsync("register a device, gateway", 200, time => steady.OpenAsync(200, time, Register(bench, "gateway")));
        await bench.AddLatenciesAsync("one scan, gateway", 200, time => steady.OpenAsync(200, time, Scan("gateway")));
    }

    /// <summary>Requests for one new device after the other through a process.</summary>
    public static Func<long, HttpRequestMessage> Register(Bench bench, string through) => n => bench.Callers.Request(n, HttpMethod.Post, new Uri(bench.System.Address(through), "/api/inventory/devices"),
        JsonContent.Create(new
        {
            kind = "Desktop", serial = $"BENCH{Environment.ProcessId}-{n}", manufacturer = "Dell", model = "OptiPlex 3060", cpu = "Core i5-8500", memoryGb = 8, storageGb = 256, storage = "Ssd",
        }));

    private static string Next(Queue<string> barcodes)
    {
        lock (barcodes) return barcodes.TryDequeue(out var barcode) ? barcode : throw new InvalidOperationException("All devices were scanned; there have to be more of them.");
    }
}
