using System.Text.Json.Nodes;
using BetterConnections.Testing;

namespace BetterConnections.Portal.Tests;

/// <summary>The portal's types are made from committed copies of the services' API documents: a changed contract breaks its build, and an old copy this test.</summary>
public class ApiDocumentTests(Portal portal)
{
    public static TheoryData<string> Services => [.. Processes.Services];

    [Theory, MemberData(nameof(Services))]
    public async Task The_portal_is_built_on_the_API_that_the_service_serves(string service)
    {
        using var client = portal.System.Stranger();
        var served = JsonNode.Parse(await client.GetStringAsync($"/openapi/{service}.json"));
        var committed = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(Clients.Repository, "portal/openapi", $"{service}.json")));
        Assert.True(JsonNode.DeepEquals(served, committed),
            $"portal/openapi/{service}.json is not what the service serves. Refresh it from a system that runs: npm run openapi --prefix portal -- {portal.System.Gateway}");
    }
}
