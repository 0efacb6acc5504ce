using BetterConnections.Inventory.Wipes;

namespace BetterConnections.Inventory.Tests.Wipes;

public class NwipeLogTests
{
    // Written from the format strings of nwipe 0.42.
    const string Log = """
        [2025/11/20 08:00:00]  notice: Found /dev/sda,  ATA, WDC WD5000AAKX-001CA0, with comma,  500 GB, S/N=WD-WCAYUX123456
        [2025/11/20 08:00:00]  notice: Found /dev/sdb,  ATA, ST1000DM010/2EP102, 1000 GB, S/N=Z9A12345
        [2025/11/20 08:00:00]  notice: Found /dev/nvme0n1, NVME, SAMSUNG MZVLB256HAHQ-000L7,  256 GB, S/N=S41GNX0K123456
        [2025/11/20 08:00:01]    info: sys-info: system-serial-number = 5CG1234567
        [2025/11/20 08:01:00]  notice: Program options are set as follows...
        [2025/11/20 08:01:00]  notice:   force        = 0 (off)
        [2025/11/20 08:01:00]  notice:   autonuke     = 0 (off)
        [2025/11/20 08:01:00]  notice:   banner       = nwipe 0.42
        [2025/11/20 08:01:00]  notice:   prng         = AES-256-CTR (CSPRNG)
        [2025/11/20 08:01:00]  notice:   method       = DoD Short
        [2025/11/20 08:01:00]  notice:   direction    = start -> end (forward)
        [2025/11/20 08:01:00]  notice:   rounds       = 1
        [2025/11/20 08:01:00]  notice:   verify       = 1 (last pass)
        [2025/11/20 08:01:02]  notice: /dev/sda has serial number WD-WCAYUX123456
        [2025/11/20 08:01:02]  notice: Invoking method 'DoD Short' on /dev/sda
        [2025/11/20 08:01:03]  notice: Invoking method 'DoD Short' on /dev/sdb
        [2025/11/20 08:01:04]  notice: Invoking method 'DoD Short' on /dev/nvme0n1
        [2025/11/20 09:30:00]  notice: [SUCCESS] Blanked device /dev/sda

        ******************************** Error Summary *********************************
        !   Device | Pass Errors | Verifications Errors | Fdatasync I\O Errors
        --------------------------------------------------------------------------------
                sda |           0 |                    0 |                    0
        !       sdb |           1 |                 4096 |                    2
            nvme0n1 |           0 |                    0 |                    0
        ********************************************************************************

        ******************************* Erasure Summary ********************************
        !   Device |      Bytes Erased |      Bytes Total | Percentage Erased
        --------------------------------------------------------------------------------
                sda |      500107862016 |     500107862016 |              100%
        !       sdb |         123456789 |    1000204886016 |             0.01%
        !   nvme0n1 |                 0 |     256060514304 |                0%
        ********************************************************************************

        ********************************* Drive Status *********************************
        !   Device | Status | Thru-put | HH:MM:SS | Model/Serial Number
        --------------------------------------------------------------------------------
                sda | Erased |   98 MB/s | 01:28:58 | WDC WD5000AAKX-00/WD-WCAYUX123456
        !       sdb |-FAILED-|   12 MB/s | 100:00:01 | ST1000DM010/2EP10/Z9A12345
        !   nvme0n1 |UABORTED| 1200 MB/s | 00:00:30 | SAMSUNG MZVLB256H/S41GNX0K123456
        --------------------------------------------------------------------------------
        [2025/11/20 09:31:00] Total Throughput 1310 MB/s, DoD Short, 1R+B+VL
        ********************************************************************************

        """;

    [Fact]
    public void A_drive_that_was_erased_has_everything_the_certificate_needs() =>
        Assert.Equal(new NwipeDrive
        {
            Device = "sda",
            Status = NwipeStatus.Erased,
            Model = "WDC WD5000AAKX-001CA0, with comma",
            Serial = "WD-WCAYUX123456",
            Throughput = "98 MB/s",
            Duration = new TimeSpan(1, 28, 58),
            Version = "0.42",
            Method = "DoD Short",
            Prng = "AES-256-CTR (CSPRNG)",
            Rounds = 1,
            Verify = "last pass",
            FinalBlank = true,
            StartedAt = new DateTime(2025, 11, 20, 8, 1, 2),
            EndedAt = new DateTime(2025, 11, 20, 9, 30, 0),
            PassErrors = 0,
            VerifyErrors = 0,
            SyncErrors = 0,
            BytesErased = 500107862016,
            BytesTotal = 500107862016,
        }, NwipeLog.Parse(Log)[0]);

    [Fact]
    public void Failed_and_aborted_drives_keep_their_errors_and_bytes()
    {
        var drives = NwipeLog.Parse(Log);
        Assert.Equal(3, drives.Count);
        Assert.Equal((NwipeStatus.Failed, 1, 4096, 2, 123456789), (drives[1].Status, drives[1].PassErrors, drives[1].VerifyErrors, drives[1].SyncErrors, drives[1].BytesErased));
        Assert.Equal(TimeSpan.FromHours(100) + TimeSpan.FromSeconds(1), drives[1].Duration);
        Assert.Equal("Z9A12345", drives[1].Serial);
        Assert.Equal(("nvme0n1", NwipeStatus.Aborted, "S41GNX0K123456"), (drives[2].Device, drives[2].Status, drives[2].Serial));
    }

    [Theory]
    [InlineData(" Erased ", NwipeStatus.Erased)]
    [InlineData("-FAILED-", NwipeStatus.Failed)]
    [InlineData("--FAIL--", NwipeStatus.Failed)]
    [InlineData("UABORTED", NwipeStatus.Aborted)]
    [InlineData("INSANITY", NwipeStatus.Insane)]
    [InlineData("NOTKNOWN", NwipeStatus.Insane)]
    public void Only_the_word_Erased_is_an_erasure(string printed, NwipeStatus status) =>
        Assert.Equal(status, NwipeLog.Parse(Log.Replace(" Erased |   98", printed + "|   98"))[0].Status);

    [Fact]
    public void A_log_that_breaks_off_leaves_its_drives_unfinished()
    {
        var drives = NwipeLog.Parse(Log[..Log.IndexOf("[SUCCESS]", StringComparison.Ordinal)]);
        Assert.Equal(["sda", "sdb", "nvme0n1"], drives.Select(drive => drive.Device));
        Assert.All(drives, drive => Assert.Equal((NwipeStatus.Unfinished, "DoD Short", "last pass"), (drive.Status, drive.Method, drive.Verify)));
        Assert.Null(drives[0].EndedAt);
        Assert.Equal("WD-WCAYUX123456", drives[0].Serial);
    }

    [Fact]
    public void Runs_that_follow_each_other_in_one_log_are_kept_apart()
    {
        var second = Log.Replace("WD-WCAYUX123456", "WD-OTHER").Replace("1R+B+VL", "3R+NB+VA").Replace("2025/11/20", "2025/11/21");
        var broken = Log[..Log.IndexOf("[SUCCESS]", StringComparison.Ordinal)];
        var drives = NwipeLog.Parse((Log + broken + "\n" + second).Replace("\n", "\r\n"));
        Assert.Equal(9, drives.Count);
        Assert.Equal(NwipeStatus.Unfinished, drives[3].Status);
        Assert.Equal(("WD-WCAYUX123456", 1, "last pass", true), (drives[0].Serial, drives[0].Rounds, drives[0].Verify, drives[0].FinalBlank));
        Assert.Equal(("WD-OTHER", 3, "all passes", false), (drives[6].Serial, drives[6].Rounds, drives[6].Verify, drives[6].FinalBlank));
        Assert.Equal(("WDC WD5000AAKX-001CA0, with comma", 21), (drives[6].Model, drives[6].StartedAt!.Value.Day));
    }

    [Fact]
    public void The_tables_of_an_older_nwipe_alone_are_enough()
    {
        // Version 0.30: no erasure summary, no column for sync errors.
        var drive = Assert.Single(NwipeLog.Parse("""
            ******************************** Error Summary *********************************
            ! Device | Pass Errors | Verifications Errors |
            --------------------------------------------------------------------------------
              loop44 |           0 |                    0 |
            ********************************************************************************

            ********************************* Drive Status *********************************
            ! Device | Status | Thru-put | HH:MM:SS | Model/Serial Number
            --------------------------------------------------------------------------------
              loop44 | Erased |  31 MB/s | 00:00:01 | Loopback device/
            --------------------------------------------------------------------------------
            [2021/06/04 21:41:17] Total Throughput  31 MB/s, PRNG Stream, 1R+NB+NV
            """));
        Assert.Equal(new NwipeDrive
        {
            Device = "loop44",
            Status = NwipeStatus.Erased,
            Model = "Loopback device",
            Throughput = "31 MB/s",
            Duration = TimeSpan.FromSeconds(1),
            Method = "PRNG Stream",
            Rounds = 1,
            Verify = "off",
            FinalBlank = false,
            EndedAt = new DateTime(2021, 6, 4, 21, 41, 17),
            PassErrors = 0,
            VerifyErrors = 0,
        }, drive);
    }

    [Fact]
    public void A_serial_that_nwipe_made_anonymous_is_no_serial() =>
        Assert.Null(NwipeLog.Parse(Log.Replace("WD-WCAYUX123456", "XXXXXXXXXXXXXXX"))[0].Serial);

    [Theory]
    [InlineData("")]
    [InlineData("Dear sirs, all drives are Erased | really | yes")]
    [InlineData("sda | Erased | 98 MB/s | 01:28:58 | Model/Serial")]
    public void What_is_no_log_has_no_drives(string text) => Assert.Empty(NwipeLog.Parse(text));
}
