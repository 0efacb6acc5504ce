using System.Diagnostics;
using System.Net;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Evaluation.Tests.OpenRosa;

/// <summary>Alone, for the folder of temporary files is the whole process's.</summary>
[CollectionDefinition(nameof(TemporaryFolderTests), DisableParallelization = true), Collection(nameof(TemporaryFolderTests))]
public class TemporaryFolderTests(EvaluationApp evaluation)
{
    public static bool MayMount { get; } = SmallDisk.CanBeMade();

    [Fact]
    public async Task A_photograph_that_cannot_be_put_down_is_no_fault_of_the_phone_and_nothing_is_kept()
    {
        var (field, sending) = await PhotographAsync(100);
        using (Temporary(Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():n}"))) // is not there
            Assert.Equal(HttpStatusCode.InternalServerError, (await sending()).Status);

        await NothingIsKeptAsync(field);
        Assert.Equal(HttpStatusCode.Created, (await sending()).Status);
    }

    [Fact(Skip = "Only root may make a small disk.", SkipUnless = nameof(MayMount))]
    public async Task On_a_full_disk_no_half_of_an_interview_is_kept_and_the_phone_sends_it_again_later()
    {
        using var disk = new SmallDisk();
        var (field, sending) = await PhotographAsync(2 * SmallDisk.Bytes);
        using (Temporary(disk.Folder))
        {
            var full = await sending();
            Assert.Equal((HttpStatusCode.ServiceUnavailable, "disk_full"), (full.Status, full.Nature));
        }

        await NothingIsKeptAsync(field);
        Assert.Empty(Directory.GetFiles(disk.Folder)); // what had been written makes room for others
        Assert.Equal(HttpStatusCode.Created, (await sending()).Status);
    }

    private async Task<(FieldWork Field, Func<Task<SubmissionAnswer>> Sending)> PhotographAsync(int bytes)
    {
        var field = await FieldWork.PrepareAsync(evaluation);
        var form = await field.FillAsync();
        return (field, () => field.Phone.SubmitAsync(form.Xml, incomplete: false, ("a.png", [0x89, .. "PNG\r\n\u001a\n"u8, .. new byte[bytes]])));
    }

    private async Task NothingIsKeptAsync(FieldWork field) =>
        Assert.Equal(0, await evaluation.InDbAsync(db => db.Submissions.CountAsync(s => s.FacilityId == field.FacilityId)));

    private static Restoring Temporary(string folder)
    {
        var before = Environment.GetEnvironmentVariable("TMPDIR");
        Environment.SetEnvironmentVariable("TMPDIR", folder);
        return new(() => Environment.SetEnvironmentVariable("TMPDIR", before));
    }

    private sealed class Restoring(Action restore) : IDisposable
    {
        public void Dispose() => restore();
    }

    /// <summary>A file system that is full soon.</summary>
    private sealed class SmallDisk : IDisposable
    {
        public const int Bytes = 64 * 1024;

        public SmallDisk() => Assert.Equal(0, Run("mount", "-t", "tmpfs", "-o", $"size={Bytes}", "better-connections-test", Folder));

        public string Folder { get; } = Directory.CreateTempSubdirectory("bc-disk-").FullName;

        public static bool CanBeMade()
        {
            if (!Environment.IsPrivilegedProcess) return false;
            var folder = Directory.CreateTempSubdirectory("bc-disk-").FullName;
            var made = Run("mount", "-t", "tmpfs", "better-connections-test", folder) == 0; // a container's root may not
            if (made) Run("umount", folder);
            Directory.Delete(folder);
            return made;
        }

        public void Dispose()
        {
            Run("umount", Folder);
            Directory.Delete(Folder);
        }

        private static int Run(string program, params string[] arguments)
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
            process.WaitForExit();
            return process.ExitCode;
        }
    }
}
