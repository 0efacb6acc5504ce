using System.Net;
using BetterConnections.Contracts;
using BetterConnections.Inventory.Devices;
using BetterConnections.Inventory.Locations;
using BetterConnections.Inventory.Wipes;
using BetterConnections.Testing;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Inventory.Tests.Wipes;

public class WipeRecordTests(InventoryApp inventory)
{
    private readonly HttpClient _warehouse = inventory.As(Roles.Logistics);

    [Fact]
    public async Task A_verified_wipe_takes_the_device_out_of_triage_and_stands_in_its_history()
    {
        var device = (await inventory.TriagedAsync()).Single();

        var report = await _warehouse.WipeAsync(Bench.Record(device.Barcode));

        Assert.Equal((true, DeviceState.Wiped, null), (report.Results[0].Done, report.Results[0].State, report.Results[0].Code));
        var view = await _warehouse.DeviceViewAsync(device.Barcode);
        Assert.Equal((DeviceState.Wiped, WipeStanding.Purge), (view.State, view.Wipe));
        var history = await _warehouse.GetAsync<List<DeviceEventView>>($"/api/inventory/devices/{device.Barcode}/history");
        Assert.Equal("Purge: BlockErase with hdparm 9.65", history[^1].Why);
        Assert.Equal(WipeStanding.Purge, Assert.Single(await _warehouse.GetAsync<List<WipeView>>($"/api/inventory/devices/{device.Barcode}/wipes")).Standing);
    }

    [Fact]
    public async Task Each_record_is_answered_and_the_good_ones_are_stored_though_others_are_refused()
    {
        var devices = await inventory.TriagedAsync(10);
        var fresh = (await inventory.TriagedAsync(until: DeviceState.Received)).Single();

        var report = await _warehouse.WipeAsync(
            Bench.Record(devices[0].Barcode),
            Bench.Record("BC-000123-0"),
            Bench.Record("hello"),
            Bench.Record(Barcode.Of(77_777_777, "BC").ToString()),
            Bench.Record(devices[1].Barcode, technique: WipeTechnique.Overwrite),
            Bench.Record(devices[2].Barcode, technique: WipeTechnique.Overwrite, media: StorageKind.Unknown),
            Bench.Record(devices[3].Barcode, technique: WipeTechnique.Shred),
            Bench.Record(devices[4].Barcode, method: WipeMethod.Destroy),
            Bench.Record(devices[5].Barcode, technique: WipeTechnique.Degauss),
            Bench.Record(devices[6].Barcode, media: StorageKind.None),
            Bench.Record(fresh.Barcode),
            Bench.Record(devices[7].Barcode) with { EndedAt = DateTimeOffset.UnixEpoch },
            Bench.Record(devices[8].Barcode, method: WipeMethod.Clear, technique: WipeTechnique.Overwrite),
            Bench.Record(devices[9].Barcode, method: WipeMethod.Destroy, technique: WipeTechnique.Shred));

        Assert.Equal([null, "check_character_wrong", "not_a_barcode", "barcode_unknown", "purge_by_overwrite_on_flash", "media_type_unknown", "technique_not_for_method",
            "technique_not_for_method", "degauss_needs_magnetic_media", "media_type_not_valid", "not_triaged", "ends_before_it_starts", null, null], report.Results.Select(r => r.Code));
        Assert.Equal((3, 11), (report.Done, report.Refused));
        Assert.Equal(DeviceState.Triaged, (await _warehouse.DeviceViewAsync(devices[1].Barcode)).State);
        Assert.Equal(WipeStanding.Clear, (await _warehouse.DeviceViewAsync(devices[8].Barcode)).Wipe);
        Assert.Equal(WipeStanding.Destroy, (await _warehouse.DeviceViewAsync(devices[9].Barcode)).Wipe);
    }

    [Fact]
    public async Task A_wipe_that_ends_in_the_future_is_refused_but_a_bench_may_be_some_hours_ahead()
    {
        var (devices, now) = (await inventory.TriagedAsync(2), inventory.Clock.GetUtcNow());
        var report = await _warehouse.WipeAsync(Bench.Record(devices[0].Barcode) with { EndedAt = now.AddDays(2) }, Bench.Record(devices[1].Barcode) with { EndedAt = now.AddHours(10) });
        Assert.Equal(["ends_in_the_future", null], report.Results.Select(r => r.Code));
        Assert.Equal(DeviceState.Triaged, (await _warehouse.DeviceViewAsync(devices[0].Barcode)).State);
    }

    [Fact]
    public async Task Flash_stays_flash_though_a_record_calls_it_magnetic()
    {
        var device = (await inventory.TriagedAsync(storage: StorageKind.Ssd)).Single();
        var report = await _warehouse.WipeAsync(Bench.Record(device.Barcode, technique: WipeTechnique.Overwrite, media: StorageKind.Hdd));
        Assert.Equal("purge_by_overwrite_on_flash", report.Results[0].Code);
    }

    [Fact]
    public async Task A_failed_or_unverified_wipe_is_recorded_and_the_device_stays_in_triage()
    {
        var devices = await inventory.TriagedAsync(3);

        var report = await _warehouse.WipeAsync(Bench.Record(devices[0].Barcode, status: WipeStatus.Failed, verified: VerificationResult.NotDone),
            Bench.Record(devices[1].Barcode, verified: VerificationResult.Failed), Bench.Record(devices[2].Barcode, verified: VerificationResult.NotDone));

        Assert.Equal([(true, "wipe_failed"), (true, "wipe_failed"), (true, "wipe_not_verified")], report.Results.Select(r => (r.Done, r.Code)));
        Assert.All(report.Results, r => Assert.Equal(DeviceState.Triaged, r.State));
        var store = await _warehouse.PostAsync<ScanReport>("/api/inventory/scans",
            new { action = "store", locationId = await inventory.LocationAsync(), barcodes = devices.Select(d => d.Barcode) });
        Assert.Equal(["wipe_failed", "wipe_failed", "wipe_not_verified"], store.Results.Select(r => r.Code));
    }

    [Fact]
    public async Task A_device_with_storage_and_no_record_leaves_triage_neither_to_stock_nor_by_way_of_repair()
    {
        var device = (await inventory.TriagedAsync()).Single();
        async Task<string?> ScanAsync(string action) => (await _warehouse.PostAsync<ScanReport>("/api/inventory/scans",
            new { action, why = "does not start", locationId = await inventory.LocationAsync(), barcodes = new[] { device.Barcode } })).Results[0].Code;

        Assert.Equal("wipe_missing", await ScanAsync("store"));
        Assert.Null(await ScanAsync("fault"));
        Assert.Null(await ScanAsync("repair"));
        Assert.Equal("wipe_missing", await ScanAsync("repaired"));
        await _warehouse.WipeAsync(Bench.Record(device.Barcode));
        Assert.Null(await ScanAsync("repaired"));
    }

    [Fact]
    public async Task Every_disk_of_a_device_has_to_be_wiped_and_the_latest_record_of_each_counts()
    {
        var device = (await inventory.TriagedAsync()).Single();
        var (first, second) = (Some.Serial(), Some.Serial());

        var report = await _warehouse.WipeAsync(Bench.Record(device.Barcode, serial: first), Bench.Record(device.Barcode, serial: second, status: WipeStatus.Failed));
        Assert.All(report.Results, r => Assert.Equal((true, DeviceState.Triaged, "wipe_failed"), (r.Done, r.State, r.Code)));

        report = await _warehouse.WipeAsync(Bench.Record(device.Barcode, WipeMethod.Destroy, WipeTechnique.Shred, serial: second));
        Assert.Equal((DeviceState.Wiped, null), (report.Results[0].State, report.Results[0].Code));
        Assert.Equal(WipeStanding.Purge, (await _warehouse.DeviceViewAsync(device.Barcode)).Wipe);
    }

    [Fact]
    public async Task A_device_that_comes_back_is_wiped_anew()
    {
        var device = (await inventory.TriagedAsync()).Single();
        await _warehouse.WipeAsync(Bench.Record(device.Barcode, serial: "ONE" + device.Serial));
        await inventory.InDbAsync(async db =>
        {
            db.Attach(device = await db.Devices.SingleAsync(d => d.Id == device.Id));
            var act = new Act("test", inventory.Clock.GetUtcNow());
            foreach (var state in new[] { DeviceState.Faulty, DeviceState.Returned, DeviceState.Triaged }) device.Move(state, act);
            await db.SaveChangesAsync();
        });

        Assert.Equal(WipeStanding.Missing, (await _warehouse.DeviceViewAsync(device.Barcode)).Wipe);
        var report = await _warehouse.WipeAsync(Bench.Record(device.Barcode, serial: "ONE" + device.Serial, status: WipeStatus.Failed));
        Assert.Equal("wipe_failed", report.Results[0].Code);
    }

    [Fact]
    public async Task The_same_record_sent_twice_is_stored_once()
    {
        var device = (await inventory.TriagedAsync()).Single();
        var record = Bench.Record(device.Barcode);

        var first = await _warehouse.WipeAsync(record, record);
        var again = await _warehouse.WipeAsync(record);

        Assert.Equal([false, true], first.Results.Select(r => r.Known));
        Assert.Equal((true, first.Results[0].WipeId), (again.Results[0].Known, again.Results[0].WipeId));
        Assert.Equal(1, await inventory.InDbAsync(db => db.Wipes.CountAsync(w => w.DeviceId == device.Id)));
    }

    [Fact]
    public async Task A_club_records_and_sees_the_wipes_of_what_is_with_it_only()
    {
        var organisation = Guid.NewGuid();
        var own = (await inventory.TriagedAsync(locationId: await inventory.LocationAsync(LocationKind.Club, organisation))).Single();
        var other = (await inventory.TriagedAsync(locationId: await inventory.LocationAsync(LocationKind.Club, Guid.NewGuid()))).Single();
        var club = inventory.As(Roles.Club, organisation);

        var report = await club.WipeAsync(Bench.Record(own.Barcode), Bench.Record(other.Barcode));

        Assert.Equal([null, "barcode_unknown"], report.Results.Select(r => r.Code));
        Assert.Single(await club.GetAsync<List<WipeView>>($"/api/inventory/devices/{own.Barcode}/wipes"));
        await club.GetAsync($"/api/inventory/devices/{other.Barcode}/wipes").RefusesAsync(HttpStatusCode.NotFound, "barcode_unknown");
    }

    [Fact]
    public async Task Who_may_not_and_what_cannot_be_read_is_refused()
    {
        var device = (await inventory.TriagedAsync()).Single();
        var records = new NewWipes([Bench.Record(device.Barcode)]);
        await inventory.Anonymous().PostAsync("/api/inventory/wipes", records).RefusesAsync(HttpStatusCode.Unauthorized, "unauthorized");
        await inventory.As(Roles.Volunteer).PostAsync("/api/inventory/wipes", records).RefusesAsync(HttpStatusCode.Forbidden, "forbidden");
        await _warehouse.PostAsync("/api/inventory/wipes", new { records = Array.Empty<NewWipe>() }).RefusesAsync(HttpStatusCode.BadRequest, "record_count_not_valid");
        await _warehouse.PostAsync("/api/inventory/wipes", new { records = Enumerable.Repeat(records.Records[0], 501) }).RefusesAsync(HttpStatusCode.BadRequest, "record_count_not_valid");
        await _warehouse.PostAsync("/api/inventory/wipes", new { records = new[] { new { barcode = device.Barcode } } }).RefusesAsync(HttpStatusCode.BadRequest, "validation_failed");
        await _warehouse.PostAsync("/api/inventory/wipes", new NewWipes([records.Records[0] with { Tool = "" }])).RefusesAsync(HttpStatusCode.BadRequest, "validation_failed");
        Assert.True((await inventory.WithScope("inventory.write").WipeAsync([.. records.Records])).Results[0].Done);
    }

    [Fact]
    public async Task What_was_recorded_cannot_be_changed_or_deleted_even_in_the_database()
    {
        var device = (await inventory.TriagedAsync()).Single();
        await _warehouse.WipeAsync(Bench.Record(device.Barcode));
        foreach (var sql in new[] { "update wipes set method = 'Destroy'", "delete from wipes", "update wipe_certificates set content = 'another'", "delete from wipe_certificates" })
            Assert.Equal("23001", (await Assert.ThrowsAsync<Npgsql.PostgresException>(() => inventory.InDbAsync(db => db.Database.ExecuteSqlRawAsync(sql)))).SqlState);
    }
}
