using System.Diagnostics;

namespace BetterConnections.Testing;

/// <summary>Programs in <c>tests/clients</c> that read what the services give out with libraries nobody here wrote.</summary>
public static class Clients
{
    /// <summary>The repository's root, found from where the tests run.</summary>
    public static string Repository { get; } = Above(AppContext.BaseDirectory);

    /// <summary>Runs <c>node <paramref name="script"/></c> and gives it <paramref name="input"/> to read.</summary>
    /// <exception cref="InvalidOperationException">It failed; the message holds what it said.</exception>
    public static async Task<string> RunAsync(string script, string input = "", params string[] arguments)
    {
        var folder = Path.Combine(Repository, "tests", "clients");
        if (!Directory.Exists(Path.Combine(folder, "node_modules"))) throw new InvalidOperationException("Run `npm install --no-save --prefix tests/clients`, or ./bc test, which does.");
        using var node = Process.Start(new ProcessStartInfo("node", [script, .. arguments])
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var (output, errors) = (node.StandardOutput.ReadToEndAsync(), node.StandardError.ReadToEndAsync());
        try
        {
            await node.StandardInput.WriteAsync(input);
            node.StandardInput.Close();
        }
        catch (IOException)
        {
            // It ended without reading; what it says tells why.
        }
        await node.WaitForExitAsync();
        return node.ExitCode == 0 ? await output : throw new InvalidOperationException($"{script} ended with {node.ExitCode}: {await output}{await errors}");
    }

    private static string Above(string folder) =>
        File.Exists(Path.Combine(folder, "BetterConnections.sln")) ? folder : Above(Path.GetDirectoryName(folder.TrimEnd('/'))!);
}
