using System.Text.RegularExpressions;

namespace BetterConnections.Deployment.Tests;

/// <summary>The settings that each way to run the system gives to a program, by the names of environment variables.</summary>
internal static partial class Deployments
{
    /// <summary>The services and the gateway.</summary>
    public static string[] Programs { get; } = [.. Repository.Services, "gateway"];

    /// <summary><c>./bc up</c>.</summary>
    public static Dictionary<string, string> OfScripts(string program) =>
        Assignment().Matches(Repository.Bash(program == "gateway" ? "gateway_program" : $"service_program {program}"))
            .ToDictionary(m => m.Groups[1].Value, m => m.Groups[2].Value);

    /// <summary><c>deploy/compose.yaml</c>.</summary>
    public static Dictionary<string, string> OfCompose(string program)
    {
        var environment = Repository.Yaml("deploy/compose.yaml")["services"][program]["environment"];
        return environment.Keys.ToDictionary(name => name, name => environment[name].ToString());
    }

    /// <summary><c>deploy/kubernetes</c>: what all have, what the installation says, and what the program adds to it.</summary>
    public static Dictionary<string, string> OfKubernetes(string program)
    {
        var settings = Literals("base").Concat(Literals("example")).GroupBy(l => l.Name).ToDictionary(g => g.Key, g => g.Last().Value);
        foreach (var variable in Container("base/service/deployment.yaml")["env"].Items) settings.Add(variable["name"].ToString(), ValueOf(variable));
        foreach (var added in Patches(program).Where(p => p["path"].ToString().EndsWith("/env/-", StringComparison.Ordinal)))
            settings.Add(added["value"]["name"].ToString(), ValueOf(added["value"]));
        return settings;
    }

    /// <summary>What a program's folder changes of what all have alike.</summary>
    public static IEnumerable<Node> Patches(string program) =>
        Kubernetes($"base/{program}/kustomization.yaml")["patches"].Items.SelectMany(p => Repository.Parse(p["patch"].ToString()).Items);

    /// <summary>A file of several.</summary>
    public static List<Node> Objects(string yaml) => [.. yaml.Split("\n---\n").Select(Repository.Parse)];

    public static Node Kubernetes(string path) => Repository.Yaml($"deploy/kubernetes/{path}");

    public static Node Container(string path) => Kubernetes(path)["spec"]["template"]["spec"]["containers"].Items.Single();

    private static IEnumerable<(string Name, string Value)> Literals(string folder) =>
        Kubernetes($"{folder}/kustomization.yaml")["configMapGenerator"].Items.Single()["literals"].Items
            .Select(l => l.ToString().Split('=', 2)).Select(l => (l[0], l[1]));

    private static string ValueOf(Node variable) => variable.Has("value") ? variable["value"].ToString() : "from elsewhere";

    [GeneratedRegex("""([A-Za-z0-9_]+)="([^"]*)"(?=,|\n)""")]
    private static partial Regex Assignment();
}
