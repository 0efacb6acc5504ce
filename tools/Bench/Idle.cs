namespace BetterConnections.Bench;

/// <summary>What the system takes when nobody asks for anything, and how long it takes to be there.</summary>
internal static class Idle
{
    public static async Task MeasureAsync(Bench bench)
    {
        await Task.Delay(TimeSpan.FromSeconds(bench.Quick ? 1 : 20)); // starting is over
        var processes = Installation.Processes.Select(p => (Name: p, Id: bench.System.ProcessId(p))).ToList();
        foreach (var (name, id) in processes) bench.Add($"resident memory, {name}", "MB", [Installation.Memory(id)]);
        bench.Add("resident memory of all .NET processes", "MB", [processes.Sum(p => Installation.Memory(p.Id))], Goal.ValueAtMost(700));
        bench.Add("the same, shared pages counted once (proportional)", "MB", [processes.Sum(p => Installation.Memory(p.Id, "Pss", "smaps_rollup"))]);
        if (bench.System.ColdStartSeconds is { } seconds) bench.Add("cold start of ./bc up, built before", "s", [seconds], Goal.ValueAtMost(20));
    }
}
