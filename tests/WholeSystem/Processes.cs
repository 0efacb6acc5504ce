using System.Diagnostics;
using System.Text.Json;
using BetterConnections.Testing;

namespace BetterConnections.WholeSystems;

/// <summary>The processes of the system: killing one, and waiting until all answer again.</summary>
public sealed class Processes(Bc bc)
{
    public static readonly string[] Services = ["identity", "inventory", "enrollment", "volunteer", "training", "evaluation"];

    private static readonly HttpClient Http = new() { Timeout = TimeSpan.FromSeconds(10) };

    /// <summary>All that answer, with the offsets of their ports.</summary>
    public static IReadOnlyDictionary<string, int> Ports { get; } = Services
        .SelectMany((service, i) => Of(service).Select((process, replica) => (process, Offset: 1 + i + 20 * replica)))
        .Append(("gateway", 0)).ToDictionary();

    /// <summary>The processes that serve and the servers.</summary>
    public IEnumerable<string> AllNames => [.. Ports.Keys, "postgres", "rabbitmq"];

    /// <summary>The processes of a service: its replicas; of anything else itself.</summary>
    public static IEnumerable<string> Of(string name) => Services.Contains(name)
        ? Enumerable.Range(1, Bc.Replicas).Select(number => number == 1 ? name : $"{name}-{number}")
        : [name];

    /// <summary><c>kill -9</c>, and waits until it is gone, so that whoever answers afterwards is its successor.</summary>
    public async Task KillAsync(string name)
    {
        using var process = (await Eventually.BecomesAsync(() => LivingAsync(name), living => living is not null))!;
        process.Kill();
        await process.WaitForExitAsync();
    }

    /// <summary>Null while it is being started again, and also while Docker or supervisord have not noticed yet that it ended.</summary>
    private async Task<Process?> LivingAsync(string name)
    {
        try
        {
            return await bc.PidAsync(name) is > 1 and var pid ? Process.GetProcessById(pid) : null;
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    /// <summary>It keeps its connections and does nothing, until <see cref="ThawAsync"/>.</summary>
    public Task FreezeAsync(string name) => SignalAsync(name, "STOP");

    public Task ThawAsync(string name) => SignalAsync(name, "CONT");

    /// <summary>
    /// Also to its children: PostgreSQL has one for each connection. The parent first, for it would make more of them; going on again, it buries
    /// those that ended meanwhile, so that they may be gone.
    /// </summary>
    private async Task SignalAsync(string name, string signal)
    {
        using var kill = Process.Start("bash", ["-c", $"kill -{signal} $1 && {{ pgrep -P $1 | xargs -r kill -{signal} || true; }}", "bash", $"{await PidAsync(name)}"]);
        await kill.WaitForExitAsync();
        Assert.Equal(0, kill.ExitCode);
    }

    private async Task<int> PidAsync(string name)
    {
        var pid = await bc.PidAsync(name);
        Assert.True(pid > 1, $"supervisord names no process for {name}."); // 0 would be ourselves, 1 everything
        return pid;
    }

    /// <summary>The folder of the release that a process was started from.</summary>
    public async Task<string> ReleaseOfAsync(string name) => Path.GetDirectoryName(File.ResolveLinkTarget($"/proc/{await PidAsync(name)}/cwd", returnFinalTarget: false)!.FullName)!;

    /// <summary>Every service is ready, which includes that its database and the broker answer it.</summary>
    public Task AllHealthyAsync(double patience = 1) =>
        Eventually.BecomesAsync(async () => string.Join(", ", await AilingAsync()), ailing => ailing == "", patience * TimeSpan.FromMinutes(2));

    private async Task<IEnumerable<string>> AilingAsync()
    {
        var ailments = await Task.WhenAll(Ports.Select(async process => (process.Key, Why: await AilmentAsync(process.Key, bc.Address(process.Value)))));
        return ailments.Where(process => process.Why is not null).Select(process => $"{process.Key} ({process.Why})");
    }

    /// <summary>What the process says is wrong with it; null when it is healthy.</summary>
    private static async Task<string?> AilmentAsync(string name, Uri address)
    {
        try
        {
            using var response = await Http.GetAsync(new Uri(address, "/health"));
            if (response.IsSuccessStatusCode && name != "gateway") return null;
            var health = JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;
            // It is degraded until it knows of every service that it is there again, and tells strangers no more than this.
            if (name == "gateway") return health.GetProperty("status").ToString() is var status and not "Healthy" ? status : null;
            var checks = health.GetProperty("checks").EnumerateObject().Where(check => check.Value.GetProperty("status").GetString() != "Healthy");
            return string.Join("; ", checks.Select(check => $"{check.Name}: {check.Value.GetProperty("description")}"));
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException or JsonException)
        {
            return e.Message;
        }
    }
}
