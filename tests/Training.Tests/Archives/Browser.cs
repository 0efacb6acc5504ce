using System.ComponentModel;
using System.Diagnostics;

namespace BetterConnections.Training.Tests.Archives;

/// <summary>Chromium without a window, as a facility's computer has it: no network, files from a disk.</summary>
internal static class Browser
{
    /// <summary>The page's document after its scripts ran. Anything on its console, such as an error of a script, fails the test.</summary>
    public static async Task<string> OpenAsync(string address)
    {
        var profile = Directory.CreateTempSubdirectory("chromium");
        try
        {
            return await RunAsync("--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--enable-logging=stderr", "--v=0",
                "--host-resolver-rules=MAP * ~NOTFOUND", // nothing is reachable
                "--virtual-time-budget=3000", $"--user-data-dir={profile.FullName}", "--dump-dom", address);
        }
        finally
        {
            profile.Delete(recursive: true);
        }
    }

    private static async Task<string> RunAsync(params string[] arguments)
    {
        try
        {
            using var chromium = Process.Start(new ProcessStartInfo("chromium", arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            var (page, log) = (chromium.StandardOutput.ReadToEndAsync(), chromium.StandardError.ReadToEndAsync());
            using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(60));
            await chromium.WaitForExitAsync(deadline.Token);
            Assert.DoesNotContain((await log).Split('\n'), l => l.Contains(":CONSOLE:", StringComparison.Ordinal));
            return await page;
        }
        catch (Win32Exception missing)
        {
            throw new InvalidOperationException("This test needs chromium: install the package chromium.", missing);
        }
    }
}
