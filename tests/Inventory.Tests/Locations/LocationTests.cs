using System.Net;
using BetterConnections.Contracts;
using BetterConnections.Inventory.Locations;
using BetterConnections.Testing;

namespace BetterConnections.Inventory.Tests.Locations;

public class LocationTests(InventoryApp inventory)
{
    private const string Locations = "/api/inventory/locations";
    private readonly HttpClient _logistics = inventory.As(Roles.Logistics);

    [Fact]
    public async Task A_place_is_added_once_under_its_code()
    {
        var code = $"W{Guid.NewGuid():n}"[..12];

        var added = await _logistics.PostAsync<LocationView>(Locations, new { code, name = "Warehouse", kind = "Warehouse" });

        Assert.Equal((code.ToUpperInvariant(), LocationKind.Warehouse), (added.Code, added.Kind));
        await _logistics.PostAsync(Locations, new { code, name = "Another", kind = "Warehouse" }).RefusesAsync(HttpStatusCode.Conflict, "location_code_taken");
        await inventory.As(Roles.Club).PostAsync(Locations, new { code = "X1", name = "Ours", kind = "Club" }).RefusesAsync(HttpStatusCode.Forbidden, "forbidden");
    }

    [Fact]
    public async Task What_a_place_is_has_to_be_said_and_a_facility_is_not_added_by_hand()
    {
        await _logistics.PostAsync(Locations, new { code = "X2", name = "Somewhere" }).RefusesAsync(HttpStatusCode.BadRequest, "validation_failed");
        await _logistics.PostAsync(Locations, new { code = "X3", name = "A room", kind = "Facility" }).RefusesAsync(HttpStatusCode.BadRequest, "facility_not_added_here");
    }
}
