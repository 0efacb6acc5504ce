using System.Diagnostics;
using System.Globalization;

namespace BetterConnections.WholeSystems;

/// <summary>The containers of a system. The machine that runs Docker reaches each at its own address, also those that publish no port.</summary>
/// <param name="project">As docker compose calls the system.</param>
public sealed class Containers(string project)
{
    /// <summary>In the order of the ports that they would have without Docker; a second replica's is twenty above the first one's.</summary>
    private static readonly string[] Answering = ["gateway", "identity", "inventory", "enrollment", "volunteer", "training", "evaluation"];

    public string Postgres => $"Host={AddressOf("postgres")}";

    public string RabbitMqManagement => $"{AddressOf("rabbitmq")}:15672";

    /// <summary>Null for the gateway, which is where it always is.</summary>
    public Uri? Address(int offset) => offset == 0 ? null : new($"http://{AddressOf($"{Answering[offset % 20]}-{1 + offset / 20}")}:8080");

    /// <summary>Of the container's first process, as this machine counts them; 0 while there is none.</summary>
    public int Pid(string name) => int.Parse(Inspect(name, "{{.State.Pid}}"), CultureInfo.InvariantCulture);

    /// <summary>Of a container that is down, one where nobody answers.</summary>
    private string AddressOf(string name) =>
        Inspect(name, "{{range .NetworkSettings.Networks}}{{.IPAddress}} {{end}}").Split(' ')[0] is { Length: > 0 } address ? address : "down.invalid";

    /// <param name="name"><c>inventory</c>, or a later replica: <c>inventory-2</c>.</param>
    public string Inspect(string name, string format)
    {
        var (service, number) = name.Split('-') is [var first, var second] ? (first, int.Parse(second, CultureInfo.InvariantCulture)) : (name, 1);
        return Docker("inspect", "--format", format, Replicas(service)[^number]);
    }

    /// <summary>The ids of a service's containers, the newest first.</summary>
    public string[] Replicas(string service) => Docker("ps", "--all", "--quiet", "--no-trunc",
        "--filter", $"label=com.docker.compose.project={project}", "--filter", $"label=com.docker.compose.service={service}").Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>What lies in one of the system's volumes, whose names are <c>postgres</c> and <c>rabbitmq</c>, at a path.</summary>
    public string[] Files(string volume, string path) =>
        Docker("run", "--rm", "--user", "root", "--volume", $"{project}_{volume}:/data", "--entrypoint", "ls", "better-connections/gateway", "-A", $"/data/{path}")
            .Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>What it printed.</summary>
    public static string Docker(params string[] arguments)
    {
        using var docker = Process.Start(new ProcessStartInfo("docker", arguments) { RedirectStandardOutput = true })!;
        var output = docker.StandardOutput.ReadToEnd();
        docker.WaitForExit();
        return docker.ExitCode == 0 ? output.Trim() : throw new InvalidOperationException($"docker {string.Join(' ', arguments)} ended with {docker.ExitCode}.");
    }
}
