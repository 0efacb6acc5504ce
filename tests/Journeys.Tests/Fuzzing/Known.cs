using System.Text.Json;
using System.Text.RegularExpressions;

namespace BetterConnections.Journeys.Tests.Fuzzing;

/// <summary>Ids and codes that exist, of all tenants: what somebody could have guessed, overheard or kept.</summary>
public sealed partial class Known
{
    private readonly List<string> _ids = [];
    private readonly Dictionary<string, List<string>> _byName = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Reads every list that the programme office may read.</summary>
    public static async Task<Known> LearnAsync(IEnumerable<Operation> operations, Person office)
    {
        var known = new Known();
        // Accounts are left out, so that no request can lock out who is asking.
        foreach (var list in operations.Where(o => o.Method == "GET" && !o.Path.Contains('{') && !o.Path.StartsWith("/api/identity/", StringComparison.Ordinal) && !o.IsPublic))
            if (await office.TryGetAsync(list.Path) is { IsDone: true } answer && answer.Body.StartsWith('{') | answer.Body.StartsWith('['))
                known.Learn(JsonDocument.Parse(answer.Body).RootElement, "");
        return known;
    }

    public string? Id(Random random) => _ids.Count == 0 ? null : _ids[random.Next(_ids.Count)];

    public string? Named(string name, Random random) => _byName.TryGetValue(name, out var values) ? values[random.Next(values.Count)] : null;

    private void Learn(JsonElement value, string name)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var member in value.EnumerateObject()) Learn(member.Value, member.Name);
                break;
            case JsonValueKind.Array:
                foreach (var item in value.EnumerateArray()) Learn(item, name);
                break;
            case JsonValueKind.String when value.GetString() is { Length: > 0 and < 60 } text && !text.Contains(Tenant.Mark):
                if (Uuid().IsMatch(text)) _ids.Add(text);
                else if (_byName.TryGetValue(name, out var values)) values.Add(text);
                else _byName[name] = [text];
                break;
        }
    }

    [GeneratedRegex("^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$")]
    private static partial Regex Uuid();
}
