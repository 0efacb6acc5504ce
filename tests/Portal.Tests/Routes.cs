using System.Diagnostics;
using System.Text.Json;
using BetterConnections.Testing;

namespace BetterConnections.Portal.Tests;

/// <param name="Path">As the router has it: <c>/facilities/:id</c>.</param>
/// <param name="Roles">Who may open it. Null for everybody, signed in or not; empty for whoever is signed in.</param>
public sealed record Route(string Path, IReadOnlyList<string>? Roles)
{
    /// <param name="role">Null for who is not signed in.</param>
    public bool IsFor(string? role) => Roles is null || (role is not null && (Roles.Count == 0 || Roles.Contains(role)));
}

/// <summary>The portal's pages, from the same lists that its router is made of.</summary>
public static class Routes
{
    private static readonly Lazy<Task<IReadOnlyList<Route>>> All = new(ReadAsync);

    /// <summary>All roles, and null for who is not signed in.</summary>
    public static TheoryData<string?> Everybody => new((string?[])[null, .. Contracts.Roles.All]);

    public static Task<IReadOnlyList<Route>> AllAsync() => All.Value;

    private static async Task<IReadOnlyList<Route>> ReadAsync()
    {
        using var node = Process.Start(new ProcessStartInfo("node", ["routes.js"])
        {
            WorkingDirectory = Path.Combine(Clients.Repository, "portal"),
            RedirectStandardOutput = true,
        })!;
        var routes = await node.StandardOutput.ReadToEndAsync();
        await node.WaitForExitAsync();
        Assert.Equal(0, node.ExitCode);
        return JsonSerializer.Deserialize<List<Route>>(routes, JsonSerializerOptions.Web)!;
    }
}
