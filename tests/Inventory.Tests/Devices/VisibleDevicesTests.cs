using System.Net;
using BetterConnections.Contracts;
using BetterConnections.Inventory.Devices;
using BetterConnections.Inventory.Donations;
using BetterConnections.Inventory.Donors;
using BetterConnections.Inventory.Locations;
using BetterConnections.Inventory.Tests.Donations;
using BetterConnections.Inventory.Tests.Wipes;
using BetterConnections.Inventory.Wipes;
using BetterConnections.Postgres;
using BetterConnections.Testing;
using Microsoft.EntityFrameworkCore;

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

    [Fact]
    public async Task An_evaluator_follows_a_serial_to_its_wipe_and_its_donor_and_back_and_changes_nothing()
    {
        var (evaluator, donor, serial) = (inventory.As(Roles.Evaluator), await inventory.DonorAsync(), Some.Serial());
        var donation = await inventory.AcceptedDonationAsync(donor);
        await _warehouse.ImportAsync(donation.Id, DonationSteps.Csv($"Serial,Kind\n{serial},laptop\n"));
        var barcode = (await _warehouse.GetAsync<DeviceView>($"/api/inventory/devices/{serial}")).Barcode;
        await inventory.InDbAsync(db => db.Devices.Where(d => d.Barcode == barcode).ExecuteUpdateAsync(s => s.SetProperty(d => d.State, DeviceState.Triaged)));
        Assert.True((await _warehouse.WipeAsync(Bench.Record(barcode))).Results[0].Done);

        await SeesAsync(evaluator, barcode);
        var device = await evaluator.GetAsync<DeviceView>($"/api/inventory/devices/{serial}");
        var wipe = Assert.Single(await evaluator.GetAsync<List<WipeView>>($"/api/inventory/devices/{barcode}/wipes"));
        Assert.Equal(WipeStanding.Purge, wipe.Standing);
        var given = await evaluator.GetAsync<DonationView>($"/api/inventory/donations/{device.DonationId}");
        Assert.Equal(donor, await evaluator.GetAsync<DonorView>($"/api/inventory/donors/{given.DonorId}"));
        Assert.Equal(donation.Id, Assert.Single((await evaluator.GetAsync<Page<DonationView>>($"/api/inventory/donations?donorId={donor.Id}")).Items).Id);
        Assert.Equal(serial, Assert.Single((await evaluator.GetAsync<Page<DonatedDeviceView>>($"/api/inventory/donations/{donation.Id}/devices")).Items).Serial);
        Assert.Equal(1, (await evaluator.GetAsync<DonationOutcome>($"/api/inventory/donations/{donation.Id}/outcome")).Devices);

        foreach (var path in new[] { $"donations/{donation.Id}/history", $"donations/{donation.Id}/imports", $"wipes/{wipe.Id}/certificate", "devices.csv", "locations" })
            await evaluator.GetAsync($"/api/inventory/{path}").RefusesAsync(HttpStatusCode.Forbidden, "forbidden");
        await evaluator.PostAsync("/api/inventory/devices", new { kind = "desktop", serial = Some.Serial() }).RefusesAsync(HttpStatusCode.Forbidden, "forbidden");
        await evaluator.PostAsync("/api/inventory/donations", new { description = "Mine", expectedDevices = 1 }).RefusesAsync(HttpStatusCode.Forbidden, "forbidden");
    }
}
