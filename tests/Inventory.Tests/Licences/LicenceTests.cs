using System.Net;
using BetterConnections.Contracts;
using BetterConnections.Inventory.Devices;
using BetterConnections.Inventory.Licences;
using BetterConnections.Testing;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Inventory.Tests.Licences;

public class LicenceTests(InventoryApp inventory)
{
    private readonly HttpClient _office = inventory.As(Roles.ProgrammeOffice);
    private readonly HttpClient _warehouse = inventory.As(Roles.Logistics);

    private Task<LicencePoolView> PoolAsync(int seats) => _office.PostAsync<LicencePoolView>("/api/inventory/licence-pools",
        new { product = "Desktop OS", partner = "A vendor", reference = $"AGR-{Guid.NewGuid():n}", seats });

    private Task<List<string>> RefurbishedAsync(int count) => inventory.InDbAsync(async db =>
    {
        var act = new Act("test", inventory.Clock.GetUtcNow());
        var devices = (await db.NextDeviceNumbersAsync(count, CancellationToken.None)).Select(number =>
        {
            var device = Device.Receive(Barcode.Of(number, "BC"), DeviceKind.Desktop, Some.Serial(), StorageKind.Ssd, null, act);
            foreach (var state in new[] { DeviceState.Triaged, DeviceState.Wiped, DeviceState.Refurbished }) device.Move(state, act);
            return device;
        }).ToList();
        db.AddRange(devices);
        await db.SaveChangesAsync();
        return devices.Select(d => d.Barcode).ToList();
    });

    [Fact]
    public async Task A_seat_licenses_one_device_and_the_pool_tells_what_is_left()
    {
        var (pool, devices) = (await PoolAsync(2), await RefurbishedAsync(3));

        var report = await _warehouse.PostAsync<ScanReport>($"/api/inventory/licence-pools/{pool.Id}/seats", new { barcodes = devices });

        Assert.Equal([null, null, "licence_pool_exhausted"], report.Results.Select(r => r.Code));
        Assert.Equal((2, 0), await _office.GetAsync<LicencePoolView>($"/api/inventory/licence-pools/{pool.Id}") is var view ? (view.Used, view.Free) : default);
        Assert.Equal(DeviceState.Refurbished, (await _warehouse.GetAsync<DeviceView>($"/api/inventory/devices/{devices[2]}")).State);
    }

    [Fact]
    public async Task Fifty_at_once_for_the_last_seats_never_get_one_too_many()
    {
        var (pool, devices) = (await PoolAsync(7), await RefurbishedAsync(50));

        var reports = await Task.WhenAll(devices.Select(d => _warehouse.PostAsync<ScanReport>($"/api/inventory/licence-pools/{pool.Id}/seats", new { barcodes = new[] { d } })));

        Assert.Equal(7, reports.Sum(r => r.Done));
        Assert.All(reports.SelectMany(r => r.Results).Where(r => !r.Done), r => Assert.Equal("licence_pool_exhausted", r.Code));
        Assert.Equal(7, await inventory.InDbAsync(db => db.LicenceSeats.CountAsync(s => s.PoolId == pool.Id)));
        Assert.Equal(7, await inventory.InDbAsync(db => db.Devices.CountAsync(d => devices.Contains(d.Barcode) && d.State == DeviceState.Licensed)));
    }

    [Fact]
    public async Task A_retired_device_gives_its_seat_back()
    {
        var (pool, devices) = (await PoolAsync(1), await RefurbishedAsync(2));
        await _warehouse.PostAsync<ScanReport>($"/api/inventory/licence-pools/{pool.Id}/seats", new { barcodes = devices.Take(1) });

        await _warehouse.PostAsync<ScanReport>("/api/inventory/scans", new { action = "Retire", barcodes = devices.Take(1), why = "beyond repair" });
        var report = await _warehouse.PostAsync<ScanReport>($"/api/inventory/licence-pools/{pool.Id}/seats", new { barcodes = devices.Skip(1) });

        Assert.Equal(1, report.Done);
    }

    [Fact]
    public async Task A_product_key_is_not_taken_for_a_reference()
    {
        await _office.PostAsync("/api/inventory/licence-pools", new { product = "OS", partner = "A vendor", reference = "ABCDE-12345-FGHIJ-67890-KLMNO", seats = 5 })
            .RefusesAsync(HttpStatusCode.BadRequest, "looks_like_a_key");
        await _office.PostAsync("/api/inventory/licence-pools", new { product = "OS", partner = "A vendor", reference = "AGR-1", seats = 0 })
            .RefusesAsync(HttpStatusCode.BadRequest, "validation_failed");
        await _warehouse.PostAsync("/api/inventory/licence-pools", new { product = "OS", partner = "A vendor", reference = "AGR-1", seats = 5 })
            .RefusesAsync(HttpStatusCode.Forbidden, "forbidden");
    }

    [Fact]
    public async Task A_pool_grows_and_shrinks_but_not_below_what_is_used()
    {
        var created = await _office.PostAsync("/api/inventory/licence-pools", new { product = "Suite", partner = "A vendor", reference = $"AGR-{Guid.NewGuid():n}", seats = 3 });
        var address = created.Headers.Location!.ToString();
        await _warehouse.PostAsync<ScanReport>($"{address}/seats", new { barcodes = await RefurbishedAsync(2) });

        await _office.PutAsync(address, new { seats = 2 }, ifMatch: null).RefusesAsync(HttpStatusCode.PreconditionRequired, "if_match_required");
        await _office.PutAsync(address, new { }, created.Headers.ETag!.Tag).RefusesAsync(HttpStatusCode.BadRequest, "validation_failed");
        await _office.PutAsync(address, new { seats = 1 }, created.Headers.ETag!.Tag).RefusesAsync(HttpStatusCode.Conflict, "seats_in_use");
        Assert.Equal(0, (await (await _office.PutAsync(address, new { seats = 2 }, created.Headers.ETag!.Tag)).ReadAsync<LicencePoolView>()).Free);
    }
}
