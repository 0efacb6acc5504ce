namespace BetterConnections.Bench;

/// <summary>What every part works with: the system, those who call it, and how long and how often is measured.</summary>
internal sealed class Bench : IAsyncDisposable
{
    /// <summary>Enough that none comes near the gateway's limit for one caller.</summary>
    private const int MostCallers = 160;

    private Bench(Installation system, bool quick) => (System, Report, Quick) = (system, new Report(quick), quick);

    public Installation System { get; }
    public Report Report { get; }
    public Callers Callers { get; private set; } = null!;
    /// <summary>Tries whether everything works; its figures say nothing.</summary>
    public bool Quick { get; }
    public int Rounds => Quick ? 2 : 5;
    /// <summary>Rounds that do not count: for some ten seconds of load the runtime still compiles what it finds hot.</summary>
    public int WarmUps => Quick ? 1 : 4;
    public TimeSpan Round => TimeSpan.FromSeconds(Quick ? 1 : 3);
    public string CurrentPart { get; private set; } = "";

    public static async Task<Bench> OpenAsync(bool quick)
    {
        var bench = new Bench(new Installation(), quick);
        bench.Callers = await Callers.CreateAsync(bench.System, quick ? 40 : MostCallers);
        return bench;
    }

    public Bench Part(string name)
    {
        CurrentPart = name;
        return this;
    }

    /// <summary>
    /// The limit and one or more ways through the product, one after the other in each round, every second round in the opposite order,
    /// so that what slows the machine down slows both. A round in which a request was refused or lost does not count.
    /// </summary>
    public async Task CompareAsync(string limitIs, Func<Task<double>> limit, params (string Name, Goal Goal, Func<Task<Load>> Run)[] ways)
    {
        for (var warm = 0; warm < WarmUps; warm++)
            foreach (var way in ways) await way.Run();
        var (limits, loads) = (new List<double>(), ways.Select(_ => new List<Load>()).ToArray());
        for (var round = 0; round < Rounds; round++)
        {
            if (round % 2 == 0) limits.Add(await limit());
            for (var i = 0; i < ways.Length; i++) loads[i].Add(await ways[i].Run());
            if (round % 2 == 1) limits.Add(await limit());
        }
        for (var i = 0; i < ways.Length; i++)
        {
            var valid = Enumerable.Range(0, Rounds).Where(r => loads[i][r].Failed == 0).ToList();
            Report.Add(new(CurrentPart, ways[i].Name, "per second", [.. valid.Select(r => loads[i][r].PerSecond)], [.. valid.Select(r => limits[r])], limitIs, ways[i].Goal,
                loads[i].Sum(l => l.Failed), Rounds - valid.Count));
        }
    }

    /// <summary>Something measured by itself, round by round.</summary>
    public void Add(string name, string unit, IEnumerable<double> values, Goal? goal = null, IEnumerable<double>? limits = null, string? limitIs = null, long failed = 0) =>
        Report.Add(new(CurrentPart, name, unit, [.. values], limits is null ? null : [.. limits], limitIs, goal, failed, 0));

    /// <summary>Latencies at a steady rate below saturation, counted from when each request was due.</summary>
    public async Task AddLatenciesAsync(string name, int perSecond, Func<TimeSpan, Task<Load>> run)
    {
        var loads = new List<Load>();
        for (var round = 0; round < Rounds; round++) loads.Add(await run(Round));
        var valid = loads.Where(l => l.Failed == 0).ToList();
        Report.Add(new(CurrentPart, $"{name}, p50 at {perSecond}/s", "ms", [.. valid.Select(l => l.Percentile(50))], null, null, null, loads.Sum(l => l.Failed), Rounds - valid.Count));
        Report.Add(new(CurrentPart, $"{name}, p99 at {perSecond}/s", "ms", [.. valid.Select(l => l.Percentile(99))], null, null, null, loads.Sum(l => l.Failed), Rounds - valid.Count));
    }

    public ValueTask DisposeAsync() => System.DisposeAsync();
}
