using System.Diagnostics;
using System.Globalization;
using System.Net.NetworkInformation;
using System.Text.RegularExpressions;
using BetterConnections.Testing;

namespace BetterConnections.WholeSystems;

/// <summary>The <c>bc</c> command for one system: its run directory and its ports.</summary>
public sealed partial class Bc
{
    private const int FirstPort = 8680;
    private const int Ports = 40; // from the base on a system may use so many
    private const int Amanda = 10080; // a port that no browser opens, lest a web page talk to that backup server

    private static readonly string Root = Clients.Repository;
    private readonly string _home;
    private readonly int _portBase;
    private readonly IReadOnlyDictionary<string, string> _settings;

    /// <summary>A system of one's own, not yet started.</summary>
    /// <param name="name">Of the folder under <c>.run</c>.</param>
    /// <param name="settings">Environment that the services inherit.</param>
    public Bc(string name, IReadOnlyDictionary<string, string> settings) : this(Path.Combine(Root, ".run", name), FreePorts(), settings) { }

    private Bc(string home, int portBase, IReadOnlyDictionary<string, string> settings)
    {
        (_home, _portBase, _settings) = (home, portBase, settings);
        RunDirectory = Path.Combine(home, InContainers ? "containers" : "");
    }

    /// <summary>The system that somebody has started with this run directory.</summary>
    public static Bc Running(string runDirectory)
    {
        var home = Path.GetFullPath(runDirectory, Root);
        var gateway = GatewayPort().Match(File.ReadAllText(Path.Combine(home, "supervisord.conf")));
        return new(home, int.Parse(gateway.ValueSpan, CultureInfo.InvariantCulture), new Dictionary<string, string>());
    }

    /// <summary>Whether the system is to run in Docker; <c>./bc test --containers</c> asks for it.</summary>
    public static bool InContainers { get; } = Environment.GetEnvironmentVariable("BC_CONTAINERS") == "yes";

    /// <summary>Of every service, as far as they have ports of their own; <c>./bc</c> reads the same setting.</summary>
    public static int Replicas { get; } = InContainers ? 1 : int.Parse(Environment.GetEnvironmentVariable("BC_REPLICAS") ?? "1", CultureInfo.InvariantCulture);

    public int Port(int offset) => _portBase + offset;

    public string RunDirectory { get; }

    public Containers? Containers => InContainers ? new($"better-connections-{_portBase}") : null;

    public Uri Address(int offset) => Containers?.Address(offset) ?? new($"http://127.0.0.1:{_portBase + offset}");

    public string Secret(string name) => File.ReadAllText(Path.Combine(RunDirectory, "secrets", name)).Trim();

    public string PostgresConnection(string database) =>
        $"{Containers?.Postgres ?? $"Host=127.0.0.1;Port={_portBase + 10}"};Username=postgres;Password={Secret("database-postgres")};Database={database};Pooling=false";

    public Uri RabbitMqManagement => new($"http://bc:{Secret("rabbitmq")}@{Containers?.RabbitMqManagement ?? $"127.0.0.1:{_portBase + 12}"}");

    public Task UpAsync() => RunAsync("up", "--detach");

    public Task DownAsync() => RunAsync("down", "--wipe");

    private static string[] Where => InContainers ? ["--containers"] : [];

    /// <exception cref="InvalidOperationException">It failed; the message has what it printed.</exception>
    public async Task RunAsync(params string[] arguments)
    {
        var (exitCode, output) = await RunAsync(Path.Combine(Root, "bc"), [.. arguments, .. Where], []);
        if (exitCode != 0) throw new InvalidOperationException($"bc {string.Join(' ', arguments)} ended with {exitCode}:\n{output}");
    }

    /// <summary>
    /// A process that stops and deletes the system when its standard input closes. The kernel closes it when this process ends,
    /// however it ends, so that nothing stays behind even after a <c>kill -9</c> of the tests.
    /// </summary>
    public Process StopWhenThisProcessEnds() => Process.Start(Start("setsid",
        ["--wait", "bash", "-c", "cat >/dev/null; exec \"$@\" >/dev/null", "bash", Path.Combine(Root, "bc"), "down", "--wipe", .. Where], [], start => start.RedirectStandardInput = true))!;

    public Task<(int ExitCode, string Output)> DemonstrateAsync(Uri gateway) =>
        RunAsync("dotnet", [Path.Combine(RunDirectory, "app/current/Demo/BetterConnections.Demo.dll"), "--gateway", gateway.ToString().TrimEnd('/')],
            [("BC_ADMIN_USER", "admin@betterconnections.local"), ("BC_ADMIN_PASSWORD", Secret("administrator"))]);

    /// <summary>The process of a service, of the gateway or of a server; 0 when it is not running.</summary>
    public async Task<int> PidAsync(string process)
    {
        if (Containers is { } containers) return containers.Pid(process);
        var name = process is "gateway" or "postgres" or "rabbitmq" ? process : $"services:{process}";
        return int.TryParse((await ControlAsync("pid", name)).Trim(), out var pid) ? pid : 0;
    }

    private async Task<string> ControlAsync(params string[] arguments) =>
        (await RunAsync("supervisorctl", ["-c", Path.Combine(RunDirectory, "supervisord.conf"), .. arguments], [])).Output;

    /// <summary>Starts the services and the gateway anew, with what <paramref name="change"/> makes of the section that supervisord has of each.</summary>
    /// <param name="change">From the process's name and its section to the new section.</param>
    public async Task RewireAsync(Func<string, string, string> change)
    {
        var file = Path.Combine(RunDirectory, "supervisord.conf");
        var sections = (await File.ReadAllTextAsync(file)).Split("\n[program:");
        for (var i = 1; i < sections.Length; i++) sections[i] = change(sections[i].Split(']')[0], sections[i]);
        await File.WriteAllTextAsync(file, string.Join("\n[program:", sections));
        await ControlAsync("update");
        await ControlAsync("start", "services:*", "gateway");
    }

    /// <summary>
    /// The output goes by way of a file: a build server that the command leaves running would hold a pipe open,
    /// and who reads to its end would wait for it.
    /// </summary>
    private async Task<(int ExitCode, string Output)> RunAsync(string program, string[] arguments, (string Name, string Value)[] environment)
    {
        var output = Path.GetTempFileName();
        try
        {
            using var process = Process.Start(Start("bash",
                ["-c", "out=$1; shift; exec \"$@\" >\"$out\" 2>&1 </dev/null", "bash", output, program, .. arguments], environment))!;
            await process.WaitForExitAsync();
            return (process.ExitCode, await File.ReadAllTextAsync(output));
        }
        finally
        {
            File.Delete(output);
        }
    }

    private ProcessStartInfo Start(string program, string[] arguments, (string Name, string Value)[] environment, Action<ProcessStartInfo>? also = null)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = Root };
        start.Environment["BC_RUN_DIR"] = _home;
        start.Environment["BC_PORT_BASE"] = _portBase.ToString(CultureInfo.InvariantCulture);
        foreach (var (name, value) in _settings) start.Environment[name] = value;
        foreach (var (name, value) in environment) start.Environment[name] = value;
        also?.Invoke(start);
        return start;
    }

    /// <summary>A hundred in which all ports of a system are free. Any of them, for another run that is building now would take the first one too.</summary>
    private static int FreePorts()
    {
        var taken = IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners().Select(l => l.Port).ToHashSet();
        int[] free = [.. Enumerable.Range(0, 100).Select(i => FirstPort + 100 * i).Where(start => start != Amanda && !Enumerable.Range(start, Ports).Any(taken.Contains))];
        return free[Random.Shared.Next(free.Length)];
    }

    [GeneratedRegex(@"(?<=Authentication__Authority=""http://127\.0\.0\.1:)\d+")]
    private static partial Regex GatewayPort();
}
