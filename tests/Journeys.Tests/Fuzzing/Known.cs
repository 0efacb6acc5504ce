using System.Text.Json;
using System.Text.RegularExpressions;

namespace BetterConnections.Journeys.Tests.Fuzzing;

/// <summary>Ids and codes that exist, of all tenants: what somebody could have guessed, overheard or kept.</summary>
public sealed partial class Known
{
    /// <summary>Begins the names of accounts and partner systems by which nobody asks: they may be locked, disabled and deleted.</summary>
    public const string Bystander = Tenant.Mark + "IDLE";

    private readonly HashSet<string> _leftOut = [];
    private readonly List<string> _ids = [];
    private readonly Dictionary<string, List<string>> _byName = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<(string List, string Name), List<string>> _inList = [];

    /// <summary>Reads every list that the programme office may read.</summary>
    public static async Task<Known> LearnAsync(IEnumerable<Operation> operations, Person office)
    {
        var known = new Known();
        // Of Identity only those planted: no request may lock out who is asking, whose ids stand in audit trails and histories, too.
        await known.LeaveOutAsync(office, "/api/identity/accounts", account => !IsBystander(account.GetProperty("userName")));
        // Nor what those who are killed afterwards learn by: nobody completes a course that was retired.
        foreach (var list in (string[])["/api/training/courses", "/api/training/toolkits"])
            await known.LeaveOutAsync(office, list, taught => School.Topics.Any(topic => taught.GetRawText().Contains(topic)));
        await known.LearnPlantedAsync(office, "/api/identity/accounts", $"&search={Bystander}", account => account.GetProperty("userName"));
        await known.LearnPlantedAsync(office, "/api/identity/clients", "", client => client.GetProperty("name"));
        foreach (var list in operations.Where(o => o.Method == "GET" && !o.Path.Contains('{') && !o.Path.StartsWith("/api/identity/", StringComparison.Ordinal) && !o.IsPublic))
            if (await office.TryGetAsync(list.Path) is { IsDone: true } answer && answer.Body.StartsWith('{') | answer.Body.StartsWith('['))
                known.Learn(JsonDocument.Parse(answer.Body).RootElement, list.Path, "");
        return known;
    }

    private async Task LeaveOutAsync(Person office, string list, Func<JsonElement, bool> which)
    {
        for (var after = ""; ;)
        {
            var page = await office.GetAsync<JsonElement>($"{list}?limit=200{after}");
            foreach (var item in page.GetProperty("items").EnumerateArray().Where(which)) _leftOut.Add(item.GetProperty("id").GetString()!);
            if (page.GetProperty("next").GetString() is not { } next) return;
            after = $"&after={Uri.EscapeDataString(next)}";
        }
    }

    private static bool IsBystander(JsonElement name) => name.GetString()!.StartsWith(Bystander, StringComparison.OrdinalIgnoreCase);

    private async Task LearnPlantedAsync(Person office, string list, string search, Func<JsonElement, JsonElement> nameOf)
    {
        var items = (await office.GetAsync<JsonElement>($"{list}?limit=200{search}")).GetProperty("items").EnumerateArray();
        foreach (var item in items.Where(i => IsBystander(nameOf(i)))) Learn(item.GetProperty("id"), list, "id");
        Assert.True(_inList.ContainsKey((list, "id")), $"Nothing was planted in {list}.");
    }

    public string? Id(Random random) => _ids.Count == 0 ? null : _ids[random.Next(_ids.Count)];

    public string? Named(string name, Random random) => _byName.TryGetValue(name, out var values) ? values[random.Next(values.Count)] : null;

    /// <summary>By this name from the list at this path: what <c>{id}</c> stands for in <c>/api/inventory/work-orders/{id}</c>.</summary>
    public string? InList(string path, string name, Random random) => _inList.TryGetValue((path, name), out var values) ? values[random.Next(values.Count)] : null;

    private void Learn(JsonElement value, string list, string name)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var member in value.EnumerateObject()) Learn(member.Value, list, member.Name);
                break;
            case JsonValueKind.Array:
                foreach (var item in value.EnumerateArray()) Learn(item, list, name);
                break;
            case JsonValueKind.String when value.GetString() is { Length: > 0 and < 60 } text && !text.Contains(Tenant.Mark) && !_leftOut.Contains(text):
                if (Uuid().IsMatch(text)) _ids.Add(text);
                else Add(_byName, name, text);
                Add(_inList, (list, name), text);
                break;
        }
    }

    private static void Add<T>(Dictionary<T, List<string>> values, T key, string text) where T : notnull
    {
        if (values.TryGetValue(key, out var there)) there.Add(text);
        else values[key] = [text];
    }

    [GeneratedRegex("^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$")]
    private static partial Regex Uuid();
}
