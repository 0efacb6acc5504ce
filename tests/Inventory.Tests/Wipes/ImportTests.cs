using System.Net;
using System.Text;
using System.Text.Json;
using BetterConnections.Contracts;
using BetterConnections.Inventory.Devices;
using BetterConnections.Inventory.Wipes;
using BetterConnections.Testing;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Inventory.Tests.Wipes;

public class ImportTests(InventoryApp inventory)
{
    private readonly HttpClient _warehouse = inventory.As(Roles.Logistics);

    /// <summary>nwipe's log of one drive.</summary>
    private static string Log(string serial, string status = " Erased ", string device = "sda", int verifyErrors = 0, string verify = "VL") => $"""
        [2025/11/20 08:00:00]  notice: Found /dev/{device},  ATA, WDC WD5000AAKX,  500 GB, S/N={serial}
        [2025/11/20 08:01:00]  notice:   banner       = nwipe 0.42
        [2025/11/20 08:01:02]  notice: Invoking method 'DoD Short' on /dev/{device}
        ******************************** Error Summary *********************************
        !   Device | Pass Errors | Verifications Errors | Fdatasync I\O Errors
        --------------------------------------------------------------------------------
            {device} |           0 |          {verifyErrors} |                    0
        ********************************* Drive Status *********************************
        !   Device | Status | Thru-put | HH:MM:SS | Model/Serial Number
        --------------------------------------------------------------------------------
            {device} |{status}|   98 MB/s | 01:28:58 | WDC WD5000AAKX/{serial}
        --------------------------------------------------------------------------------
        [2025/11/20 09:31:00] Total Throughput 98 MB/s, DoD Short, 1R+B+{verify}

        """;

    private Task<HttpResponseMessage> SendAsync(string log, string query = "") => _warehouse.PostAsync("/api/inventory/wipes/nwipe-log" + query, new StringContent(log));

    private async Task<NwipeReport> ImportAsync(string log, string query = "") => await (await SendAsync(log, query)).ReadAsync<NwipeReport>();

    private static object Snapshot(Guid uuid, string serial, string? disk = null, int rotation = 7200) => new
    {
        timestamp = "2025-11-20 08:30:00",
        type = "Snapshot",
        uuid,
        software = "workbench-script",
        version = "0.0.1",
        operator_id = "op-7",
        erase = Array.Empty<object>(),
        data = new
        {
            dmidecode = $"Handle 0x0001, DMI type 1\nSystem Information\n\tManufacturer: LENOVO\n\tProduct Name: 20FN003MMC\n\tSerial Number: {serial}\n",
            smartctl = disk is null ? "" : JsonSerializer.Serialize(new[] { new { model_name = "WDC", serial_number = disk, rotation_rate = rotation, user_capacity = new { bytes = 500107862016 } } }),
            inxi = "",
        },
    };

    [Fact]
    public async Task A_log_from_the_bench_wipes_the_machine_on_it_and_the_same_log_again_changes_nothing()
    {
        var device = (await inventory.TriagedAsync()).Single();
        var log = Log(Some.Serial());

        var first = await ImportAsync(log, $"?barcode={device.Barcode}");
        var again = await ImportAsync(log, $"?barcode={device.Barcode}");

        Assert.Equal((true, false, DeviceState.Wiped), (first.Drives[0].Result.Done, first.Drives[0].Result.Known, first.Drives[0].Result.State));
        Assert.Equal((true, true, first.Drives[0].Result.WipeId), (again.Drives[0].Result.Done, again.Drives[0].Result.Known, again.Drives[0].Result.WipeId));
        var wipe = Assert.Single(await _warehouse.GetAsync<List<WipeView>>($"/api/inventory/devices/{device.Barcode}/wipes"));
        Assert.Equal(("nwipe", "0.42", "DoD Short", WipeStanding.Clear), (wipe.Tool, wipe.ToolVersion, wipe.Pattern, wipe.Standing));
        // The log's local time is Qatar's, three hours ahead.
        Assert.Equal(new DateTimeOffset(2025, 11, 20, 5, 1, 2, TimeSpan.Zero), wipe.StartedAt);
        Assert.Equal(2 + 1, (await _warehouse.GetAsync<List<DeviceEventView>>($"/api/inventory/devices/{device.Barcode}/history")).Count);
    }

    [Fact]
    public async Task A_drive_whose_serial_is_known_finds_its_device_and_one_that_nobody_knows_is_named()
    {
        var (device, disk, stray) = ((await inventory.TriagedAsync()).Single(), Some.Serial(), Some.Serial());
        await _warehouse.PostAsync<SnapshotAnswer>("/api/inventory/wipes/workbench-snapshot", Snapshot(Guid.NewGuid(), device.Serial!, disk));

        var report = await ImportAsync(Log(disk.ToLowerInvariant()) + Log(stray, device: "sdb"));

        Assert.Equal([(device.Barcode, null), ("", "drive_unmatched")], report.Drives.Select(d => (d.Result.Barcode, d.Result.Code)));
        Assert.Equal(("sdb", stray), (report.Drives[1].Drive, report.Drives[1].Result.MediaSerial));
        Assert.Equal((1, 1), (report.Done, report.Refused));
    }

    [Fact]
    public async Task A_failed_drive_is_recorded_and_the_next_run_that_succeeds_counts()
    {
        var (device, disk) = ((await inventory.TriagedAsync()).Single(), Some.Serial());

        var failed = await ImportAsync(Log(disk, "-FAILED-"), $"?barcode={device.Barcode}");
        var twice = await ImportAsync(Log(disk, "-FAILED-") + Log(disk).Replace("2025/11/20", "2025/11/21"));

        Assert.Equal((true, "wipe_failed", DeviceState.Triaged), (failed.Drives[0].Result.Done, failed.Drives[0].Result.Code, failed.Drives[0].Result.State));
        Assert.Equal([true, false], twice.Drives.Select(d => d.Result.Known));
        Assert.Equal(DeviceState.Wiped, twice.Drives[1].Result.State);
    }

    [Fact]
    public async Task What_overwriting_is_worth_is_the_operators_claim_and_never_Purge_on_flash()
    {
        var devices = await inventory.TriagedAsync(4);
        await inventory.InDbAsync(async db =>
        {
            db.Media.Add(new Medium { Id = Guid.NewGuid(), DeviceId = devices[0].Id, Serial = "HDD" + devices[0].Serial, Type = StorageKind.Hdd });
            db.Media.Add(new Medium { Id = Guid.NewGuid(), DeviceId = devices[1].Id, Serial = "SSD" + devices[1].Serial, Type = StorageKind.Ssd });
            await db.SaveChangesAsync();
        });

        var magnetic = await ImportAsync(Log("HDD" + devices[0].Serial), "?method=Purge");
        var flash = await ImportAsync(Log("SSD" + devices[1].Serial), "?method=Purge");
        var nvme = await ImportAsync(Log(Some.Serial(), device: "nvme0n1"), $"?method=Purge&barcode={devices[2].Barcode}");
        var unverified = await ImportAsync(Log(Some.Serial(), verify: "NV"), $"?barcode={devices[3].Barcode}");

        Assert.Equal(DeviceState.Wiped, magnetic.Drives[0].Result.State);
        Assert.Equal("purge_by_overwrite_on_flash", flash.Drives[0].Result.Code);
        Assert.Equal("purge_by_overwrite_on_flash", nvme.Drives[0].Result.Code);
        Assert.Equal((true, "wipe_not_verified"), (unverified.Drives[0].Result.Done, unverified.Drives[0].Result.Code));
    }

    [Fact]
    public async Task What_is_no_log_or_too_large_is_refused()
    {
        await SendAsync("Dear sirs").RefusesAsync(HttpStatusCode.BadRequest, "not_an_nwipe_log");
        await SendAsync(new string('x', 17 * 1024 * 1024)).RefusesAsync(HttpStatusCode.RequestEntityTooLarge, "file_too_large");
        await inventory.As(Roles.Donor).PostAsync("/api/inventory/wipes/nwipe-log", new StringContent("")).RefusesAsync(HttpStatusCode.Forbidden, "forbidden");
    }

    [Fact]
    public async Task A_snapshot_fills_in_blanks_only_and_sent_again_changes_nothing()
    {
        var (device, uuid) = ((await inventory.TriagedAsync(storage: StorageKind.Unknown)).Single(), Guid.NewGuid());
        await inventory.InDbAsync(db => db.Devices.Where(d => d.Id == device.Id).ExecuteUpdateAsync(s => s.SetProperty(d => d.Manufacturer, "As the donor said")));

        var answer = await _warehouse.PostAsync("/api/inventory/wipes/workbench-snapshot", Snapshot(uuid, device.Serial!.ToLowerInvariant(), Some.Serial(), rotation: 0));
        var again = await _warehouse.PostAsync("/api/inventory/wipes/workbench-snapshot", Snapshot(uuid, device.Serial!, Some.Serial()));

        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.Created), (answer.StatusCode, again.StatusCode));
        Assert.Equal($$"""{"dhid":"{{device.Barcode}}","url":"http://localhost/api/inventory/devices/{{device.Barcode}}","public_url":"http://localhost/api/inventory/public/devices/{{device.Barcode}}"}""",
            await again.Content.ReadAsStringAsync());
        var view = await _warehouse.DeviceViewAsync(device.Barcode);
        Assert.Equal(("As the donor said", "20FN003MMC", StorageKind.Ssd, 500), (view.Manufacturer, view.Model, view.Storage, view.StorageGb));
        Assert.Equal(1, await inventory.InDbAsync(db => db.Media.CountAsync(m => m.DeviceId == device.Id)));
        Assert.Equal(2 + 1, (await _warehouse.GetAsync<List<DeviceEventView>>($"/api/inventory/devices/{device.Barcode}/history")).Count);
    }

    [Fact]
    public async Task A_second_disk_that_a_snapshot_finds_is_still_to_be_wiped()
    {
        var device = (await inventory.TriagedAsync()).Single();
        await _warehouse.WipeAsync(Bench.Record(device.Barcode));
        await _warehouse.PostAsync<SnapshotAnswer>("/api/inventory/wipes/workbench-snapshot", Snapshot(Guid.NewGuid(), device.Serial!, Some.Serial()));
        Assert.Equal(WipeStanding.Missing, (await _warehouse.DeviceViewAsync(device.Barcode)).Wipe);
    }

    [Fact]
    public async Task A_snapshot_of_a_machine_nobody_registered_is_refused_and_so_is_what_is_none()
    {
        Task<HttpResponseMessage> Post(object body) => _warehouse.PostAsync("/api/inventory/wipes/workbench-snapshot", body);
        await Post(Snapshot(Guid.NewGuid(), Some.Serial())).RefusesAsync(HttpStatusCode.NotFound, "device_unknown");
        await Post(Snapshot(Guid.NewGuid(), "Default string")).RefusesAsync(HttpStatusCode.BadRequest, "serial_missing");
        await Post(new StringContent("{}", Encoding.UTF8, "application/json")).RefusesAsync(HttpStatusCode.BadRequest, "snapshot_not_valid");
        await inventory.As(Roles.Employer).PostAsync("/api/inventory/wipes/workbench-snapshot", new { }).RefusesAsync(HttpStatusCode.Forbidden, "forbidden");
    }
}
