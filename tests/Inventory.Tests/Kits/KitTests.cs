using System.Net;
using BetterConnections.Contracts;
using BetterConnections.Inventory.Devices;
using BetterConnections.Inventory.Kits;
using BetterConnections.Testing;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Inventory.Tests.Kits;

public class KitTests(FreshInventoryApp inventory) : IClassFixture<FreshInventoryApp>, IAsyncLifetime
{
    private readonly HttpClient _office = inventory.As(Roles.ProgrammeOffice);

    public async ValueTask InitializeAsync() => await inventory.EmptyAsync();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task A_ready_facility_gets_a_whole_kit_once_though_the_news_comes_twice()
    {
        await inventory.PutOnTheShelfAsync(25);
        await inventory.PutOnTheShelfAsync(3, DeviceKind.Modem);

        var facility = await inventory.SpaceReadyAsync(times: 2);
        await inventory.SpaceReadyAsync(facility: facility); // and once more as another message

        await inventory.Broker.HeardAsync<KitReserved>(e => e.FacilityId == facility && e is { Computers: 10, Modems: 1 });
        var answer = await _office.GetAsync<KitWithDevices>($"/api/inventory/kits/{facility}");
        Assert.Equal(KitStatus.Reserved, answer.Kit.Status);
        Assert.Equal((10, 1), (answer.Devices.Count(d => d.Kind == DeviceKind.Desktop), answer.Devices.Count(d => d.Kind == DeviceKind.Modem)));
        Assert.All(answer.Devices, d => Assert.Equal(DeviceState.Reserved, d.State));
        Assert.Equal(15 + 2, await inventory.InDbAsync(db => db.Devices.CountAsync(d => d.State == DeviceState.InStock)));
        Assert.Single(inventory.Broker.Heard<KitReserved>(e => e.FacilityId == facility));
    }

    [Fact]
    public async Task What_is_longest_in_stock_goes_first()
    {
        var old = await inventory.PutOnTheShelfAsync(2);
        inventory.Clock.Advance(TimeSpan.FromMinutes(1));
        await inventory.PutOnTheShelfAsync(2);

        var facility = await inventory.SpaceReadyAsync(computers: 2, modems: 0);

        Assert.Equal(old, (await inventory.DevicesOfAsync(facility)).Select(d => d.Barcode));
    }

    [Fact]
    public async Task Short_stock_is_told_once_and_the_line_is_served_by_itself_when_devices_arrive()
    {
        await inventory.PutOnTheShelfAsync(7);
        var facility = await inventory.SpaceReadyAsync();
        await inventory.DeliverAsync(new StockArrived(1, inventory.Clock.GetUtcNow()), times: 2);

        var waiting = Assert.Single((await _office.GetAsync<Postgres.Page<WaitingKit>>("/api/inventory/waiting-list")).Items);
        Assert.Equal((facility, 1, "Waiting", WaitReasons.StockShort, 3, 1),
            (waiting.FacilityId, waiting.Position, waiting.Status, waiting.Reason, waiting.MissingComputers, waiting.MissingModems));
        Assert.Empty(await inventory.DevicesOfAsync(facility));

        var warehouse = await inventory.LocationAsync();
        var modem = await inventory.PutOnTheShelfAsync(1, DeviceKind.Modem);
        await inventory.StockArrivesAsync(2);
        await inventory.Broker.HeardAsync<KitBackordered>(e => e.FacilityId == facility && e is { MissingComputers: 1, MissingModems: 0 });
        // The last computer comes in by a scan in the warehouse, which is enough.
        var last = (await inventory.PutOnTheShelfAsync(1)).Single();
        var logistics = inventory.As(Roles.Logistics);
        await logistics.PostAsync<ScanReport>("/api/inventory/scans", new { action = "Fault", barcodes = new[] { last }, why = "no picture" });
        await logistics.PostAsync<ScanReport>("/api/inventory/scans", new { action = "Repair", barcodes = new[] { last } });
        await logistics.PostAsync<ScanReport>("/api/inventory/scans", new { action = "Repaired", barcodes = new[] { last }, locationId = warehouse });

        await inventory.Broker.HeardAsync<KitReserved>(e => e.FacilityId == facility);
        var devices = await inventory.DevicesOfAsync(facility);
        Assert.Equal(11, devices.Count);
        Assert.Contains(last, devices.Select(d => d.Barcode));
        Assert.Contains(modem.Single(), devices.Select(d => d.Barcode));
        var told = inventory.Broker.Heard<KitBackordered>(e => e.FacilityId == facility).Select(h => (h.Event.MissingComputers, h.Event.MissingModems)).ToList();
        Assert.Equal([(3, 1), (1, 0)], told);
        Assert.Empty((await _office.GetAsync<Postgres.Page<WaitingKit>>("/api/inventory/waiting-list")).Items);
    }

    [Fact]
    public async Task The_line_goes_by_priority_then_by_readiness_and_nobody_overtakes_who_is_next()
    {
        var late = await inventory.SpaceReadyAsync(computers: 4, modems: 0, ago: TimeSpan.FromHours(1));
        var early = await inventory.SpaceReadyAsync(computers: 4, modems: 0, ago: TimeSpan.FromHours(2));
        var urgent = await inventory.SpaceReadyAsync(computers: 6, modems: 0, priority: 5);

        var line = await _office.GetAsync<Postgres.Page<WaitingKit>>("/api/inventory/waiting-list");
        Assert.Equal([urgent, early, late], line.Items.Select(w => w.FacilityId));
        Assert.Equal([1, 2, 3], line.Items.Select(w => w.Position));

        await inventory.StockArrivesAsync(5); // enough for either of those behind
        Assert.Equal([KitStatus.Waiting, KitStatus.Waiting, KitStatus.Waiting],
            [(await inventory.KitAsync(urgent)).Status, (await inventory.KitAsync(early)).Status, (await inventory.KitAsync(late)).Status]);
        var behind = await inventory.KitAsync(early);
        Assert.Equal((WaitReasons.BehindInLine, 4), (behind.Reason, behind.MissingComputers));

        await inventory.StockArrivesAsync(5);
        Assert.Equal([KitStatus.Reserved, KitStatus.Reserved, KitStatus.Waiting],
            [(await inventory.KitAsync(urgent)).Status, (await inventory.KitAsync(early)).Status, (await inventory.KitAsync(late)).Status]);
    }

    [Fact]
    public async Task The_warehouse_says_when_a_kit_is_delivered_and_says_so_again_when_the_day_changes()
    {
        await inventory.PutOnTheShelfAsync(3);
        var (served, waits) = (await inventory.SpaceReadyAsync(computers: 3, modems: 0, ago: TimeSpan.FromHours(1)), await inventory.SpaceReadyAsync(computers: 3, modems: 0));
        var (logistics, path) = (inventory.As(Roles.Logistics), $"/api/inventory/kits/{served}/plan-delivery");
        var today = DateOnly.FromDateTime(inventory.Clock.GetUtcNow().ToOffset(TimeSpan.FromHours(3)).DateTime);

        await _office.PostAsync(path, new { on = today }).RefusesAsync(HttpStatusCode.Forbidden, "forbidden");
        await logistics.PostAsync(path, new { on = today.AddDays(-1) }).RefusesAsync(HttpStatusCode.BadRequest, "day_is_over");
        await logistics.PostAsync(path, new { }).RefusesAsync(HttpStatusCode.BadRequest, "validation_failed");
        await logistics.PostAsync($"/api/inventory/kits/{waits}/plan-delivery", new { on = today }).RefusesAsync(HttpStatusCode.Conflict, "kit_not_to_deliver");
        foreach (var day in (DateOnly[])[today.AddDays(2), today.AddDays(4)]) Assert.Equal(day, (await logistics.PostAsync<KitView>(path, new { on = day })).DeliveryOn);

        await inventory.Broker.HeardAsync<DeliveryPlanned>(e => e.FacilityId == served && e.On == today.AddDays(4));
        Assert.Equal([today.AddDays(2), today.AddDays(4)], inventory.Broker.Heard<DeliveryPlanned>(e => e.FacilityId == served).Select(h => h.Event.On).Order());
    }

    [Fact]
    public async Task The_programme_office_moves_a_facility_in_the_line_which_is_then_gone_through_again()
    {
        await inventory.PutOnTheShelfAsync(3);
        var large = await inventory.SpaceReadyAsync(computers: 10, modems: 0, ago: TimeSpan.FromHours(2));
        var small = await inventory.SpaceReadyAsync(computers: 3, modems: 0);
        var (path, request) = ($"/api/inventory/kits/{small}/priority", new { priority = 10, why = "opens with the minister" });

        await inventory.As(Roles.Logistics).PostAsync(path, request).RefusesAsync(HttpStatusCode.Forbidden, "forbidden");
        await _office.PostAsync(path, new { priority = 1000, why = "x" }).RefusesAsync(HttpStatusCode.BadRequest, "validation_failed");
        await _office.PostAsync($"/api/inventory/kits/{Guid.NewGuid()}/priority", request).RefusesAsync(HttpStatusCode.NotFound, "kit_unknown");
        Assert.Equal(KitStatus.Reserved, (await _office.PostAsync<KitView>(path, request)).Status);

        await _office.PostAsync(path, request).RefusesAsync(HttpStatusCode.Conflict, "kit_not_waiting");
        Assert.Equal((KitStatus.Waiting, 10), ((await inventory.KitAsync(large)).Status, (await inventory.KitAsync(large)).MissingComputers));
    }

    [Fact]
    public async Task A_withdrawal_before_dispatch_releases_the_devices_to_the_next_in_line()
    {
        await inventory.PutOnTheShelfAsync(7);
        var first = await inventory.SpaceReadyAsync(computers: 7, modems: 0, ago: TimeSpan.FromHours(1));
        var second = await inventory.SpaceReadyAsync(computers: 7, modems: 0);
        Assert.Equal(KitStatus.Waiting, (await inventory.KitAsync(second)).Status);

        await inventory.DeliverAsync(new FacilityWithdrawn(first, "sold", inventory.Clock.GetUtcNow()), times: 2);
        await inventory.Broker.HeardAsync<KitReserved>(e => e.FacilityId == second);

        var released = await inventory.KitAsync(first);
        Assert.Equal((KitStatus.Released, "sold"), (released.Status, released.Reason));
        Assert.Equal(7, (await inventory.DevicesOfAsync(second)).Count);
        Assert.Single(inventory.Broker.Heard<StockArrived>(e => e.Devices == 7)); // released once, though told twice
    }

    [Fact]
    public async Task A_withdrawal_that_overtakes_the_readiness_wins()
    {
        await inventory.PutOnTheShelfAsync(2);
        var facility = Guid.CreateVersion7();

        await inventory.DeliverAsync(new FacilityWithdrawn(facility, "sold", inventory.Clock.GetUtcNow()));
        await inventory.SpaceReadyAsync(computers: 2, modems: 0, facility: facility);

        var kit = await inventory.KitAsync(facility);
        Assert.Equal((KitStatus.Cancelled, 2, "sold"), (kit.Status, kit.Computers, kit.Reason));
        Assert.Empty(await inventory.DevicesOfAsync(facility));
        Assert.Empty((await _office.GetAsync<Postgres.Page<WaitingKit>>("/api/inventory/waiting-list")).Items);
    }

    [Fact]
    public async Task A_closed_facilitys_devices_are_to_be_fetched_and_come_back_by_scan()
    {
        await inventory.PutOnTheShelfAsync(2);
        var facility = await inventory.SpaceReadyAsync(computers: 2, modems: 0);
        await inventory.DeployAsync(facility);

        await inventory.DeliverAsync(new FacilityClosed(facility, "contract ended", inventory.Clock.GetUtcNow()), times: 2);

        Assert.Equal(KitStatus.CalledBack, (await inventory.KitAsync(facility)).Status);
        var pickUps = (await _office.GetAsync<Postgres.Page<PickUp>>($"/api/inventory/pick-ups?facilityId={facility}")).Items;
        Assert.Equal([DeviceState.Deployed, DeviceState.Deployed], pickUps.Select(p => p.State));

        await inventory.As(Roles.Logistics).PostAsync<ScanReport>("/api/inventory/scans",
            new { action = "Return", barcodes = pickUps.Select(p => p.Barcode), locationId = await inventory.LocationAsync() });

        Assert.Empty((await _office.GetAsync<Postgres.Page<PickUp>>("/api/inventory/pick-ups")).Items);
        var back = await inventory.DeviceAsync(pickUps[0].Barcode);
        Assert.Equal((DeviceState.Returned, null, null), (back.State, back.KitId, back.LeftKitId));
    }

    [Fact]
    public async Task A_device_that_breaks_in_the_warehouse_is_made_up_for_before_anyone_in_line_is_served()
    {
        await inventory.PutOnTheShelfAsync(3);
        var has = await inventory.SpaceReadyAsync(computers: 3, modems: 0, ago: TimeSpan.FromHours(1));
        var waits = await inventory.SpaceReadyAsync(computers: 1, modems: 0, priority: 50);
        var broken = (await inventory.DevicesOfAsync(has))[0].Barcode;

        await inventory.As(Roles.Logistics).PostAsync<ScanReport>("/api/inventory/scans", new { action = "Fault", barcodes = new[] { broken }, why = "fell" });
        var line = (await _office.GetAsync<Postgres.Page<WaitingKit>>("/api/inventory/waiting-list")).Items;
        Assert.Equal([(has, WaitReasons.ReplacementShort, 1), (waits, WaitReasons.StockShort, 1)], line.Select(w => (w.FacilityId, w.Reason!, w.MissingComputers)));

        var arrived = (await inventory.StockArrivesAsync(1)).Single();
        Assert.Equal((broken, has), ((await inventory.DeviceAsync(arrived)).Replaces, (await inventory.DeviceAsync(arrived)).KitId!.Value));
        Assert.Equal(3, (await inventory.DevicesOfAsync(has)).Count);
        Assert.Equal((null, 0), ((await inventory.KitAsync(has)).Reason, (await inventory.KitAsync(has)).MissingComputers));
        Assert.Equal(KitStatus.Waiting, (await inventory.KitAsync(waits)).Status);
    }

    [Fact]
    public async Task A_reserved_device_is_not_put_back_on_the_shelf_by_a_scan()
    {
        await inventory.PutOnTheShelfAsync(1);
        var facility = await inventory.SpaceReadyAsync(computers: 1, modems: 0);
        var reserved = (await inventory.DevicesOfAsync(facility)).Single().Barcode;

        var report = await inventory.As(Roles.Logistics).PostAsync<ScanReport>("/api/inventory/scans",
            new { action = "Store", barcodes = new[] { reserved }, locationId = await inventory.LocationAsync() });

        Assert.Equal("reserved_for_kit", report.Results.Single().Code);
    }

    [Fact]
    public async Task Kits_are_listed_by_status_and_only_for_those_who_store_and_plan()
    {
        var waiting = await inventory.SpaceReadyAsync();
        await inventory.PutOnTheShelfAsync(1);
        await inventory.SpaceReadyAsync(computers: 1, modems: 0, priority: 1);

        Assert.Equal([waiting], (await _office.GetAsync<Postgres.Page<KitView>>("/api/inventory/kits?status=Waiting&limit=1")).Items.Select(k => k.FacilityId));
        await inventory.As(Roles.Employer).GetAsync("/api/inventory/kits").RefusesAsync(HttpStatusCode.Forbidden, "forbidden");
        await _office.GetAsync($"/api/inventory/kits/{Guid.NewGuid()}").RefusesAsync(HttpStatusCode.NotFound, "kit_unknown");
    }
}
