using System.Net;
using BetterConnections.Contracts;
using BetterConnections.Inventory.Devices;
using BetterConnections.Testing;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Inventory.Tests;

public class RollingUpdateTests(FreshInventoryApp inventory) : IClassFixture<FreshInventoryApp>
{
    private readonly HttpClient _warehouse = inventory.As(Roles.Logistics);

    /// <summary>A connection has prepared its statements for the table as it was; the newer replica's migration changes the table under it.</summary>
    [Fact]
    public async Task A_column_that_a_newer_replica_adds_costs_a_repeated_request_at_most()
    {
        var location = (await _warehouse.PostAsync<System.Text.Json.JsonElement>("/api/inventory/locations", new { code = Some.Serial(), name = "A shelf", kind = "Warehouse" })).GetProperty("id").GetGuid();
        var device = await _warehouse.PostAsync<DeviceView>("/api/inventory/devices", new { kind = "Modem", serial = Some.Serial() });
        var scan = new { action = "Relocate", barcodes = new[] { device.Barcode }, locationId = location };
        for (var i = 0; i < 20; i++) Assert.Equal(HttpStatusCode.OK, (await _warehouse.PostAsync("/api/inventory/scans", scan)).StatusCode);

        await inventory.InDbAsync(db => db.Database.ExecuteSqlAsync($"alter table devices add column colour text"));

        for (var attempt = 1; ; attempt++)
        {
            var answer = _warehouse.PostAsync("/api/inventory/scans", scan);
            if ((await answer).IsSuccessStatusCode) break;
            await answer.RefusesAsync(HttpStatusCode.ServiceUnavailable, "schema_changed");
            Assert.True(attempt < 10, "It goes on refusing.");
        }
        Assert.Equal(location, (await _warehouse.GetAsync<DeviceView>($"/api/inventory/devices/{device.Barcode}")).LocationId);
    }
}
