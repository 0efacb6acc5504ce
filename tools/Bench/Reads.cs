namespace BetterConnections.Bench;

/// <summary>A device is read by its barcode.</summary>
internal static class Reads
{
    public const int Devices = 50_000;

    public static async Task MeasureAsync(Bench bench)
    {
        var (system, limit) = (bench.System, new Limit(bench.System));
        var request = await PrepareAsync(bench);
        foreach (var connections in (int[])[16, 64])
        {
            using var client = new LoadClient(connections);
            await bench.CompareAsync("pgbench read.sql", () => limit.PgBenchAsync("inventorydb", "read.sql", connections, bench.Round, ("devices", Devices)),
                ($"read a device by barcode, direct, {connections} connections", Goal.RatioAtLeast(1 / 6d), () => client.ClosedAsync(bench.Round, request("inventory"))),
                ($"read a device by barcode, gateway, {connections} connections", Goal.RatioAtLeast(1 / 6d), () => client.ClosedAsync(bench.Round, request("gateway"))));
        }
        using var steady = new LoadClient(256);
        await bench.AddLatenciesAsync("read a device by barcode, gateway", 500, time => steady.OpenAsync(500, time, request("gateway")));
    }

    /// <summary>Devices to read, and requests for one after the other through a process.</summary>
    public static async Task<Func<string, Func<long, HttpRequestMessage>>> PrepareAsync(Bench bench)
    {
        await bench.System.ClearAsync();
        await bench.System.FillAsync(Devices);
        await bench.Callers.SignInAsync();
        var barcodes = await bench.System.ColumnAsync<string>("inventorydb", "select barcode from devices order by random()");
        return through => n => bench.Callers.Request(n, HttpMethod.Get, new Uri(bench.System.Address(through), $"/api/inventory/devices/{barcodes[(int)(n % barcodes.Count)]}"));
    }
}
