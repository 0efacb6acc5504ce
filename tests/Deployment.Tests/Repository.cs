using System.Diagnostics;
using YamlDotNet.Core;
using YamlDotNet.Serialization;

namespace BetterConnections.Deployment.Tests;

/// <summary>The files of this repository, as the tools read them.</summary>
internal static class Repository
{
    public static string Root { get; } = Above(AppContext.BaseDirectory);

    /// <summary>Lower case, as everything that deploys them names them.</summary>
    public static string[] Services { get; } = [.. Directory.GetDirectories(Path.Combine(Root, "services")).Select(d => Path.GetFileName(d).ToLowerInvariant()).Order()];

    public static string Text(string path) => File.ReadAllText(Path.Combine(Root, path));

    /// <summary>With what <c>&lt;&lt;</c> merges.</summary>
    public static Node Yaml(string path) => Parse(Text(path));

    public static Node Parse(string yaml) => new(new DeserializerBuilder().Build().Deserialize<object>(new MergingParser(new Parser(new StringReader(yaml)))));

    /// <summary>What bash prints, with the parts of <c>./bc</c> loaded and a run directory of its own.</summary>
    public static string Bash(string command)
    {
        var folder = Directory.CreateTempSubdirectory("bc-deployment-");
        try
        {
            var start = new ProcessStartInfo("bash", ["-c", $$"""
                set -euo pipefail
                for part in lib servers supervisord system containers; do source scripts/$part.sh; done
                use_stack live
                mkdir -p "$RUN_DIR/secrets"
                {{command}}
                """])
            { WorkingDirectory = Root, RedirectStandardOutput = true, Environment = { ["BC_RUN_DIR"] = folder.FullName } };
            return Run(start);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    public static string Run(ProcessStartInfo start)
    {
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"{start.FileName} ended with {process.ExitCode}: {output}");
        return output;
    }

    private static string Above(string folder) =>
        File.Exists(Path.Combine(folder, "BetterConnections.sln")) ? folder : Above(Path.GetDirectoryName(folder.TrimEnd('/'))!);
}

/// <summary>A place in a YAML file.</summary>
internal readonly record struct Node(object? Value)
{
    public Node this[string key] => Map.TryGetValue(key, out var value) ? new(value) : throw new KeyNotFoundException($"There is no {key}.");

    public IEnumerable<string> Keys => Map.Keys.Cast<string>();

    public IEnumerable<Node> Items => ((List<object>)Value!).Select(item => new Node(item));

    public bool Has(string key) => Map.ContainsKey(key);

    public override string ToString() => Value as string ?? "";

    private Dictionary<object, object> Map => (Dictionary<object, object>)Value!;
}
