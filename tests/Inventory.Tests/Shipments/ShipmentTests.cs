using System.Net;
using BetterConnections.Contracts;
using BetterConnections.Inventory.Devices;
using BetterConnections.Inventory.Kits;
using BetterConnections.Inventory.Shipments;
using BetterConnections.Testing;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Inventory.Tests.Shipments;

public class ShipmentTests(FreshInventoryApp inventory) : IClassFixture<FreshInventoryApp>, IAsyncLifetime
{
    private const string Shipments = "/api/inventory/shipments";
    private readonly HttpClient _logistics = inventory.As(Roles.Logistics);

    public async ValueTask InitializeAsync() => await inventory.EmptyAsync();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task A_kit_is_scanned_on_handed_over_and_received_by_the_named_receiver_in_two_goes()
    {
        var (facility, barcodes) = await ReservedAsync(computers: 3);
        var volunteer = inventory.As(Roles.Volunteer, subject: "volunteer-7");

        var shipment = await StartAsync(facility);
        Assert.Equal(4, (await LoadAsync(shipment, barcodes)).Done);
        var sent = await _logistics.PostAsync<ShipmentView>($"{Shipments}/{shipment}/dispatch", new { carrier = "RAF Logistics", vehicle = "Tour 12", receiver = "volunteer-7" });

        Assert.Equal((ShipmentStatus.Dispatched, 4), (sent.Status, sent.Loaded));
        await inventory.Broker.HeardAsync<KitDispatched>(e => e.ShipmentId == shipment && e.FacilityId == facility);
        Assert.Equal(KitStatus.InTransit, (await inventory.KitAsync(facility)).Status);
        Assert.All(await inventory.DevicesOfAsync(facility), d => Assert.Equal(DeviceState.InTransit, d.State));

        await volunteer.PostAsync<ScanReport>($"{Shipments}/{shipment}/receipts", new { barcodes = barcodes[..2] });
        Assert.Equal(KitStatus.InTransit, (await inventory.KitAsync(facility)).Status);
        await volunteer.PostAsync<ScanReport>($"{Shipments}/{shipment}/receipts", new { barcodes = barcodes[1..] }); // one of them once more

        await inventory.Broker.HeardAsync<KitDelivered>(e => e.FacilityId == facility && e is { Computers: 3, Modems: 1 });
        Assert.Equal(KitStatus.Delivered, (await inventory.KitAsync(facility)).Status);
        Assert.All(await inventory.DevicesOfAsync(facility), d => Assert.Equal((DeviceState.Deployed, facility), (d.State, d.LocationId!.Value)));
        var closed = await volunteer.PostAsync<ShipmentView>($"{Shipments}/{shipment}/close");
        Assert.Equal((ShipmentStatus.Closed, 4, 0, 0), (closed.Status, closed.Received, closed.Damaged, closed.Missing));
    }

    [Fact]
    public async Task What_does_not_belong_to_the_kit_is_not_loaded()
    {
        var (facility, barcodes) = await ReservedAsync(computers: 2);
        var stranger = (await inventory.PutOnTheShelfAsync(1)).Single();
        var (first, second) = (await StartAsync(facility), await StartAsync(facility));
        await LoadAsync(first, barcodes[..1]);

        var report = await LoadAsync(second, [stranger, barcodes[0], barcodes[1], barcodes[1], "BC-000001-0"]);
        Assert.Equal(["not_in_this_kit", "loaded_elsewhere", null, "scanned_twice", "check_character_wrong"], report.Results.Select(r => r.Code));
        Assert.Equal("already_loaded", (await LoadAsync(second, [barcodes[1]])).Results.Single().Code);

        await _logistics.PostAsync<ScanReport>($"{Shipments}/{first}/unload", new { barcodes = barcodes[..1] });
        Assert.Equal(1, (await LoadAsync(second, barcodes[..1])).Done);
        await _logistics.PostAsync($"{Shipments}/{first}/dispatch", new { carrier = "RAF" }).RefusesAsync(HttpStatusCode.Conflict, "nothing_loaded");
    }

    [Fact]
    public async Task A_device_that_breaks_after_loading_has_to_be_unloaded_first()
    {
        var (facility, barcodes) = await ReservedAsync(computers: 2);
        var shipment = await StartAsync(facility);
        await LoadAsync(shipment, barcodes);
        await _logistics.PostAsync<ScanReport>("/api/inventory/scans", new { action = "Fault", barcodes = barcodes[..1], why = "fell off the ramp" });

        var problem = await _logistics.PostAsync($"{Shipments}/{shipment}/dispatch", new { carrier = "RAF" }).RefusesAsync(HttpStatusCode.Conflict, "device_no_longer_in_kit");
        Assert.Equal(barcodes[0], problem.GetProperty("barcodes")[0].GetString());
        Assert.Equal(DeviceState.Reserved, (await inventory.DeviceAsync(barcodes[1])).State);

        await _logistics.PostAsync<ScanReport>($"{Shipments}/{shipment}/unload", new { barcodes = barcodes[..1] });
        Assert.Equal(ShipmentStatus.Dispatched, (await _logistics.PostAsync<ShipmentView>($"{Shipments}/{shipment}/dispatch", new { carrier = "RAF" })).Status);
    }

    [Fact]
    public async Task Missing_and_damaged_devices_are_written_down_replaced_before_the_line_and_complete_the_kit()
    {
        var (facility, barcodes) = await ReservedAsync(computers: 3);
        var shipment = await SendAsync(facility, barcodes);
        await inventory.SpaceReadyAsync(computers: 2, modems: 0, priority: 90); // waits, and must not get the replacements

        await _logistics.PostAsync<ScanReport>($"{Shipments}/{shipment}/receipts", new { barcodes = new[] { barcodes[0], barcodes[3] } });
        await _logistics.PostAsync<ScanReport>($"{Shipments}/{shipment}/receipts", new { barcodes = new[] { barcodes[1] }, damaged = true, note = "screen cracked" });
        await inventory.StockArrivesAsync(1);
        var closed = await _logistics.PostAsync<ShipmentView>($"{Shipments}/{shipment}/close");

        Assert.Equal((2, 1, 1), (closed.Received, closed.Damaged, closed.Missing));
        Assert.Equal((DeviceState.Faulty, facility), ((await inventory.DeviceAsync(barcodes[1])).State, (await inventory.DeviceAsync(barcodes[1])).LocationId!.Value));
        Assert.Equal(DeviceState.Lost, (await inventory.DeviceAsync(barcodes[2])).State);
        await inventory.Broker.HeardAsync<DeviceFailed>(e => e.Barcode == barcodes[1] && e.FacilityId is null);
        await inventory.Broker.HeardAsync<KitBackordered>(e => e.FacilityId == facility && e is { MissingComputers: 1, Reason: WaitReasons.ReplacementShort });
        Assert.Equal(KitStatus.InTransit, (await inventory.KitAsync(facility)).Status);

        await inventory.StockArrivesAsync(1);
        var replacements = (await inventory.DevicesOfAsync(facility)).Where(d => d.State == DeviceState.Reserved).Select(d => d.Barcode).ToArray();
        Assert.Equal(2, replacements.Length);
        var second = await SendAsync(facility, replacements);
        await _logistics.PostAsync<ScanReport>($"{Shipments}/{second}/receipts", new { barcodes = replacements });

        await inventory.Broker.HeardAsync<DeviceReplaced>(e => e.OldBarcode == barcodes[1] && replacements.Contains(e.NewBarcode) && e.FacilityId == facility);
        await inventory.Broker.HeardAsync<DeviceReplaced>(e => e.OldBarcode == barcodes[2] && replacements.Contains(e.NewBarcode) && e.FacilityId == facility);
        await inventory.Broker.HeardAsync<KitDelivered>(e => e.FacilityId == facility);
        Assert.Equal(4, (await inventory.DevicesOfAsync(facility)).Count(d => d.State == DeviceState.Deployed));

        // The missing one turns up after all: it comes back as any device does.
        await _logistics.PostAsync<ScanReport>("/api/inventory/scans", new { action = "Find", barcodes = new[] { barcodes[2] }, locationId = await inventory.LocationAsync() });
        Assert.Equal(DeviceState.Returned, (await inventory.DeviceAsync(barcodes[2])).State);
    }

    [Fact]
    public async Task What_is_scanned_on_site_must_be_on_the_shipment_and_is_received_once()
    {
        var (facility, barcodes) = await ReservedAsync(computers: 2);
        var shipment = await SendAsync(facility, barcodes);
        var stranger = (await inventory.PutOnTheShelfAsync(1)).Single();
        var receipts = $"{Shipments}/{shipment}/receipts";

        Assert.Equal([null, "not_in_shipment"], (await _logistics.PostAsync<ScanReport>(receipts, new { barcodes = new[] { barcodes[0], stranger } })).Results.Select(r => r.Code));
        Assert.Equal([null], (await _logistics.PostAsync<ScanReport>(receipts, new { barcodes = barcodes[..1] })).Results.Select(r => r.Code));
        Assert.Equal(["already_received"], (await _logistics.PostAsync<ScanReport>(receipts, new { barcodes = barcodes[..1], damaged = true })).Results.Select(r => r.Code));
        Assert.Single(await _logistics.GetAsync<List<DeviceEventView>>($"/api/inventory/devices/{barcodes[0]}/history"), h => h.To == DeviceState.Deployed);
        await _logistics.PostAsync(receipts, new { barcodes = Array.Empty<string>() }).RefusesAsync(HttpStatusCode.BadRequest, "scan_count_not_valid");
    }

    [Fact]
    public async Task A_shipment_is_nobodys_but_its_receivers_and_the_staffs()
    {
        var (facility, barcodes) = await ReservedAsync(computers: 1);
        var shipment = await SendAsync(facility, barcodes, receiver: "employer-3");

        await inventory.As(Roles.Volunteer).GetAsync($"{Shipments}/{shipment}").RefusesAsync(HttpStatusCode.NotFound, "shipment_unknown");
        await inventory.As(Roles.Volunteer).PostAsync($"{Shipments}/{shipment}/receipts", new { barcodes }).RefusesAsync(HttpStatusCode.NotFound, "shipment_unknown");
        await inventory.As(Roles.Donor).GetAsync($"{Shipments}/{shipment}").RefusesAsync(HttpStatusCode.Forbidden, "forbidden");
        await inventory.As(Roles.Employer, subject: "employer-3").PostAsync(Shipments, new { facilityId = facility }).RefusesAsync(HttpStatusCode.Forbidden, "forbidden");
        var seen = await inventory.As(Roles.Employer, subject: "employer-3").GetAsync<Postgres.Page<ShipmentView>>(Shipments);
        Assert.Equal([shipment], seen.Items.Select(s => s.Id));
        Assert.Equal(2, (await _logistics.GetAsync<ShipmentWithItems>($"{Shipments}/{shipment}")).Items.Count);
    }

    [Fact]
    public async Task A_withdrawal_cancels_what_is_being_loaded_and_calls_back_what_has_left()
    {
        var (facility, barcodes) = await ReservedAsync(computers: 2);
        await SendAsync(facility, barcodes[..1]);
        var loading = await StartAsync(facility);
        await LoadAsync(loading, barcodes[1..]);

        await inventory.DeliverAsync(new FacilityWithdrawn(facility, "sold", inventory.Clock.GetUtcNow()), times: 2);

        Assert.Equal(KitStatus.CalledBack, (await inventory.KitAsync(facility)).Status);
        Assert.Equal(DeviceState.InTransit, (await inventory.DeviceAsync(barcodes[0])).State);
        Assert.Equal(DeviceState.InStock, (await inventory.DeviceAsync(barcodes[1])).State);
        await _logistics.PostAsync($"{Shipments}/{loading}/dispatch", new { carrier = "RAF" }).RefusesAsync(HttpStatusCode.Conflict, "shipment_not_loading");
        // Free for the next facility's shipment.
        var next = await inventory.SpaceReadyAsync(computers: 1, modems: 1);
        Assert.Equal(2, (await LoadAsync(await StartAsync(next), [.. (await inventory.DevicesOfAsync(next)).Select(d => d.Barcode)])).Done);
        await _logistics.PostAsync(Shipments, new { facilityId = Guid.NewGuid() }).RefusesAsync(HttpStatusCode.NotFound, "kit_unknown");
        await _logistics.PostAsync(Shipments, new { facilityId = facility }).RefusesAsync(HttpStatusCode.Conflict, "nothing_to_ship");
    }

    private async Task<(Guid Facility, string[] Barcodes)> ReservedAsync(int computers)
    {
        await inventory.PutOnTheShelfAsync(computers);
        await inventory.PutOnTheShelfAsync(1, DeviceKind.Modem);
        var facility = await inventory.SpaceReadyAsync(computers, modems: 1);
        return (facility, [.. (await inventory.DevicesOfAsync(facility)).Select(d => d.Barcode)]);
    }

    private async Task<Guid> StartAsync(Guid facility) => (await _logistics.PostAsync<ShipmentView>(Shipments, new { facilityId = facility })).Id;

    private Task<ScanReport> LoadAsync(Guid shipment, string[] barcodes) => _logistics.PostAsync<ScanReport>($"{Shipments}/{shipment}/load", new { barcodes });

    private async Task<Guid> SendAsync(Guid facility, string[] barcodes, string? receiver = null)
    {
        var shipment = await StartAsync(facility);
        await LoadAsync(shipment, barcodes);
        await _logistics.PostAsync<ShipmentView>($"{Shipments}/{shipment}/dispatch", new { carrier = "RAF Logistics", receiver });
        return shipment;
    }
}
