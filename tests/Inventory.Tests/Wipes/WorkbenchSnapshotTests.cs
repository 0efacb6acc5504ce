using System.Text.Json;
using BetterConnections.Inventory.Wipes;

namespace BetterConnections.Inventory.Tests.Wipes;

public class WorkbenchSnapshotTests
{
    const string Dmidecode = """
        # dmidecode 3.4
        Getting SMBIOS data from sysfs.

        Handle 0x0001, DMI type 1, 27 bytes
        System Information
        	Manufacturer: LENOVO
        	Product Name: 20FN003MMC
        	Version: ThinkPad T460
        	Serial Number: PC0ABCDE
        	UUID: 4c4c4544-0000-2010-8020-80c04f202020

        Handle 0x0002, DMI type 2, 15 bytes
        Base Board Information
        	Manufacturer: LENOVO
        	Serial Number: L1HF00000

        Handle 0x0007, DMI type 4, 48 bytes
        Processor Information
        	Version: Intel(R) Core(TM) i5-6300U CPU @ 2.40GHz
        	Flags:
        		FPU (Floating-point unit on-chip)

        Handle 0x0010, DMI type 17, 40 bytes
        Memory Device
        	Size: 8192 MB

        Handle 0x0011, DMI type 17, 40 bytes
        Memory Device
        	Size: 4 GB

        Handle 0x0012, DMI type 17, 40 bytes
        Memory Device
        	Size: No Module Installed
        """;

    static readonly object Hdd = new
    {
        device = new { name = "/dev/sda", protocol = "ATA" },
        model_name = "WDC WD5000AAKX-001CA0",
        serial_number = "WD-WCAYUX123456",
        user_capacity = new { blocks = 976773168, bytes = 500107862016 },
        rotation_rate = 7200,
        smart_status = new { passed = true },
    };
    static readonly object Nvme = new
    {
        device = new { name = "/dev/nvme0n1", protocol = "NVMe" },
        model_name = "SAMSUNG MZVLB256",
        serial_number = "S41GNX0K123456",
        nvme_total_capacity = 256060514304,
        smart_status = new { passed = false },
    };
    static readonly object Ssd = new { device = new { name = "/dev/sdb", protocol = "ATA" }, model_name = "KINGSTON SA400", serial_number = "50026B7", rotation_rate = 0 };

    static string Snapshot(object? smartctl, string dmidecode = Dmidecode) => JsonSerializer.Serialize(new
    {
        timestamp = "2025-11-20 08:30:00.123456",
        type = "Snapshot",
        uuid = "5f2c0b62-3ff4-4bb6-9a1c-0f1f5d3a7b11",
        software = "workbench-script",
        version = "0.0.1",
        operator_id = "op-7",
        data = new { smartctl, dmidecode, inxi = "" },
        erase = Array.Empty<object>(),
    });

    [Fact]
    public void A_snapshot_names_the_computer_and_its_disks()
    {
        var snapshot = WorkbenchSnapshot.Parse(Snapshot(JsonSerializer.Serialize(new[] { Hdd, Nvme, Ssd })));
        Assert.Equal(Guid.Parse("5f2c0b62-3ff4-4bb6-9a1c-0f1f5d3a7b11"), snapshot.Uuid);
        Assert.Equal(("workbench-script", "0.0.1", "op-7"), (snapshot.Software, snapshot.Version, snapshot.OperatorId));
        Assert.Equal(new DateTime(2025, 11, 20, 8, 30, 0).AddMicroseconds(123456), snapshot.TakenAt);
        Assert.Equal(("LENOVO", "20FN003MMC", "PC0ABCDE"), (snapshot.Manufacturer, snapshot.Model, snapshot.Serial));
        Assert.Equal(("Intel(R) Core(TM) i5-6300U CPU @ 2.40GHz", 12m), (snapshot.Cpu, snapshot.MemoryGb));
        Assert.Equal(
            [
                new WorkbenchDisk("/dev/sda", "WDC WD5000AAKX-001CA0", "WD-WCAYUX123456", 500107862016, 7200, false, "ATA", true),
                new WorkbenchDisk("/dev/nvme0n1", "SAMSUNG MZVLB256", "S41GNX0K123456", 256060514304, null, true, "NVMe", false),
                new WorkbenchDisk("/dev/sdb", "KINGSTON SA400", "50026B7", null, 0, true, "ATA", null),
            ],
            snapshot.Disks);
    }

    [Fact]
    public void The_disks_are_read_as_text_as_a_list_or_as_one_object()
    {
        Assert.Single(WorkbenchSnapshot.Parse(Snapshot(new[] { Hdd, "" })).Disks);
        Assert.Single(WorkbenchSnapshot.Parse(Snapshot(Hdd)).Disks);
        Assert.Single(WorkbenchSnapshot.Parse(Snapshot(JsonSerializer.Serialize(Hdd))).Disks);
        Assert.Single(WorkbenchSnapshot.Parse(Snapshot(new[] { Hdd }).Replace("\"smartctl\"", "\"smart\"")).Disks);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[{\"model_na")]
    [InlineData("7")]
    [InlineData(null)]
    public void Disks_that_could_not_be_asked_are_no_disks(string? smartctl) =>
        Assert.Empty(WorkbenchSnapshot.Parse(Snapshot(smartctl)).Disks);

    [Fact]
    public void What_firmware_leaves_unfilled_is_null()
    {
        var snapshot = WorkbenchSnapshot.Parse(Snapshot(null, Dmidecode.Replace("PC0ABCDE", "To be filled by O.E.M.")));
        Assert.Null(snapshot.Serial);
        var bare = WorkbenchSnapshot.Parse(Snapshot(null, ""));
        Assert.Equal((null, null, null), (bare.Manufacturer, bare.Cpu, bare.MemoryGb));
    }

    [Theory]
    [InlineData("")]
    [InlineData("not json")]
    [InlineData("[]")]
    [InlineData("7")]
    [InlineData("""{"type":"Snapshot","uuid":"5f2c0b62-3ff4-4bb6-9a1c-0f1f5d3a7b11"}""")]
    [InlineData("""{"type":"Erase","uuid":"5f2c0b62-3ff4-4bb6-9a1c-0f1f5d3a7b11","data":{}}""")]
    [InlineData("""{"type":"Snapshot","uuid":"x","data":{}}""")]
    [InlineData("""{"type":"Snapshot","uuid":7,"data":{}}""")]
    [InlineData("""{"type":"Snapshot","data":{}}""")]
    public void What_is_no_snapshot_is_refused(string json) =>
        Assert.Equal("snapshot_not_valid", Assert.Throws<SnapshotNotValid>(() => WorkbenchSnapshot.Parse(json)).Code);
}
