using System.Globalization;

namespace BetterConnections.Journeys.Tests.Faults;

/// <summary>The clocks of two replicas, which can be set off; with libfaketime (Debian's package <c>faketime</c>), where it is. With it their idle threads turn without rest, so it comes last.</summary>
internal sealed class Clocks(Bc bc)
{
    private static readonly string[] OfProcesses = ["identity-2", "inventory-2"];
    private static readonly string? Library = Directory.EnumerateDirectories("/usr/lib").Select(d => Path.Combine(d, "faketime/libfaketimeMT.so.1")).FirstOrDefault(System.IO.File.Exists);

    public static bool CanBeSet => Library is not null && Bc.Replicas > 1;

    /// <summary>Lets the clock of the process be set. What it measures time with (CLOCK_MONOTONIC) is left alone, as by a machine's clock that is set.</summary>
    public string Prepare(string process, string settings)
    {
        if (Library is null || !OfProcesses.Contains(process)) return settings;
        Set(process, 0);
        return settings.Replace("environment=", $"environment=LD_PRELOAD=\"{Library}\",FAKETIME_TIMESTAMP_FILE=\"{File(process)}\",FAKETIME_CACHE_DURATION=\"1\",FAKETIME_DONT_FAKE_MONOTONIC=\"1\",");
    }

    /// <param name="seconds">Ahead of the true time; behind it where negative.</param>
    public Fault Off(int seconds, TimeSpan lasts) => new($"clocks of {string.Join(", ", OfProcesses)} {seconds:+0;-0} s", () => SetAsync(seconds), () => SetAsync(0), lasts) { GoesUnnoticed = true };

    private Task SetAsync(int seconds)
    {
        foreach (var process in OfProcesses) Set(process, seconds);
        return Task.CompletedTask;
    }

    private void Set(string process, int seconds) => System.IO.File.WriteAllText(File(process), string.Create(CultureInfo.InvariantCulture, $"{seconds:+0;-0;+0}"));

    private string File(string process) => Path.Combine(bc.RunDirectory, $"{process}.clock");
}
