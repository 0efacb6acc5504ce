using System.Diagnostics;
using BetterConnections.Testing;

namespace BetterConnections.Portal.Tests;

public class UnitTests
{
    [Fact]
    public async Task What_the_client_decides_by_itself_holds_in_its_own_tests()
    {
        using var npm = Process.Start(new ProcessStartInfo("npm", ["test"])
        {
            WorkingDirectory = Path.Combine(Clients.Repository, "portal"),
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var (output, errors) = (npm.StandardOutput.ReadToEndAsync(), npm.StandardError.ReadToEndAsync());
        await npm.WaitForExitAsync();
        Assert.True(npm.ExitCode == 0, $"npm test ended with {npm.ExitCode}:\n{await output}{await errors}");
    }
}
