using System.Net;
using BetterConnections.Contracts;
using BetterConnections.Inventory.Devices;
using BetterConnections.Inventory.Stock;
using BetterConnections.Testing;

namespace BetterConnections.Inventory.Tests.Stock;

public class StockCountTests(InventoryApp inventory)
{
    private const string Counts = "/api/inventory/stock-counts";
    private readonly HttpClient _logistics = inventory.As(Roles.Logistics);

    [Fact]
    public async Task A_count_tells_what_is_missing_and_what_is_there_against_the_books_and_changes_nothing()
    {
        var (here, there) = (await inventory.LocationAsync(), await inventory.LocationAsync());
        var counted = await inventory.PutOnTheShelfAsync(3, DeviceKind.Monitor, here);
        var stray = (await inventory.PutOnTheShelfAsync(1, DeviceKind.Monitor, there)).Single();
        var count = await OpenAsync(here);

        await ScanAsync(count, counted[0], counted[1]);
        await ScanAsync(count, counted[1], stray, "BC-000001-0"); // again, after a break
        var report = await _logistics.PostAsync<StockCountView>($"{Counts}/{count}/close");

        Assert.Equal((3, 2, 1, 1), (report.Scanned, report.Matched, report.Missing, report.Unexpected));
        Assert.Equal(counted[2], Assert.Single(await LinesAsync(count, CountFinding.Missing)).Barcode);
        var unexpected = Assert.Single(await LinesAsync(count, CountFinding.Unexpected));
        Assert.Equal((stray, there), (unexpected.Barcode, unexpected.BookLocationId!.Value));
        Assert.Equal(DeviceState.InStock, (await inventory.DeviceAsync(counted[2])).State);
        Assert.Equal(there, (await inventory.DeviceAsync(stray)).LocationId);
        await _logistics.PostAsync($"{Counts}/{count}/scan", new { barcodes = counted }).RefusesAsync(HttpStatusCode.Conflict, "count_closed");
    }

    [Fact]
    public async Task An_applied_count_moves_the_books_once_with_its_reason_and_leaves_alone_what_changed_since()
    {
        var (here, there) = (await inventory.LocationAsync(), await inventory.LocationAsync());
        var missing = await inventory.PutOnTheShelfAsync(2, DeviceKind.Monitor, here);
        var stray = (await inventory.PutOnTheShelfAsync(1, DeviceKind.Monitor, there)).Single();
        var count = await OpenAsync(here);
        await ScanAsync(count, stray);
        var apply = $"{Counts}/{count}/apply";
        await _logistics.PostAsync(apply, new { reason = "yearly count" }).RefusesAsync(HttpStatusCode.Conflict, "count_open");
        await _logistics.PostAsync<StockCountView>($"{Counts}/{count}/close");
        await _logistics.PostAsync<ScanReport>("/api/inventory/scans", new { action = "Relocate", barcodes = missing[1..], locationId = there });
        await _logistics.PostAsync(apply, new { }).RefusesAsync(HttpStatusCode.BadRequest, "validation_failed");

        var report = await _logistics.PostAsync<ScanReport>(apply, new { reason = "yearly count" });

        Assert.Equal((2, 1), (report.Done, report.Refused));
        Assert.Equal("changed_since_count", report.Results.Single(r => r.Barcode == missing[1]).Code);
        Assert.Equal(DeviceState.Lost, (await inventory.DeviceAsync(missing[0])).State);
        Assert.Equal((DeviceState.InStock, here), ((await inventory.DeviceAsync(stray)).State, (await inventory.DeviceAsync(stray)).LocationId!.Value));
        Assert.Equal("yearly count", (await _logistics.GetAsync<List<DeviceEventView>>($"/api/inventory/devices/{stray}/history"))[^1].Why);
        await _logistics.PostAsync(apply, new { reason = "yearly count" }).RefusesAsync(HttpStatusCode.Conflict, "count_applied");
    }

    [Fact]
    public async Task Counting_is_for_those_who_store_and_needs_a_place()
    {
        await _logistics.PostAsync(Counts, new { locationId = Guid.NewGuid() }).RefusesAsync(HttpStatusCode.BadRequest, "location_unknown");
        await _logistics.PostAsync($"{Counts}/{Guid.NewGuid()}/close", new { }).RefusesAsync(HttpStatusCode.NotFound, "count_unknown");
        await inventory.As(Roles.Volunteer).PostAsync(Counts, new { locationId = Guid.NewGuid() }).RefusesAsync(HttpStatusCode.Forbidden, "forbidden");
    }

    private async Task<Guid> OpenAsync(Guid location) => (await _logistics.PostAsync<StockCountView>(Counts, new { locationId = location })).Id;

    private Task<ScanReport> ScanAsync(Guid count, params string[] barcodes) => _logistics.PostAsync<ScanReport>($"{Counts}/{count}/scan", new { barcodes });

    private async Task<IReadOnlyList<CountLineView>> LinesAsync(Guid count, CountFinding finding) =>
        (await _logistics.GetAsync<Postgres.Page<CountLineView>>($"{Counts}/{count}/lines?finding={finding}")).Items;
}
