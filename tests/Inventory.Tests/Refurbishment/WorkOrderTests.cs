using System.Net;
using BetterConnections.Contracts;
using BetterConnections.Inventory.Devices;
using BetterConnections.Inventory.Locations;
using BetterConnections.Inventory.Refurbishment;
using BetterConnections.Inventory.Tests.Wipes;
using BetterConnections.Inventory.Wipes;
using BetterConnections.Testing;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Inventory.Tests.Refurbishment;

public class WorkOrderTests(InventoryApp inventory)
{
    private readonly HttpClient _warehouse = inventory.As(Roles.Logistics);
    private readonly Guid _organisation = Guid.NewGuid();

    private HttpClient Club => inventory.As(Roles.Club, _organisation);

    private async Task<string> OpenAsync() =>
        "/api/inventory/work-orders/" + (await _warehouse.PostAsync<WorkOrderView>("/api/inventory/work-orders", new { clubId = await inventory.LocationAsync(LocationKind.Club, _organisation) })).Id;

    private Task<ScanReport> FillAsync(string order, params IEnumerable<Device> devices) =>
        _warehouse.PostAsync<ScanReport>(order + "/devices", new { barcodes = devices.Select(d => d.Barcode) });

    private async Task<(string Order, List<Device> Devices)> HandedOverAsync(int count)
    {
        var (order, devices) = (await OpenAsync(), await inventory.PurgedAsync(count));
        Assert.Equal(count, (await FillAsync(order, devices)).Done);
        await _warehouse.PostAsync<WorkOrderView>(order + "/hand-over");
        return (order, devices);
    }

    private static DeviceResult Result(Device device, params string[] failing) => new(device.Barcode,
        [.. new ProgrammeSettings().RefurbishmentChecks.Select(item => new Check(item, failing.Contains(item) ? CheckOutcome.Failed : CheckOutcome.Passed))], [new("RAM 4 GB", 2)]);

    private static Task<HttpResponseMessage> SendAsync(HttpClient client, string order, params DeviceResult[] results) => client.PostAsync(order + "/results", new WorkOrderResults(results));

    [Fact]
    public async Task A_club_refurbishes_what_was_handed_over_and_what_fails_its_checks_is_faulty()
    {
        var (order, devices) = await HandedOverAsync(3);

        var report = await (await SendAsync(Club, order, Result(devices[0]), Result(devices[1], "disk", "network"))).ReadAsync<ScanReport>();
        var closed = await Club.PostAsync<WorkOrderView>(order + "/close");

        Assert.Equal([DeviceState.Refurbished, DeviceState.Faulty], report.Results.Select(r => r.State!.Value));
        Assert.Equal((WorkOrderStatus.Closed, 3, 0, 1, 1), (closed.Status, closed.Devices, closed.Outstanding, closed.Passed, closed.Failed));
        await inventory.Broker.HeardAsync<WorkOrderClosed>(e => e.WorkOrderId == closed.Id && e.ClubId == closed.ClubId && e.Refurbished == 1);
        var items = (await Club.GetAsync<WorkOrderWithItems>(order)).Items;
        Assert.Equal([ItemOutcome.Passed, ItemOutcome.Failed, ItemOutcome.NotDone], items.Select(i => i.Outcome!.Value));
        Assert.Equal((7, new PartUsed("RAM 4 GB", 2)), (items[0].Checks.Count, Assert.Single(items[0].Parts)));
        var history = await _warehouse.GetAsync<List<DeviceEventView>>($"/api/inventory/devices/{devices[1].Barcode}/history");
        Assert.Equal($"{closed.Code}: failed disk, network", history[^1].Why);
        Assert.Equal(closed.ClubId, history[^1].LocationId);
    }

    [Fact]
    public async Task Only_what_is_wiped_well_enough_leaves_for_a_club()
    {
        var order = await OpenAsync();
        var devices = await inventory.TriagedAsync(5);
        var modem = (await inventory.TriagedAsync(storage: StorageKind.None)).Single();
        var deployed = await inventory.DeviceAsync((await inventory.PutOnTheShelfAsync(1)).Single());
        await _warehouse.WipeAsync(Bench.Record(devices[1].Barcode, status: WipeStatus.Failed),
            Bench.Record(devices[2].Barcode, WipeMethod.Clear, WipeTechnique.Overwrite), Bench.Record(devices[3].Barcode), Bench.Record(devices[4].Barcode, WipeMethod.Destroy, WipeTechnique.Shred));

        var report = await FillAsync(order, [.. devices, modem, deployed]);

        Assert.Equal(["wipe_missing", "wipe_failed", "wipe_too_weak", null, null, null, "state_forbids"], report.Results.Select(r => r.Code));
    }

    [Fact]
    public async Task A_waiver_of_the_programme_office_lets_a_cleared_device_go()
    {
        var (order, device) = (await OpenAsync(), (await inventory.TriagedAsync()).Single());
        var waiver = $"/api/inventory/devices/{device.Barcode}/wipe-waiver";
        await _warehouse.WipeAsync(Bench.Record(device.Barcode, WipeMethod.Clear, WipeTechnique.Overwrite));
        Assert.Equal("wipe_too_weak", (await FillAsync(order, device)).Results[0].Code);

        await _warehouse.PostAsync(waiver, new { reason = "the disk held public brochures" }).RefusesAsync(HttpStatusCode.Forbidden, "forbidden");
        var office = inventory.As(Roles.ProgrammeOffice);
        await office.PostAsync(waiver, new { reason = "" }).RefusesAsync(HttpStatusCode.BadRequest, "validation_failed");
        await office.PostAsync<WipeWaiverView>(waiver, new { reason = "the disk held public brochures" });

        Assert.Null((await FillAsync(order, device)).Results[0].Code);
        Assert.Equal(1, await inventory.InDbAsync(db => db.WipeWaivers.CountAsync(w => w.DeviceId == device.Id)));
        var shelf = (await inventory.PutOnTheShelfAsync(1)).Single();
        await office.PostAsync($"/api/inventory/devices/{shelf}/wipe-waiver", new { reason = "it is in stock already" }).RefusesAsync(HttpStatusCode.Conflict, "state_forbids");
    }

    [Fact]
    public async Task A_device_is_in_work_on_one_order_at_a_time()
    {
        var (one, other, device) = (await OpenAsync(), await OpenAsync(), (await inventory.PurgedAsync()).Single());
        Assert.Null((await FillAsync(one, device)).Results[0].Code);
        Assert.Equal("already_on_order", (await FillAsync(one, device)).Results[0].Code);
        Assert.Equal("device_on_another_order", (await FillAsync(other, device)).Results[0].Code);
        await _warehouse.PostAsync<WorkOrderView>(one + "/close");
        Assert.Null((await FillAsync(other, device)).Results[0].Code);
    }

    [Fact]
    public async Task A_club_sees_and_works_on_its_own_orders_only()
    {
        var (order, devices) = await HandedOverAsync(1);
        var stranger = inventory.As(Roles.Club, Guid.NewGuid());

        await stranger.GetAsync(order).RefusesAsync(HttpStatusCode.NotFound, "work_order_unknown");
        await SendAsync(stranger, order, Result(devices[0])).RefusesAsync(HttpStatusCode.NotFound, "work_order_unknown");
        await stranger.PostAsync(order + "/close", new { }).RefusesAsync(HttpStatusCode.NotFound, "work_order_unknown");
        await Club.PostAsync(order + "/devices", new { barcodes = new[] { devices[0].Barcode } }).RefusesAsync(HttpStatusCode.Forbidden, "forbidden");
        Assert.Empty((await stranger.GetAsync<Postgres.Page<WorkOrderView>>("/api/inventory/work-orders")).Items);
        Assert.Single((await Club.GetAsync<Postgres.Page<WorkOrderView>>("/api/inventory/work-orders?status=HandedOver")).Items);
        await inventory.As(Roles.Club).GetAsync("/api/inventory/work-orders").RefusesAsync(HttpStatusCode.Forbidden, "organisation_missing");
    }

    [Fact]
    public async Task A_result_wants_every_check_once_and_comes_once()
    {
        var (order, devices) = await HandedOverAsync(5);
        var whole = Result(devices[0]).Checks;
        var stray = (await inventory.PurgedAsync()).Single();

        var report = await (await SendAsync(Club, order, Result(devices[0]), new(devices[1].Barcode, [.. whole.Skip(1)]), new(devices[2].Barcode, [.. whole, new("smell", CheckOutcome.Passed)]),
            new(devices[3].Barcode, [.. whole, whole[0]]), Result(stray))).ReadAsync<ScanReport>();
        var again = await (await SendAsync(Club, order, Result(devices[0], "disk"))).ReadAsync<ScanReport>();

        Assert.Equal([null, "check_missing", "check_unknown", "check_twice", "not_on_order"], report.Results.Select(r => r.Code));
        Assert.Equal(("result_already_recorded", DeviceState.Refurbished), (again.Results[0].Code, again.Results[0].State));
        await SendAsync(Club, order, new DeviceResult(devices[4].Barcode, whole, [new("RAM", 0)])).RefusesAsync(HttpStatusCode.BadRequest, "validation_failed");
        await SendAsync(Club, order, new DeviceResult(devices[4].Barcode, [.. whole.Skip(1), whole[0] with { Outcome = null }])).RefusesAsync(HttpStatusCode.BadRequest, "validation_failed");
    }

    [Fact]
    public async Task An_order_goes_through_its_states_in_order()
    {
        var (order, devices) = (await OpenAsync(), await inventory.PurgedAsync(2));
        await _warehouse.PostAsync(order + "/hand-over", new { }).RefusesAsync(HttpStatusCode.Conflict, "work_order_empty");
        await FillAsync(order, devices);
        await SendAsync(Club, order, Result(devices[0])).RefusesAsync(HttpStatusCode.Conflict, "work_order_not_handed_over");
        await _warehouse.PostAsync<ScanReport>("/api/inventory/scans", new { action = "Lose", barcodes = new[] { devices[1].Barcode }, why = "not on the pallet" });
        Assert.Equal(1, (await _warehouse.PostAsync<WorkOrderView>(order + "/hand-over")).Outstanding);
        await _warehouse.PostAsync(order + "/devices", new { barcodes = devices.Select(d => d.Barcode) }).RefusesAsync(HttpStatusCode.Conflict, "work_order_not_open");
        await _warehouse.PostAsync<WorkOrderView>(order + "/close");
        await _warehouse.PostAsync(order + "/close", new { }).RefusesAsync(HttpStatusCode.Conflict, "work_order_closed");
        await SendAsync(Club, order, Result(devices[0])).RefusesAsync(HttpStatusCode.Conflict, "work_order_not_handed_over");
    }

    [Fact]
    public async Task An_order_is_for_a_club_that_has_an_organisation()
    {
        await _warehouse.PostAsync("/api/inventory/work-orders", new { clubId = await inventory.LocationAsync() }).RefusesAsync(HttpStatusCode.BadRequest, "club_unknown");
        await _warehouse.PostAsync("/api/inventory/work-orders", new { clubId = await inventory.LocationAsync(LocationKind.Club) }).RefusesAsync(HttpStatusCode.BadRequest, "club_unknown");
        await _warehouse.PostAsync("/api/inventory/work-orders", new { }).RefusesAsync(HttpStatusCode.BadRequest, "validation_failed");
        await Club.PostAsync("/api/inventory/work-orders", new { clubId = Guid.NewGuid() }).RefusesAsync(HttpStatusCode.Forbidden, "forbidden");
    }

    [Fact]
    public async Task The_yield_tells_first_passes_and_failures_within_90_days_by_club()
    {
        var (order, devices) = await HandedOverAsync(5);
        await (await SendAsync(Club, order, Result(devices[0]), Result(devices[1]), Result(devices[2]), Result(devices[3], "power"))).ReadAsync<ScanReport>();
        var done = inventory.Clock.GetUtcNow();
        // Refurbished 100 days ago; the first failed 10 days later, the second 95 days later. The third was refurbished 5 days ago and failed since.
        await AgeAsync(devices[0], done.AddDays(-100), failedAt: done.AddDays(-90));
        await AgeAsync(devices[1], done.AddDays(-100), failedAt: done.AddDays(-5));
        await AgeAsync(devices[2], done.AddDays(-5), failedAt: done.AddDays(-1));

        var own = Assert.Single(await Club.GetAsync<List<ClubYield>>("/api/inventory/clubs/yield"));

        Assert.Equal((4, 3, 3, 2, 1, 2), (own.Checked, own.PassedFirst, own.Refurbished, own.Observed, own.ObservedFailed, own.FailedSoFar));
        Assert.Equal((0.75, 0.5), (own.FirstPassYield, own.FailureRate90Days));
        Assert.Contains(own, await inventory.As(Roles.Evaluator).GetAsync<List<ClubYield>>("/api/inventory/clubs/yield"));
        Assert.Empty(await Club.GetAsync<List<ClubYield>>($"/api/inventory/clubs/yield?from={done.AddDays(1):O}".Replace("+", "%2B")));
        await inventory.As(Roles.Donor).GetAsync("/api/inventory/clubs/yield").RefusesAsync(HttpStatusCode.Forbidden, "forbidden");
        await inventory.As(Roles.Evaluator).GetAsync("/api/inventory/clubs/yield?from=yesterday").RefusesAsync(HttpStatusCode.BadRequest, "request_not_readable");
    }

    private Task AgeAsync(Device device, DateTimeOffset done, DateTimeOffset failedAt) => inventory.InDbAsync(async db =>
    {
        await db.WorkOrderItems.Where(i => i.DeviceId == device.Id).ExecuteUpdateAsync(s => s.SetProperty(i => i.DoneAt, done));
        (await db.Devices.SingleAsync(d => d.Id == device.Id)).Move(DeviceState.Faulty, new Act("test", failedAt, "does not start"));
        await db.SaveChangesAsync();
    });
}
