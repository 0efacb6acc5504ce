using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace BetterConnections.Bench;

/// <summary>
/// A data platform that an office would take instead, with the same devices in the same PostgreSQL; scripts/peer.sh starts it. It is asked
/// the same over as many connections, in turn with the product, which is asked through its gateway.
/// </summary>
internal sealed class Peers(Bench bench, LoadClient client, string peer)
{
    private const int Connections = 16;
    private const int RowsAtOnce = 100;
    private const string Database = "peerdb";
    private const string Columns = """
        barcode, number, kind, serial, manufacturer, model, cpu, memory_gb, storage_gb, storage, purchased_year, donor_asset_tag, book_value, notes, state, state_since,
        location_id, donation_id, kit_id, received_at, wipe, wipe_waived
        """;
    private static readonly Goal Tenfold = Goal.TimesThePeer(10);
    private readonly Uri _address = new(Installation.Setting("BC_PEER"));
    private readonly AuthenticationHeaderValue _token = new("Bearer", Installation.Setting("BC_PEER_TOKEN"));

    public static async Task MeasureAsync(Bench bench)
    {
        using var client = new LoadClient(Connections);
        await new Peers(bench, client, await NameAsync(bench.System)).MeasureAsync();
    }

    /// <summary>With the version that is installed.</summary>
    private static async Task<string> NameAsync(Installation system)
    {
        var packages = JsonSerializer.Deserialize<JsonElement>(await File.ReadAllTextAsync(Path.Combine(system.Repository, "benchmarks", "peers", "package.json")));
        return $"Directus {packages.GetProperty("dependencies").GetProperty("directus").GetString()}";
    }

    private async Task MeasureAsync()
    {
        var read = await Reads.PrepareAsync(bench);
        await CopyDevicesAsync();
        var barcodes = await bench.System.ColumnAsync<string>(Database, "select barcode from devices order by random()");
        var (ours, theirs) = (Lists.Request(bench, "gateway"), Ask(HttpMethod.Get, _ => "/items/devices?filter[state][_eq]=InStock&filter[kind][_eq]=Desktop&sort=-number&limit=50"));
        await RequireTheSameListAsync(ours, theirs);

        await CompareAsync("read a device by barcode", read("gateway"), Ask(HttpMethod.Get, n => $"/items/devices/{barcodes[(int)(n % barcodes.Count)]}"));
        await CompareAsync("list 50 devices", ours, theirs);
        await CompareAsync("register a device", Writes.Register(bench, "gateway"), Ask(HttpMethod.Post, _ => "/items/devices", n => Device($"{n}")));
        await CompareInBulkAsync(Ask(HttpMethod.Post, _ => "/items/devices", n => Enumerable.Range(0, RowsAtOnce).Select(row => Device($"{n}-{row}"))));
    }

    /// <summary>The very rows of the service.</summary>
    private async Task CopyDevicesAsync()
    {
        await bench.System.ExecuteAsync(Database, "truncate devices");
        await using (var service = await bench.System.Database("inventorydb").OpenConnectionAsync())
        await using (var platform = await bench.System.Database(Database).OpenConnectionAsync())
        {
            await using var rows = await service.BeginRawBinaryCopyAsync($"copy devices ({Columns}) to stdout (format binary)");
            await using var copy = await platform.BeginRawBinaryCopyAsync($"copy devices ({Columns}) from stdin (format binary)");
            await rows.CopyToAsync(copy);
        }
        await bench.System.ExecuteAsync(Database, "select setval(pg_get_serial_sequence('devices', 'number'), max(number)) from devices");
        await bench.System.ExecuteAsync(Database, "vacuum analyze devices");
    }

    /// <summary>Else two different things would be compared.</summary>
    private static async Task RequireTheSameListAsync(Func<long, HttpRequestMessage> ours, Func<long, HttpRequestMessage> theirs)
    {
        using var http = new HttpClient();
        async Task<List<string?>> BarcodesAsync(HttpRequestMessage request, string items)
        {
            using var response = await http.SendAsync(request);
            var answer = await response.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>();
            return [.. answer.GetProperty(items).EnumerateArray().Select(d => d.GetProperty("barcode").GetString())];
        }
        var (here, there) = (await BarcodesAsync(ours(0), "items"), await BarcodesAsync(theirs(0), "data"));
        if (here.Count != 50 || !here.SequenceEqual(there)) throw new InvalidOperationException($"The lists differ: {string.Join(' ', here)} here, {string.Join(' ', there)} there.");
    }

    private async Task CompareAsync(string what, Func<long, HttpRequestMessage> ours, Func<long, HttpRequestMessage> theirs)
    {
        await bench.Callers.SignInAsync();
        for (var warm = 0; warm < bench.WarmUps; warm++) await client.ClosedAsync(bench.Round, theirs);
        await bench.CompareAsync(peer, () => PerSecondAsync(theirs), ($"{what}, gateway, {Connections} connections", Tenfold, () => client.ClosedAsync(bench.Round, ours)));
    }

    /// <summary>A manifest, which is one request, against lists of rows over all connections.</summary>
    private async Task CompareInBulkAsync(Func<long, HttpRequestMessage> theirs)
    {
        var rows = bench.Quick ? 2_000 : 20_000;
        using var office = await bench.Callers.AdministratorAsync();
        using var warehouse = await bench.Callers.PersonWithRoleAsync("logistics");
        var (here, there) = (new List<double>(), new List<double>());
        for (var round = -1; round < bench.Rounds; round++) // the first one warms up
        {
            var before = round % 2 == 0 ? await PerSecondAsync(theirs) : 0;
            var (time, _) = await Imports.ManifestAsync(office, warehouse, rows);
            var after = round % 2 == 0 ? 0 : await PerSecondAsync(theirs);
            if (round < 0) continue;
            here.Add(rows / time.TotalSeconds);
            there.Add(RowsAtOnce * (before + after));
        }
        bench.Add($"rows in bulk, gateway, a manifest of {rows.ToString("N0", CultureInfo.InvariantCulture)}", "per second", here, Tenfold, there, $"{peer}, {RowsAtOnce} at once, {Connections} connections");
    }

    private async Task<double> PerSecondAsync(Func<long, HttpRequestMessage> request) => await client.ClosedAsync(bench.Round, request) is { Failed: 0 } load
        ? load.PerSecond
        : throw new HttpRequestException($"{peer} refused what it was asked, so there is nothing to compare with.");

    private Func<long, HttpRequestMessage> Ask(HttpMethod method, Func<long, string> path, Func<long, object>? body = null) => n => new(method, new Uri(_address, path(n)))
    {
        Headers = { Authorization = _token }, Content = body is null ? null : JsonContent.Create(body(n)),
    };

    /// <summary>As a service writes one that is registered; the number comes from the database here as there.</summary>
    private static object Device(string key) => new
    {
        barcode = $"PEER-{key}", kind = "Desktop", serial = $"PEER-{key}", manufacturer = "Dell", model = "OptiPlex 3060", cpu = "Core i5-8500", memory_gb = 8, storage_gb = 256, storage = "Ssd",
        state = "Received", state_since = DateTime.UtcNow, received_at = DateTime.UtcNow, wipe = "Missing", wipe_waived = false,
    };
}
