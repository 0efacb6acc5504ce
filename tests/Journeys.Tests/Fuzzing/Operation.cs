using System.Text.Json;

namespace BetterConnections.Journeys.Tests.Fuzzing;

/// <summary>One request that a service documents.</summary>
/// <param name="Path">With names in braces: <c>/api/inventory/devices/{barcode}</c>.</param>
/// <param name="Body">The schema of its JSON body, where it wants one.</param>
/// <param name="FileTypes">Other media types it takes.</param>
public sealed record Operation(OpenApi Document, string Method, string Path, IReadOnlyList<Parameter> Parameters, JsonElement? Body, IReadOnlyList<string> FileTypes)
{
    public bool IsPublic => Document.Public.Any(p => Path.StartsWith(p, StringComparison.Ordinal));
}

public sealed record Parameter(string Name, string In, JsonElement Schema);

/// <summary>What one service says of itself.</summary>
public sealed class OpenApi
{
    private static readonly string[] Services = ["identity", "inventory", "enrollment", "volunteer", "training", "evaluation"];
    private readonly JsonElement _root;

    private OpenApi(JsonElement root) => _root = root;

    /// <summary>Paths that nobody has to sign in for, as the gateway has them.</summary>
    public IReadOnlyList<string> Public { get; } =
    [
        "/connect/", "/.well-known/", "/api/identity/registrations", "/api/identity/me/password", "/api/inventory/certificates/",
        "/api/inventory/public/", "/api/enrollment/public/", "/api/volunteer/public/", "/api/training/public/", "/api/evaluation/public/",
        "/openrosa/",
    ];

    /// <summary>All operations of all services, as they are documented at the gateway, always in the same order.</summary>
    public static async Task<IReadOnlyList<Operation>> OperationsAsync(Person anybody)
    {
        var operations = new List<Operation>();
        foreach (var service in Services)
            operations.AddRange(new OpenApi(await anybody.GetAsync<JsonElement>($"/openapi/{service}.json")).Operations());
        return operations;
    }

    /// <summary>Follows <c>$ref</c>, and of several possible schemas takes the one that is not null.</summary>
    public JsonElement Resolve(JsonElement schema)
    {
        while (true)
        {
            if (schema.TryGetProperty("$ref", out var reference))
                schema = reference.GetString()!.Split('/').Skip(1).Aggregate(_root, (at, name) => at.GetProperty(name.Replace("~1", "/").Replace("~0", "~")));
            else if (schema.TryGetProperty("oneOf", out var choices))
                schema = choices.EnumerateArray().Last();
            else
                return schema;
        }
    }

    private IEnumerable<Operation> Operations() =>
        from path in _root.GetProperty("paths").EnumerateObject()
        from method in path.Value.EnumerateObject()
        select Read(path.Name, method.Name.ToUpperInvariant(), method.Value);

    private Operation Read(string path, string method, JsonElement operation)
    {
        var parameters = operation.TryGetProperty("parameters", out var list)
            ? list.EnumerateArray().Select(p => new Parameter(p.GetProperty("name").GetString()!, p.GetProperty("in").GetString()!, p.GetProperty("schema"))).ToList()
            : [];
        var content = operation.TryGetProperty("requestBody", out var body) && body.TryGetProperty("content", out var types)
            ? types.EnumerateObject().ToDictionary(t => t.Name, t => t.Value.TryGetProperty("schema", out var schema) ? schema : (JsonElement?)null)
            : [];
        return new(this, method, path, parameters, content.GetValueOrDefault("application/json"), [.. content.Keys.Where(t => t != "application/json")]);
    }
}
