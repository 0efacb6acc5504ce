using BetterConnections.Bench;

// Measures the running system against the physical limit of the same machine, part by part; started by ./bc bench.
var parts = new Dictionary<string, Func<Bench, Task>>
{
    ["idle"] = Idle.MeasureAsync,
    ["write"] = Writes.MeasureAsync,
    ["read"] = Reads.MeasureAsync,
    ["list"] = Lists.MeasureAsync,
    ["gateway"] = GatewayCost.MeasureAsync,
    ["submission"] = Submissions.MeasureAsync,
    ["results"] = Results.MeasureAsync,
    ["events"] = Events.MeasureAsync,
    ["overview"] = Overviews.MeasureAsync,
    ["import"] = Imports.MeasureAsync,
    ["growth"] = Growth.MeasureAsync,
    ["peers"] = Peers.MeasureAsync,
};
string[] onlyWhenAsked = ["growth", "peers"]; // the one takes as long as all others together, the other wants something installed

var quick = args.Contains("--quick");
var asked = args.Where(a => a != "--quick").ToList();
if (asked.Except(parts.Keys).FirstOrDefault() is { } unknown)
{
    Console.Error.WriteLine($"There is no part \"{unknown}\". There are: {string.Join(", ", parts.Keys)}");
    return 2;
}

await using var bench = await Bench.OpenAsync(quick);
foreach (var (name, measure) in parts.Where(p => asked.Count == 0 ? !onlyWhenAsked.Contains(p.Key) : asked.Contains(p.Key)))
{
    Console.WriteLine($"\n{name}");
    try
    {
        await measure(bench.Part(name));
    }
    catch (Exception e)
    {
        Console.Error.WriteLine($"{name} was not measured: {e}");
        bench.Report.Leave(name); // the others are kept
    }
}
return await bench.Report.WriteAsync(bench.System) ? 0 : 1;
