using System.Net;
using BetterConnections.Contracts;
using BetterConnections.Inventory.Devices;
using BetterConnections.Inventory.Stock;
using BetterConnections.Testing;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace BetterConnections.Inventory.Tests.Stock;

public class StockTests(FreshInventoryApp inventory) : IClassFixture<FreshInventoryApp>, IAsyncLifetime
{
    private readonly HttpClient _logistics = inventory.As(Roles.Logistics);
    private readonly HttpClient _operator = inventory.As(Roles.Operator);

    public async ValueTask InitializeAsync() => await inventory.EmptyAsync();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Stock_follows_every_change_of_state_and_place()
    {
        var (here, there) = (await inventory.LocationAsync(), await inventory.LocationAsync());
        var barcodes = await inventory.PutOnTheShelfAsync(5, locationId: here);
        await inventory.PutOnTheShelfAsync(1, DeviceKind.Modem, here);
        await ScanAsync("Relocate", barcodes[..2], there);
        await ScanAsync("Fault", barcodes[2..3]);

        Assert.Equal([new StockLine(DeviceKind.Desktop, DeviceState.Faulty, 1), new(DeviceKind.Desktop, DeviceState.InStock, 4), new(DeviceKind.Modem, DeviceState.InStock, 1)],
            await _logistics.GetAsync<List<StockLine>>("/api/inventory/stock"));
        Assert.Equal([new StockLine(DeviceKind.Desktop, DeviceState.InStock, 2)], await _logistics.GetAsync<List<StockLine>>($"/api/inventory/stock?locationId={there}"));
        Assert.Equal([new StockLine(DeviceKind.Modem, DeviceState.InStock, 1)], await _logistics.GetAsync<List<StockLine>>("/api/inventory/stock?kind=Modem"));
        var places = await _logistics.GetAsync<Postgres.Page<StockAtLocation>>("/api/inventory/stock/by-location?limit=200");
        Assert.Equal(3, places.Items.Single(p => p.LocationId == here).Levels.Where(l => l.State == DeviceState.InStock).Sum(l => l.Count));
        await inventory.As(Roles.Donor).GetAsync("/api/inventory/stock").RefusesAsync(HttpStatusCode.Forbidden, "forbidden");
        await _logistics.GetAsync("/api/inventory/stock?kind=Toaster").RefusesAsync(HttpStatusCode.BadRequest, "request_not_readable");
    }

    [Fact]
    public async Task History_that_comes_by_copy_counts_too()
    {
        var barcode = (await inventory.PutOnTheShelfAsync(1)).Single();
        var device = await inventory.DeviceAsync(barcode);
        await inventory.InDbAsync(async db =>
        {
            await db.Database.OpenConnectionAsync();
            await using var copy = await ((NpgsqlConnection)db.Database.GetDbConnection()).BeginBinaryImportAsync(
                "copy device_events (device_id, seq, at, by, kind, from_state, to_state) from stdin (format binary)");
            await copy.StartRowAsync();
            await copy.WriteAsync(device.Id);
            await copy.WriteAsync(device.HistoryLength + 1);
            await copy.WriteAsync(DateTimeOffset.UtcNow, NpgsqlTypes.NpgsqlDbType.TimestampTz);
            foreach (var text in new[] { "test", "Desktop", "InStock", "Lost" }) await copy.WriteAsync(text);
            await copy.CompleteAsync();
        });

        Assert.Equal([new StockLine(DeviceKind.Desktop, DeviceState.Lost, 1)], await _logistics.GetAsync<List<StockLine>>("/api/inventory/stock"));
        Assert.Empty(await _operator.PostAsync<List<StockDifference>>("/api/inventory/stock/rebuild"));
    }

    [Fact]
    public async Task Rebuilt_stock_equals_the_projection_and_an_error_in_it_is_reported_and_mended()
    {
        await inventory.PutOnTheShelfAsync(3);
        var before = await _logistics.GetAsync<List<StockLine>>("/api/inventory/stock");

        Assert.Empty(await _operator.PostAsync<List<StockDifference>>("/api/inventory/stock/rebuild"));
        Assert.Equal(before, await _logistics.GetAsync<List<StockLine>>("/api/inventory/stock"));

        await inventory.InDbAsync(db => db.Database.ExecuteSqlAsync($"insert into stock_levels values ('Laptop', 'Lost', null, 2)"));
        Assert.Equal([new StockDifference("Laptop", "Lost", null, 2, 0)], await _operator.PostAsync<List<StockDifference>>("/api/inventory/stock/rebuild"));
        Assert.Equal(before, await _logistics.GetAsync<List<StockLine>>("/api/inventory/stock"));
        await _logistics.PostAsync("/api/inventory/stock/rebuild", new { }).RefusesAsync(HttpStatusCode.Forbidden, "forbidden");
    }

    [Fact]
    public async Task Compacting_changes_the_rows_and_not_the_sums_though_two_do_it_at_once_while_devices_move()
    {
        await inventory.PutOnTheShelfAsync(3);
        var moving = Task.Run(async () =>
        {
            for (var i = 0; i < 10; i++) await inventory.PutOnTheShelfAsync(2, DeviceKind.Laptop);
        });
        await Task.WhenAll([moving, .. Enumerable.Range(0, 8).Select(_ => inventory.InDbAsync(db => db.CompactAsync(CancellationToken.None)))]);

        await inventory.InDbAsync(db => db.CompactAsync(CancellationToken.None));
        Assert.Equal(2, await inventory.InDbAsync(db => db.StockLevels.CountAsync()));
        Assert.Equal([new StockLine(DeviceKind.Desktop, DeviceState.InStock, 3), new(DeviceKind.Laptop, DeviceState.InStock, 20)],
            await _logistics.GetAsync<List<StockLine>>("/api/inventory/stock"));
        Assert.Empty(await _operator.PostAsync<List<StockDifference>>("/api/inventory/stock/rebuild"));
    }

    [Fact]
    public async Task The_mass_balances()
    {
        var barcodes = await inventory.PutOnTheShelfAsync(6);
        await ScanAsync("Lose", barcodes[..1]);
        await ScanAsync("Retire", barcodes[1..3]);
        await _logistics.PostAsync<DeviceView>("/api/inventory/devices", new { kind = "desktop", serial = Some.Serial() });

        Assert.Equal(new MassBalance(Received: 7, InUse: 0, InStock: 3, InWork: 3, Recycled: 0, Lost: 1, Difference: 0),
            await _logistics.GetAsync<MassBalance>("/api/inventory/stock/mass-balance"));
    }

    [Fact]
    public void Every_state_counts_in_exactly_one_part_of_the_mass_balance() => Assert.Equal(Enum.GetValues<DeviceState>(),
        Enum.GetValues<StockBucket>().SelectMany(StockBuckets.StatesOf).Order());

    [Fact]
    public async Task The_export_has_every_device_and_no_formula()
    {
        var formula = (await inventory.PutOnTheShelfAsync(1, describe: d => (d.Model, d.Manufacturer) = ("=HYPERLINK(\"x\")", "لينوفو, الدوحة"))).Single();
        await inventory.PutOnTheShelfAsync(1, DeviceKind.Modem);

        var answer = await _logistics.GetAsync("/api/inventory/devices.csv?kind=Desktop");
        var lines = (await answer.Content.ReadAsStringAsync()).TrimEnd().Split("\r\n");

        Assert.Equal("text/csv", answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal(2, lines.Length);
        Assert.StartsWith($"{formula},Desktop,", lines[1]);
        Assert.Contains("""
            ,"لينوفو, الدوحة","'=HYPERLINK(""x"")",
            """.Trim(), lines[1]);
        await inventory.As(Roles.Volunteer).GetAsync("/api/inventory/devices.csv").RefusesAsync(HttpStatusCode.Forbidden, "forbidden");
    }

    private Task<ScanReport> ScanAsync(string action, List<string> barcodes, Guid? locationId = null) =>
        _logistics.PostAsync<ScanReport>("/api/inventory/scans", new { action, barcodes, locationId, why = "test" });
}
