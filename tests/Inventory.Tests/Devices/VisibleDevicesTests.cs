using System.Net;
using BetterConnections.Contracts;
using BetterConnections.Inventory.Devices;
using BetterConnections.Inventory.Locations;
using BetterConnections.Inventory.Tests.Donations;
using BetterConnections.Postgres;
using BetterConnections.Testing;

namespace BetterConnections.Inventory.Tests.Devices;

public class VisibleDevicesTests(InventoryApp inventory)
{
    private readonly HttpClient _warehouse = inventory.As(Roles.Logistics);

    private async Task SeesAsync(HttpClient client, string barcode)
    {
        await client.GetAsync<DeviceView>($"/api/inventory/devices/{barcode}");
        await client.GetAsync<List<DeviceEventView>>($"/api/inventory/devices/{barcode}/history");
        Assert.Equal(barcode, Assert.Single((await client.GetAsync<Page<DeviceView>>($"/api/inventory/devices?search={barcode}")).Items).Barcode);
    }

    private async Task DoesNotSeeAsync(HttpClient client, string barcode)
    {
        await client.GetAsync($"/api/inventory/devices/{barcode}").RefusesAsync(HttpStatusCode.NotFound, "barcode_unknown");
        await client.GetAsync($"/api/inventory/devices/{barcode}/history").RefusesAsync(HttpStatusCode.NotFound, "barcode_unknown");
        Assert.Empty((await client.GetAsync<Page<DeviceView>>($"/api/inventory/devices?search={barcode}")).Items);
    }

    [Theory]
    [InlineData(Roles.Club, LocationKind.Club)]
    [InlineData(Roles.Recycler, LocationKind.Recycler)]
    public async Task Who_works_on_devices_sees_those_at_its_own_place_and_no_other(string role, LocationKind kind)
    {
        var organisation = Guid.NewGuid();
        var place = await inventory.LocationAsync(kind, organisation);
        var device = await _warehouse.PostAsync<DeviceView>("/api/inventory/devices", new { kind = "desktop", serial = Some.Serial(), locationId = place });

        await SeesAsync(inventory.As(role, organisation), device.Barcode);
        await DoesNotSeeAsync(inventory.As(role, Guid.NewGuid()), device.Barcode);
        await DoesNotSeeAsync(inventory.As(Roles.Donor, organisation), device.Barcode);
    }

    [Theory]
    [InlineData(Roles.Club, LocationKind.Club)]
    [InlineData(Roles.Recycler, LocationKind.Recycler)]
    public async Task Who_works_on_devices_sees_its_own_places_and_the_warehouses_alone(string role, LocationKind kind)
    {
        var organisation = Guid.NewGuid();
        Guid[] places = [await inventory.LocationAsync(kind, organisation), await inventory.LocationAsync(kind, Guid.NewGuid()), await inventory.LocationAsync(LocationKind.Facility)];

        var seen = (await inventory.As(role, organisation).GetAsync<Page<LocationView>>("/api/inventory/locations?limit=200")).Items;

        Assert.Equal([places[0]], seen.Where(l => l.Kind != LocationKind.Warehouse).Select(l => l.Id));
        Assert.Equal(places[0], Assert.Single((await inventory.As(role, organisation).GetAsync<Page<LocationView>>($"/api/inventory/locations?kind={kind}")).Items).Id);
    }

    [Fact]
    public async Task A_donor_sees_the_devices_it_gave_and_no_other()
    {
        var donation = await inventory.AcceptedDonationAsync();
        var serial = Some.Serial();
        await _warehouse.ImportAsync(donation.Id, DonationSteps.Csv($"Serial,Kind\n{serial},laptop\n"));
        var device = await _warehouse.GetAsync<DeviceView>($"/api/inventory/devices/{serial}");

        await SeesAsync(inventory.As(Roles.Donor, donation.DonorId), device.Barcode);
        await DoesNotSeeAsync(inventory.As(Roles.Donor, Guid.NewGuid()), device.Barcode);
        await DoesNotSeeAsync(inventory.As(Roles.Club, donation.DonorId), device.Barcode);
    }

    [Fact]
    public async Task The_programme_office_and_a_partner_system_see_every_device_and_volunteers_and_operators_none()
    {
        var device = await _warehouse.PostAsync<DeviceView>("/api/inventory/devices", new { kind = "desktop", serial = Some.Serial() });

        await SeesAsync(inventory.As(Roles.ProgrammeOffice), device.Barcode);
        await SeesAsync(inventory.WithScope("inventory.read"), device.Barcode);
        foreach (var role in new[] { Roles.Volunteer, Roles.Operator, Roles.Employer })
            await inventory.As(role, Guid.NewGuid()).GetAsync($"/api/inventory/devices/{device.Barcode}").RefusesAsync(HttpStatusCode.Forbidden, "forbidden");
        await inventory.As(Roles.Club).GetAsync("/api/inventory/devices").RefusesAsync(HttpStatusCode.Forbidden, "organisation_missing");
    }
}
