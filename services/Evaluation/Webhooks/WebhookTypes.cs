using System.Text.Json;
using System.Text.Json.Nodes;
using BetterConnections.Contracts;
using BetterConnections.Messaging;
using BetterConnections.ServiceDefaults;

namespace BetterConnections.Evaluation.Webhooks;

/// <summary>
/// What partners can be told: every event of the contracts, under the name <c>facility.opened</c> gets by its words. They are told
/// what happened and to which thing, but not which accounts and workers: lists of people become their number.
/// </summary>
public sealed class WebhookTypes(EventTypes events)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>Fields that stay within the programme. A list becomes its length, anything else goes.</summary>
    private static readonly Dictionary<Type, string[]> Kept = new()
    {
        [typeof(WorkersJoined)] = ["workers"],
        [typeof(WorkerLeft)] = ["workerId"],
        [typeof(WorkerConsentChanged)] = ["workerId", "code"],
        [typeof(WorkerErased)] = ["workerId", "code"],
        [typeof(ChampionNamed)] = ["workerId"],
        [typeof(CourseCompleted)] = ["learnerId"],
        [typeof(CertificateRevoked)] = ["learnerId"],
        [typeof(VolunteerScreened)] = ["account", "number"],
        [typeof(AssignmentAccepted)] = ["account", "shifts"],
        [typeof(AssignmentEnded)] = ["account"],
        [typeof(WaveOpened)] = ["facilities"], // 1,900 ids are more than the standard's 20 kB
    };

    /// <summary>Sent on request, to try an endpoint.</summary>
    public const string Ping = "webhook.ping";

    public IReadOnlyList<string> All { get; } = [.. events.All.Select(NameOf).Append(Ping).Order()];

    /// <summary><c>FacilityOpened</c> is <c>facility.opened</c>, <c>DevicesRecycled</c> is <c>devices.recycled</c>: the last word is what happened.</summary>
    public static string NameOf(Type happened)
    {
        var words = string.Concat(happened.Name.Select((c, i) => i > 0 && char.IsUpper(c) ? $"-{c}" : $"{c}")).ToLowerInvariant();
        var last = words.LastIndexOf('-');
        return $"{words[..last]}.{words[(last + 1)..]}";
    }

    /// <exception cref="BadInput">webhook_type_unknown</exception>
    public string[] Known(IEnumerable<string> given)
    {
        string[] distinct = [.. given.Distinct().Order()];
        return Array.Find(distinct, t => !All.Contains(t)) is not { } unknown ? distinct
            : throw new BadInput("webhook_type_unknown", $"There is no event type '{unknown}'.").With("types", All);
    }

    /// <summary>The body as it is signed and sent.</summary>
    public static string Body<T>(T happened, DateTimeOffset at) where T : class
    {
        var data = JsonSerializer.SerializeToNode(happened, Json)!.AsObject();
        foreach (var field in Kept.GetValueOrDefault(typeof(T), []))
        {
            if (data[field] is JsonArray list) data[field] = list.Count;
            else data.Remove(field);
        }
        return Body(NameOf(typeof(T)), at, data);
    }

    public static string Body(string type, DateTimeOffset at, JsonNode data) =>
        new JsonObject { ["type"] = type, ["timestamp"] = at.UtcDateTime.ToString("O"), ["data"] = data }.ToJsonString();
}
