using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using BetterConnections.Contracts;

namespace BetterConnections.Journeys.Tests.Faults;

/// <summary>
/// <c>./bc test --faults</c>: everything that can happen to a process, a server, a network, a disk and a clock, while clients of all roles work.
/// Explicit, for it takes a quarter of an hour: <c>./bc test</c> leaves it out.
/// </summary>
public sealed class FaultTests(WholeSystem system)
{
    private const double LongestAnswer = 10, LongestRecovery = 15;
    private static readonly TimeSpan Frozen = TimeSpan.FromSeconds(20), Cut = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(15); // of a client after each piece of work, some dozens of requests: a steady load and no race

    /// <summary>How much slower than on a quiet machine everything may be.</summary>
    private static readonly double Patience = double.Parse(Environment.GetEnvironmentVariable("BC_FAULTS_PATIENCE") ?? "1", CultureInfo.InvariantCulture);

    /// <summary>Only those whose name matches, to try one; all by default.</summary>
    private static readonly Regex Wanted = new(Environment.GetEnvironmentVariable("BC_FAULTS") ?? "");

    private readonly Processes _processes = system.Processes;

    [Fact(Explicit = true)]
    public async Task Whatever_fails_no_acknowledged_write_is_lost_or_doubled_and_everybody_is_answered()
    {
        await using var network = new Network(system.Bc);
        var (disk, clocks) = (new Disk(system.Bc), new Clocks(system.Bc));
        await system.Bc.RewireAsync(network.Lay);
        await _processes.AllHealthyAsync(Patience);

        var traffic = await Traffic.StartAsync(system, Pause);
        await traffic.AlsoReadAsync(
            (Roles.Donor, ["/api/inventory/donations", "/api/evaluation/public/scorecard"]), (Roles.Club, ["/api/inventory/work-orders"]),
            (Roles.Recycler, ["/api/inventory/ewaste"]), (Roles.Regulator, ["/api/enrollment/compliance"]),
            (Roles.Evaluator, ["/api/evaluation/waves", "/api/evaluation/submissions", "/api/inventory/stock"]), (Roles.Operator, ["/api/enrollment/audit"]));
        await traffic.AcknowledgesAsync(100);

        var suffered = new List<Suffered>();
        foreach (var fault in Wished(Faults(network, disk))) suffered.Add(await SufferAsync(fault, traffic));
        if (Wished(ClockFaults(clocks)).Any())
        {
            await system.Bc.RewireAsync(clocks.Prepare);
            await _processes.AllHealthyAsync(Patience);
            foreach (var fault in Wished(ClockFaults(clocks))) suffered.Add(await SufferAsync(fault, traffic));
        }
        await traffic.StopAsync();

        try
        {
            await AuditAsync(traffic.Ledger);
        }
        finally
        {
            await ReportAsync(suffered);
        }
        Assert.Empty(suffered.SelectMany(s => s.Complaints));
    }

    private static IEnumerable<Fault> Wished(IEnumerable<Fault> faults) => faults.Where(f => Wanted.IsMatch(f.Name));

    private IEnumerable<Fault> Faults(Network network, Disk disk)
    {
        string[] services = Processes.Services, servers = ["postgres", "rabbitmq"];
        if (Bc.Replicas > 1)
        {
            yield return RollingRestart();
            yield return NewRelease();
        }
        else Skip("rolling restart and new release", "they need BC_REPLICAS=2");

        foreach (var process in services.Append("gateway").Concat(servers)) yield return Kill(process);
        foreach (var name in services.Concat(servers)) yield return Freeze(name);
        foreach (var name in services.Concat(servers)) yield return network.Without(name, Cut);

        if (disk.IsSmall) yield return disk.Full(Cut);
        else Skip("disk full", "only root can make a small disk to fill");
        yield return Kill("postgres").And(Kill("rabbitmq"));
        yield return Freeze("postgres").And(network.Without("rabbitmq", Cut));
        yield return Freeze("inventory").And(Kill("enrollment"));
        yield return network.Without("identity", Cut).And(Freeze("volunteer"));
        yield return Kill("training").And(Kill("gateway"));
        yield return new("all killed", () => Task.WhenAll(_processes.AllNames.Select(_processes.KillAsync)), () => Task.CompletedTask, TimeSpan.Zero) { IsOfTheGateway = true, IsColdStart = true };
    }

    private static IEnumerable<Fault> ClockFaults(Clocks clocks)
    {
        if (!Clocks.CanBeSet) Skip("clocks", "libfaketime is not here, or there are no second replicas");
        else // by less than the 30 s that are granted to clocks: by more, tokens are rightly refused
            foreach (var seconds in (int[])[+20, -20]) yield return clocks.Off(seconds, Cut);
    }

    private Fault RollingRestart() => new("rolling restart", () => system.Bc.RunAsync("restart"), () => Task.CompletedTask, TimeSpan.Zero) { GoesUnnoticed = true };

    private Fault NewRelease() => new("new release", async () =>
    {
        var before = await _processes.ReleaseOfAsync("inventory");
        await system.Bc.RunAsync("restart", "--build");
        var releases = await Task.WhenAll(Processes.Services.SelectMany(Processes.Of).Select(_processes.ReleaseOfAsync));
        Assert.NotEqual(before, Assert.Single(releases.Distinct()));
    }, () => Task.CompletedTask, TimeSpan.Zero)
    { GoesUnnoticed = true };

    private Fault Kill(string process) => new($"{process} killed", () => _processes.KillAsync(process), () => Task.CompletedTask, TimeSpan.Zero) { IsOfTheGateway = process == "gateway" };

    private Fault Freeze(string name) => new($"{name} frozen", () => Task.WhenAll(Processes.Of(name).Select(_processes.FreezeAsync)),
        () => Task.WhenAll(Processes.Of(name).Select(_processes.ThawAsync)), Frozen);

    private async Task<Suffered> SufferAsync(Fault fault, Traffic traffic)
    {
        system.Meter.Take();
        await fault.Begin();
        await Task.Delay(fault.Lasts);
        await fault.End();
        var clock = Stopwatch.StartNew();
        await _processes.AllHealthyAsync(Patience);
        var recovered = clock.Elapsed.TotalSeconds;
        await traffic.AcknowledgesAsync(20);
        var suffered = new Suffered(fault, system.Meter.Take(), recovered, Patience * LongestAnswer, Patience * LongestRecovery);
        Console.WriteLine(suffered.Line);
        return suffered;
    }

    private async Task AuditAsync(Ledger ledger)
    {
        await new Audit(system).EverythingHoldsAsync(ledger);
        foreach (var service in Processes.Services) await Audit.TrailIsIntactAsync(system.Office, service);
    }

    private async Task ReportAsync(IReadOnlyList<Suffered> suffered)
    {
        var books = system.Books;
        var report = new
        {
            at = DateTimeOffset.UtcNow,
            requests = suffered.Sum(s => s.Requests),
            faults = suffered.Count,
            compared = books.Compared,
            lost = books.Lost,
            doubled = books.Doubled,
            slowestAnswerSeconds = suffered.Max(s => s.Slowest),
            slowestRecoverySeconds = suffered.Max(s => s.Recovered),
            complaints = suffered.SelectMany(s => s.Complaints),
            byFault = suffered.Select(s => new { s.Fault.Name, s.Requests, s.ByStatus, s.Slowest, s.Recovered }),
        };
        Console.WriteLine(Suffered.Heading);
        foreach (var one in suffered) Console.WriteLine(one.Line);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{report.requests} requests, {report.faults} faults, {report.compared} acknowledged writes compared: {report.lost} lost, {report.doubled} doubled; slowest answer {report.slowestAnswerSeconds:0.0} s, slowest recovery {report.slowestRecoverySeconds:0.0} s"));
        await File.WriteAllTextAsync(Path.Combine(Path.GetDirectoryName(system.Bc.RunDirectory)!, "faults.json"), JsonSerializer.Serialize(report, new JsonSerializerOptions(JsonSerializerDefaults.Web) { WriteIndented = true }));
    }

    private static void Skip(string fault, string why) => Console.WriteLine($"SKIPPED: {fault}: {why}");
}
