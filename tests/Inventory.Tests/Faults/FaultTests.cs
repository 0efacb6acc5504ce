using System.Net;
using BetterConnections.Contracts;
using BetterConnections.Inventory.Devices;
using BetterConnections.Inventory.Faults;
using BetterConnections.Inventory.Kits;
using BetterConnections.Inventory.Replacement;
using BetterConnections.Testing;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Inventory.Tests.Faults;

public class FaultTests(FreshInventoryApp inventory) : IClassFixture<FreshInventoryApp>, IAsyncLifetime
{
    private readonly HttpClient _logistics = inventory.As(Roles.Logistics);

    public async ValueTask InitializeAsync() => await inventory.EmptyAsync();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task A_ticket_about_a_device_in_use_makes_it_faulty_once_though_it_comes_twice()
    {
        var (facility, barcodes) = await InUseAsync(1);
        var ticket = new TicketOpened(Guid.NewGuid(), facility, "device", barcodes[0].ToLowerInvariant().Replace("-", ""), inventory.Clock.GetUtcNow());

        await inventory.DeliverAsync(ticket, times: 2);
        await inventory.DeliverAsync(ticket); // and once more as another message

        await inventory.Broker.HeardAsync<DeviceFailed>(e => e == new DeviceFailed(barcodes[0], facility, ticket.TicketId, e.At));
        var device = await inventory.DeviceAsync(barcodes[0]);
        Assert.Equal((DeviceState.Faulty, facility), (device.State, device.KitId!.Value));
        var fault = Assert.Single((await _logistics.GetAsync<Postgres.Page<FaultView>>($"/api/inventory/devices/{barcodes[0]}/faults")).Items);
        Assert.Equal((FaultOutcome.DeviceFaulty, ticket.TicketId), (fault.Outcome, fault.TicketId!.Value));
    }

    [Fact]
    public async Task A_ticket_that_is_opened_again_makes_the_mended_device_faulty_again()
    {
        var (facility, barcodes) = await InUseAsync(1);
        var ticket = new TicketOpened(Guid.NewGuid(), facility, "device", barcodes[0], inventory.Clock.GetUtcNow());
        await inventory.DeliverAsync(ticket);
        await _logistics.PostAsync<DeviceView>($"/api/inventory/devices/{barcodes[0]}/repair", new { why = "power supply" });
        await _logistics.PostAsync<DeviceView>($"/api/inventory/devices/{barcodes[0]}/repaired", new { why = "new power supply" });

        await inventory.DeliverAsync(ticket with { At = ticket.At.AddDays(1) }, times: 2);

        Assert.Equal(DeviceState.Faulty, (await inventory.DeviceAsync(barcodes[0])).State);
        Assert.Equal(2, (await _logistics.GetAsync<Postgres.Page<FaultView>>($"/api/inventory/devices/{barcodes[0]}/faults")).Items.Count);
    }

    [Theory]
    [InlineData("TV-remote 3")]
    [InlineData("BC-000123-0")]
    [InlineData(null)]
    public async Task A_ticket_about_a_device_nobody_knows_is_written_down_and_poisons_nothing(string? barcode)
    {
        var facility = Guid.NewGuid();
        await inventory.DeliverAsync(new TicketOpened(Guid.NewGuid(), facility, "device", barcode, inventory.Clock.GetUtcNow()));

        var fault = Assert.Single((await _logistics.GetAsync<Postgres.Page<FaultView>>($"/api/inventory/faults?facilityId={facility}")).Items);
        Assert.Equal((FaultOutcome.DeviceUnknown, barcode), (fault.Outcome, fault.Barcode));
    }

    [Fact]
    public async Task A_late_ticket_and_one_about_the_room_change_no_device()
    {
        var shelf = (await inventory.PutOnTheShelfAsync(1)).Single();
        var (facility, barcodes) = await InUseAsync(1, modems: 0);
        Assert.Equal(shelf, barcodes[0]);
        await _logistics.PostAsync<ScanReport>("/api/inventory/scans", new { action = "Return", barcodes, locationId = await inventory.LocationAsync() });

        await inventory.DeliverAsync(new TicketOpened(Guid.NewGuid(), facility, "device", shelf, inventory.Clock.GetUtcNow()));
        await inventory.DeliverAsync(new TicketOpened(Guid.NewGuid(), facility, "room", shelf, inventory.Clock.GetUtcNow()));

        Assert.Equal(DeviceState.Returned, (await inventory.DeviceAsync(shelf)).State);
        var fault = Assert.Single((await _logistics.GetAsync<Postgres.Page<FaultView>>($"/api/inventory/faults?facilityId={facility}")).Items);
        Assert.Equal(FaultOutcome.DeviceNotInUse, fault.Outcome);
    }

    [Fact]
    public async Task A_ticket_from_one_facility_does_not_make_the_device_of_another_faulty()
    {
        var (_, barcodes) = await InUseAsync(1, modems: 0);
        var elsewhere = Guid.NewGuid();

        await inventory.DeliverAsync(new TicketOpened(Guid.NewGuid(), elsewhere, "device", barcodes[0], inventory.Clock.GetUtcNow()));

        Assert.Equal(DeviceState.Deployed, (await inventory.DeviceAsync(barcodes[0])).State);
        var fault = Assert.Single((await _logistics.GetAsync<Postgres.Page<FaultView>>($"/api/inventory/faults?facilityId={elsewhere}")).Items);
        Assert.Equal((FaultOutcome.DeviceElsewhere, barcodes[0]), (fault.Outcome, fault.Barcode));
    }

    [Fact]
    public async Task A_device_mended_on_site_is_in_use_again_and_one_mended_in_the_workshop_comes_back_as_if_new_but_not_into_stock_unwiped()
    {
        var (facility, barcodes) = await InUseAsync(2, modems: 0);
        var store = await inventory.LocationAsync();
        await inventory.As(Roles.Volunteer).PostAsync($"/api/inventory/devices/{barcodes[0]}/faults", new { description = "does not start" }).RefusesAsync(HttpStatusCode.Forbidden, "forbidden");
        await _logistics.PostAsync<FaultView>($"/api/inventory/devices/{barcodes[0]}/faults", new { description = "does not start" });
        await _logistics.PostAsync<DeviceView>($"/api/inventory/devices/{barcodes[0]}/repair", new { why = "power supply" });
        Assert.Equal(DeviceState.Deployed, (await _logistics.PostAsync<DeviceView>($"/api/inventory/devices/{barcodes[0]}/repaired", new { why = "new power supply" })).State);

        await _logistics.PostAsync<FaultView>($"/api/inventory/devices/{barcodes[1]}/faults", new { description = "no picture" });
        await _logistics.PostAsync($"/api/inventory/devices/{barcodes[1]}/repaired", new { why = "x" }).RefusesAsync(HttpStatusCode.BadRequest, "validation_failed");
        await _logistics.PostAsync($"/api/inventory/devices/{barcodes[1]}/repaired", new { why = "too soon" }).RefusesAsync(HttpStatusCode.Conflict, "state_forbids");
        var spare = (await inventory.PutOnTheShelfAsync(1)).Single();
        await _logistics.PostAsync<DeviceView>($"/api/inventory/devices/{barcodes[1]}/repair", new { why = "in the workshop" });
        // Workers used it: what they left on its storage must not come into stock.
        await _logistics.PostAsync($"/api/inventory/devices/{barcodes[1]}/repaired", new { why = "new cable", locationId = store }).RefusesAsync(HttpStatusCode.Conflict, "wipe_missing");
        Assert.Equal(1, (await _logistics.PostAsync<ScanReport>("/api/inventory/scans", new { action = "Return", barcodes = barcodes.Skip(1), locationId = store })).Done);

        var mended = await inventory.DeviceAsync(barcodes[1]);
        Assert.Equal((DeviceState.Returned, store, null), (mended.State, mended.LocationId!.Value, mended.KitId));
        Assert.Equal((barcodes[1], facility), ((await inventory.DeviceAsync(spare)).Replaces, (await inventory.DeviceAsync(spare)).KitId!.Value));
        Assert.Equal([barcodes[0], spare], (await inventory.DevicesOfAsync(facility)).Select(d => d.Barcode));
        await inventory.As(Roles.Employer).PostAsync($"/api/inventory/devices/{spare}/faults", new { description = "nothing" }).RefusesAsync(HttpStatusCode.Forbidden, "forbidden");
    }

    [Fact]
    public async Task A_replaced_device_makes_room_for_another_and_is_to_be_fetched()
    {
        var (facility, barcodes) = await InUseAsync(1, modems: 0);
        var path = $"/api/inventory/devices/{barcodes[0]}/replace";
        await inventory.As(Roles.Volunteer).PostAsync(path, new { why = "too old" }).RefusesAsync(HttpStatusCode.Forbidden, "forbidden");
        await _logistics.PostAsync(path, new { why = "" }).RefusesAsync(HttpStatusCode.BadRequest, "validation_failed");

        Assert.Null((await _logistics.PostAsync<ReplacementView>(path, new { why = "too old" })).NewBarcode); // stock has none
        await _logistics.PostAsync(path, new { why = "too old" }).RefusesAsync(HttpStatusCode.Conflict, "not_in_use");
        await inventory.Broker.HeardAsync<KitBackordered>(e => e.FacilityId == facility && e.Reason == WaitReasons.ReplacementShort);
        var arrived = (await inventory.StockArrivesAsync(1)).Single();

        Assert.Equal(barcodes[0], (await inventory.DeviceAsync(arrived)).Replaces);
        Assert.Equal(arrived, Assert.Single(await inventory.DevicesOfAsync(facility)).Barcode);
        var pickUp = Assert.Single((await _logistics.GetAsync<Postgres.Page<PickUp>>("/api/inventory/pick-ups")).Items);
        Assert.Equal((barcodes[0], DeviceState.Deployed, facility), (pickUp.Barcode, pickUp.State, pickUp.FacilityId!.Value));

        await inventory.PutOnTheShelfAsync(1);
        await inventory.DeployAsync(facility);
        Assert.NotNull((await _logistics.PostAsync<ReplacementView>($"/api/inventory/devices/{arrived}/replace", new { why = "again" })).NewBarcode);
    }

    [Fact]
    public async Task Old_and_failing_devices_are_proposed_for_replacement_oldest_first()
    {
        var year = inventory.Clock.GetUtcNow().Year;
        foreach (var purchased in new int?[] { year - 10, year - 12, year - 2, null }) await inventory.PutOnTheShelfAsync(1, describe: d => d.PurchasedYear = purchased);
        var (_, barcodes) = await InUseAsync(4, modems: 0, stocked: true);
        foreach (var _ in Enumerable.Range(0, 2))
        {
            await _logistics.PostAsync<FaultView>($"/api/inventory/devices/{barcodes[3]}/faults", new { description = "again" });
            await _logistics.PostAsync<DeviceView>($"/api/inventory/devices/{barcodes[3]}/repair", new { why = "again" });
            await _logistics.PostAsync<DeviceView>($"/api/inventory/devices/{barcodes[3]}/repaired", new { why = "again" });
        }
        await _logistics.PostAsync<FaultView>($"/api/inventory/devices/{barcodes[2]}/faults", new { description = "once only" });

        var first = await _logistics.GetAsync<Postgres.Page<ReplacementProposal>>("/api/inventory/replacement-proposals?limit=2");
        var rest = await _logistics.GetAsync<Postgres.Page<ReplacementProposal>>($"/api/inventory/replacement-proposals?limit=2&after={first.Next}");

        Assert.Equal([(barcodes[1], true, 0), (barcodes[0], true, 0), (barcodes[3], false, 2)],
            first.Items.Concat(rest.Items).Select(p => (p.Barcode, p.PastAge, p.FaultsInYear)));
        inventory.Clock.Advance(TimeSpan.FromDays(400));
        Assert.DoesNotContain((await _logistics.GetAsync<Postgres.Page<ReplacementProposal>>("/api/inventory/replacement-proposals")).Items, p => p.Barcode == barcodes[3]);
    }

    private async Task<(Guid Facility, string[] Barcodes)> InUseAsync(int computers, int modems = 1, bool stocked = false)
    {
        if (!stocked) await inventory.PutOnTheShelfAsync(computers - await inventory.InDbAsync(db => db.Devices.CountAsync(d => d.State == DeviceState.InStock)));
        if (modems > 0) await inventory.PutOnTheShelfAsync(modems, DeviceKind.Modem);
        var facility = await inventory.SpaceReadyAsync(computers, modems);
        await inventory.DeployAsync(facility);
        return (facility, [.. (await inventory.DevicesOfAsync(facility)).Select(d => d.Barcode)]);
    }
}
