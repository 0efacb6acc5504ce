using System.Runtime.Versioning;

namespace BetterConnections.Journeys.Tests;

/// <summary><c>./bc backup</c> while clients are writing, and <c>./bc restore</c> elsewhere; <c>./bc test --containers --whole</c> runs them there.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class BackupTests(WholeSystem system) : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("bc-backup-");

    [Fact]
    public async Task A_backup_taken_under_load_is_one_moment_of_all_services_and_starts_elsewhere()
    {
        var backup = Path.Combine(_folder.FullName, "backup.tar.gz");
        var traffic = await Traffic.StartAsync(system);
        await traffic.AcknowledgesAsync(100);
        await system.Processes.FreezeAsync("evaluation"); // what it has to hear now waits in the broker, of which a backup holds nothing
        Ledger before;
        int meanwhile;
        try
        {
            await traffic.AcknowledgesAsync(100);
            before = traffic.Ledger.Copy();
            meanwhile = -traffic.Acknowledged;
            await system.Bc.RunAsync("backup", backup);
            meanwhile += traffic.Acknowledged;
        }
        finally
        {
            await system.Processes.ThawAsync("evaluation");
        }
        await traffic.AcknowledgesAsync(50);
        await traffic.StopAsync();
        Assert.True(meanwhile > 10, $"Only {meanwhile} writes were acknowledged while the backup was taken.");
        Assert.All([backup, backup + ".keys"], file => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file)));

        await using var restored = await WholeSystem.RestoredAsync(backup);

        var audit = new Audit(restored);
        await audit.EverythingIsDeliveredAsync();
        await audit.HoldsAsync(before, traffic.Ledger);
        await audit.KitsAreWholeAsync();
        await audit.OpeningNumbersHaveNoGapAsync();
        await audit.ServicesAgreeAsync();
        await audit.StockIsWhatHistorySaysAsync(); // signed in with the restored keys and accounts
        var teaching = new TeachingAudit(restored.Books);
        await teaching.HoldsAsync(before, traffic.Ledger);
        await teaching.ServicesAgreeAsync();
        await new SurveyAudit(restored.Books).HoldsAsync(before, traffic.Ledger);
        await audit.FiguresAreWhatFactsSayAsync();

        await RefusesAsync(restored.Bc, "the system is running", backup);
        await restored.Bc.RunAsync("down");
        await RefusesAsync(restored.Bc, "there is data in", backup);
        await restored.Bc.RunAsync("restore", backup, "--force");
        var replaced = Assert.Single(Directory.GetDirectories(restored.Bc.RunDirectory, "replaced-*"));
        string[] inFolder = Bc.InContainers ? ["secrets"] : ["postgres", "rabbitmq", "secrets"];
        Assert.Superset(inFolder.ToHashSet(), Directory.GetDirectories(replaced).Select(d => Path.GetFileName(d)!).ToHashSet());
        if (restored.Bc.Containers is { } containers)
            Assert.All(["postgres", "rabbitmq"], volume => Assert.NotEmpty(containers.Files(volume, Path.GetFileName(replaced))));
        Directory.Delete(replaced, recursive: true);
    }

    [Fact]
    public async Task A_restore_without_the_keys_or_of_a_damaged_backup_is_refused_and_changes_nothing()
    {
        var backup = Path.Combine(_folder.FullName, "backup.tar.gz");
        await system.Bc.RunAsync("backup", backup);
        var elsewhere = new Bc("restored", system.Traces.Settings);
        var keys = await File.ReadAllBytesAsync(backup + ".keys");

        File.Delete(backup + ".keys");
        await RefusesAsync(elsewhere, "the keys of this backup", backup);

        await File.WriteAllBytesAsync(backup + ".keys", keys);
        using (var file = File.OpenWrite(backup)) file.SetLength(file.Length / 2);
        await RefusesAsync(elsewhere, "is damaged", backup);

        Assert.Empty(Directory.GetDirectories(elsewhere.RunDirectory).Select(Path.GetFileName).Intersect(["postgres", "restored"]));
        await RefusesAsync(system.Bc, "overwrites nothing", backup, command: "backup");
    }

    private static async Task RefusesAsync(Bc bc, string saying, string backup, string command = "restore") =>
        Assert.Contains(saying, (await Assert.ThrowsAsync<InvalidOperationException>(() => bc.RunAsync(command, backup))).Message);

    public void Dispose() => _folder.Delete(recursive: true);
}
