using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace BetterConnections.Journeys.Tests.Fuzzing;

/// <summary>JSON bodies: first as documented, then with something in them that does not belong there.</summary>
public sealed class Bodies(OpenApi document, Known known, Random random)
{
    private const int Deepest = 5;

    /// <summary>As the schema has it; of what need not be there about half is.</summary>
    public JsonNode? Good(JsonElement schema, string name = "", int depth = 0)
    {
        schema = document.Resolve(schema);
        if (schema.TryGetProperty("enum", out var words)) return JsonValue.Create(words[random.Next(words.GetArrayLength())].GetString());
        var types = schema.TryGetProperty("type", out var type)
            ? type.ValueKind == JsonValueKind.Array ? type.EnumerateArray().Select(t => t.GetString()!).Where(t => t != "null").ToList() : [type.GetString()!]
            : [];
        if (types.Contains("object"))
        {
            var made = new JsonObject();
            var required = schema.TryGetProperty("required", out var names) ? names.EnumerateArray().Select(n => n.GetString()).ToHashSet() : [];
            if (schema.TryGetProperty("properties", out var properties))
                foreach (var property in properties.EnumerateObject().Where(p => depth < Deepest && (required.Contains(p.Name) || random.Next(2) == 0)))
                    made[property.Name] = Good(property.Value, property.Name, depth + 1);
            return made;
        }
        if (types.Contains("array"))
            return new JsonArray([.. Enumerable.Range(0, depth < Deepest ? random.Next(1, 4) : 0).Select(_ => schema.TryGetProperty("items", out var items) ? Good(items, name, depth + 1) : null)]);
        if (types.Contains("boolean")) return random.Next(2) == 0;
        if (types.Contains("integer")) return random.Next(1, 100);
        if (types.Contains("number")) return random.Next(0, 2500) / 100.0;
        return Text(schema.TryGetProperty("format", out var format) ? format.GetString()! : "", name);
    }

    /// <summary>Text of a format, or something that is known by this name.</summary>
    public string Text(string format, string name) => format switch
    {
        "uuid" => known.Id(random) is { } id && random.Next(10) > 0 ? id : Guid.Empty.ToString(),
        "date-time" => DateTimeOffset.UnixEpoch.AddDays(20_000 + random.Next(600)).AddMinutes(random.Next(1440)).ToString("o"),
        "date" => DateTimeOffset.UnixEpoch.AddDays(20_000 + random.Next(600)).ToString("yyyy-MM-dd"),
        "time" => $"{random.Next(24):D2}:{random.Next(60):D2}:00",
        "uri" => "https://example.org/",
        "byte" => "AAAA",
        _ => random.Next(3) > 0 && known.Named(name, random) is { } there ? there : $"text{random.Next(1000)}",
    };

    /// <summary>Spoils it in one way.</summary>
    /// <returns>The bytes, what was done, and whether no service may take it.</returns>
    public (byte[] Bytes, string How, bool MustRefuse) Spoiled(JsonElement schema)
    {
        var good = Good(schema);
        var text = good?.ToJsonString() ?? "null";
        var isObject = good is JsonObject { Count: > 0 };
        var isClosed = document.Resolve(schema).TryGetProperty("additionalProperties", out var others) && others.ValueKind == JsonValueKind.False;
        return random.Next(16) switch
        {
            0 => (Bytes(text[..random.Next(1, text.Length)]), "cut", true),
            1 => (Bytes(text + text), "twice", true),
            2 => (Encoding.Unicode.GetBytes(text), "as UTF-16", true),
            3 => ([.. Encoding.UTF8.GetBytes(text[..^1]), 0xC0, 0xFF, (byte)text[^1]], "not UTF-8", true),
            4 => (Bytes(new string('[', 1000) + new string(']', 1000)), "deep", true),
            5 => (Bytes("{\"a\":\"" + new string('a', 2_000_000) + "\"}"), "huge", true),
            6 => ([], "none", false),
            7 => (Bytes(Nasty.Json[random.Next(Nasty.Json.Length)]), "another value", false),
            8 when isObject => (Bytes(text[..^1] + ",\"noSuchMember\":1}"), "an unknown member", isClosed),
            9 when isObject => (Bytes($"{text[..^1]},{text[1..^1]}}}"), "each member twice", true),
            10 when isObject => (Bytes(new JsonObject(((JsonObject)good!).Skip(1).Select(m => KeyValuePair.Create(m.Key, m.Value?.DeepClone()))).ToJsonString()), "a member missing", false),
            11 => (Bytes(text.Replace(':', ' ')), "no colons", isObject),
            12 => (Bytes("\uFEFF" + text), "a byte order mark", false),
            _ => (Bytes(WithNastyValue(good, text)), "a nasty value", false),
        };
    }

    /// <summary>Somewhere within, a value is replaced by one of the nasty ones or by a very long text.</summary>
    private string WithNastyValue(JsonNode? good, string text)
    {
        var leaves = Leaves(good).ToList();
        if (leaves.Count == 0) return text;
        const string here = "\"put it here\"";
        leaves[random.Next(leaves.Count)].ReplaceWith("put it here");
        return good!.ToJsonString().Replace(here, random.Next(12) == 0 ? $"\"{new string('x', 20_000)}\"" : Nasty.Json[random.Next(Nasty.Json.Length)]);
    }

    private static IEnumerable<JsonNode> Leaves(JsonNode? node) => node switch
    {
        JsonObject o => o.SelectMany(m => Leaves(m.Value)),
        JsonArray { Count: > 0 } a => a.SelectMany(Leaves),
        null => [],
        _ => node.Parent is null ? [] : [node],
    };

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
