using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace BetterConnections.Bench;

/// <summary>Where and with what was measured.</summary>
internal sealed record Machine(string Processor, int Cores, double MemoryGb, string System, string DotNet, string PostgreSql, string RabbitMq)
{
    public override string ToString() =>
        $"{Processor}, {Cores} cores, {MemoryGb.ToString(CultureInfo.InvariantCulture)} GB, {System}; .NET {DotNet}, PostgreSQL {PostgreSql}, RabbitMQ {RabbitMq}";

    public static async Task<Machine> LookAsync(Installation system)
    {
        var processor = File.ReadLines("/proc/cpuinfo").FirstOrDefault(l => l.StartsWith("model name", StringComparison.Ordinal))?.Split(": ")[1] ?? RuntimeInformation.ProcessArchitecture.ToString();
        return new(processor, Environment.ProcessorCount, Math.Round(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / Math.Pow(2, 30), 1), RuntimeInformation.OSDescription,
            Environment.Version.ToString(), await system.ScalarAsync<string>("postgres", "show server_version"), await Broker.VersionAsync(system.Broker));
    }
}

/// <summary>When and on what a part was measured.</summary>
/// <param name="LoadBefore">Processes that wanted a processor in the minute before the measured system was started: what others did. Null where nobody looked.</param>
internal sealed record Run(string Part, DateTimeOffset At, double? LoadBefore, Machine Machine);

/// <summary>Collects the figures and writes them down: a line each as they come, JSON and Markdown at the end.</summary>
internal sealed class Report(bool quick)
{
    private static readonly JsonSerializerOptions Json = new()
    {
        WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.CamelCase, NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };
    private readonly List<Figure> _figures = [];
    private bool _left;
    private readonly DateTimeOffset _at = DateTimeOffset.UtcNow;

    public void Add(Figure figure)
    {
        _figures.Add(figure);
        Console.WriteLine($"  {figure.Name,-62} {Range(figure.Values),26} {figure.Unit,-10} {(figure.Ratios is { } ratios ? $"ratio {Range(ratios),-20}" : ""),-26} "
            + $"{figure.Goal,-20} {Verdict(figure)}{(figure.Failed > 0 ? $" ({figure.Failed} requests failed)" : "")}");
    }

    /// <summary>Forgets a part that came to no end; what was known of it before stays.</summary>
    public void Leave(string part)
    {
        _figures.RemoveAll(f => f.Part == part);
        _left = true;
    }

    public Figure Of(string part, string name) => _figures.Single(f => f.Part == part && f.Name == name);

    /// <summary>True where all goals hold. A quick run is not kept, for its figures say nothing.</summary>
    public async Task<bool> WriteAsync(Installation system)
    {
        var holds = !_left && _figures.All(f => f.Holds != false);
        if (quick)
        {
            Console.WriteLine("\nA quick run: not valid as a measurement, and not kept.");
            return !_left && _figures.All(f => f.Failed == 0);
        }
        var results = Path.Combine(system.Repository, "benchmarks", "results");
        var latest = Path.Combine(results, "latest.json");
        var machine = await Machine.LookAsync(system);
        var json = JsonSerializer.Serialize(await MergedAsync(latest, machine, system.LoadBefore), Json);
        Directory.CreateDirectory(results);
        await File.WriteAllTextAsync(latest, json + "\n");
        await WritePageAsync(Path.Combine(system.Repository, "docs", "performance.md"), JsonSerializer.Deserialize<Kept>(json, Json)!);
        Console.WriteLine($"\nWritten to {latest} and docs/performance.md.{(holds ? "" : " Not all goals hold.")}");
        return holds;
    }

    /// <summary>A run of some parts leaves the other parts' figures as they were.</summary>
    private async Task<Kept> MergedAsync(string latest, Machine machine, double? loadBefore)
    {
        var measured = _figures.Select(f => f.Part).ToHashSet();
        var earlier = File.Exists(latest) ? JsonSerializer.Deserialize<Kept>(await File.ReadAllTextAsync(latest), Json)! : new([], []);
        return new([.. earlier.Runs.Where(r => !measured.Contains(r.Part)), .. measured.Select(part => new Run(part, _at, loadBefore, machine))],
            [.. earlier.Figures.Where(f => !measured.Contains(f.Part)), .. _figures]);
    }

    private static async Task WritePageAsync(string page, Kept kept)
    {
        const string begin = "<!-- results: written by ./bc bench -->", end = "<!-- end of results -->";
        var text = await File.ReadAllTextAsync(page);
        var (from, to) = (text.IndexOf(begin, StringComparison.Ordinal) + begin.Length, text.IndexOf(end, StringComparison.Ordinal));
        await File.WriteAllTextAsync(page, $"{text[..from]}\n{Table(kept)}{text[to..]}");
    }

    private static string Table(Kept kept)
    {
        var table = new StringBuilder("Measured, with the load (processes that wanted a processor) in the minute before, where it was noted:\n\n");
        foreach (var run in kept.Runs.GroupBy(r => (r.At, r.LoadBefore, r.Machine)))
            table.AppendLine($"- {run.Key.At:yyyy-MM-dd HH:mm} UTC{(run.Key.LoadBefore is { } load ? $", load {Number(load)}" : "")}: {string.Join(", ", run.Select(r => $"`{r.Part}`"))} on {run.Key.Machine}");
        table.AppendLine("\n| part | what | product: min / median / max | limit: median | ratio: min / median / max | goal | holds |\n|---|---|---|---|---|---|---|");
        foreach (var f in kept.Figures)
            table.AppendLine($"| {f.Part} | {f.Name} | {Range(f.Values)} {f.Unit} | {(f.Limits is { } limits ? $"{Number(Figure.Median(limits))} ({f.LimitIs})" : "")} | {(f.Ratios is { } r ? Range(r) : "")} | {f.Goal} | {Verdict(f)} |");
        return table.ToString();
    }

    private static string Verdict(Figure figure) => figure switch
    {
        { InvalidRounds: > 0 } => $"{figure.InvalidRounds} rounds invalid",
        { Holds: true } => "holds",
        { Holds: false } => "MISSED",
        _ => "",
    };

    private static string Range(double[] values) => values.Length == 0 ? "none" : $"{Number(values.Min())} / {Number(Figure.Median(values))} / {Number(values.Max())}";

    private static string Number(double value) => value.ToString(Math.Abs(value) switch { >= 100 => "0", >= 10 => "0.0", >= 0.1 => "0.00", _ => "0.0000" }, CultureInfo.InvariantCulture);

    private sealed record Kept(Run[] Runs, Figure[] Figures);
}
