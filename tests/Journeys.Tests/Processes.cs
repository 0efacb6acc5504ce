using System.Diagnostics;
using BetterConnections.Testing;

namespace BetterConnections.Journeys.Tests;

/// <summary>The processes of the system: killing one, and waiting until all answer again.</summary>
public sealed class Processes(Bc bc, HttpClient http)
{
    /// <summary>In the order of their ports.</summary>
    private static readonly string[] Answering = ["gateway", "identity", "inventory", "enrollment", "volunteer", "training", "evaluation"];

    /// <summary><c>kill -9</c>, and waits until it is gone, so that whoever answers afterwards is its successor.</summary>
    public async Task KillAsync(string name)
    {
        using var process = Process.GetProcessById(await PidAsync(name));
        process.Kill();
        await process.WaitForExitAsync();
    }

    /// <summary>It keeps its connections and does nothing, until <see cref="ThawAsync"/>.</summary>
    public Task FreezeAsync(string name) => SignalAsync(name, "STOP");

    public Task ThawAsync(string name) => SignalAsync(name, "CONT");

    private async Task SignalAsync(string name, string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", $"{await PidAsync(name)}"]);
        await kill.WaitForExitAsync();
        Assert.Equal(0, kill.ExitCode);
    }

    private async Task<int> PidAsync(string name)
    {
        var pid = await bc.PidAsync(name);
        Assert.True(pid > 1, $"supervisord names no process for {name}."); // 0 would be ourselves, 1 everything
        return pid;
    }

    /// <summary>Every service is ready, which includes that its database and the broker answer it.</summary>
    public Task AllHealthyAsync() => Eventually.BecomesAsync(async () => string.Join(", ", await AilingAsync()), ailing => ailing == "", TimeSpan.FromMinutes(2));

    private async Task<IEnumerable<string>> AilingAsync()
    {
        var healthy = await Task.WhenAll(Answering.Select((_, offset) => IsHealthyAsync(bc.Address(offset))));
        return Answering.Where((_, i) => !healthy[i]);
    }

    private async Task<bool> IsHealthyAsync(Uri address)
    {
        try
        {
            using var response = await http.GetAsync(new Uri(address, "/health"));
            return response.IsSuccessStatusCode;
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
        {
            return false;
        }
    }
}
