using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using BetterConnections.Documents;
using BetterConnections.ServiceDefaults;

namespace BetterConnections.Training.Xapi;

/// <summary>
/// What others send, checked and made ready to be stored. An actor is an account: its address book entry is refused
/// (400 <c>actor_not_pseudonymous</c>) and its name dropped, for this service knows no names.
/// </summary>
public static partial class ReadStatement
{
    private const int MostBytes = 4 * 1024 * 1024;
    private static readonly string[] Members = ["id", "actor", "verb", "object", "result", "context", "timestamp", "stored", "authority", "version"];
    private static readonly string[] InverseIdentifiers = ["mbox", "mbox_sha1sum", "openid"];
    private const string Voided = "http://adlnet.gov/expapi/verbs/voided";

    /// <summary>ISO 8601: weeks, or days and hours and their like in this order; a fraction in the last of them only.</summary>
    [GeneratedRegex(@"^P(?=[0-9T])(?!.*T\z)(?!.*[.,][0-9]+[A-Z].)(?:[0-9]+([.,][0-9]+)?W|(?:[0-9]+([.,][0-9]+)?Y)?(?:[0-9]+([.,][0-9]+)?M)?(?:[0-9]+([.,][0-9]+)?D)?(?:T(?:[0-9]+([.,][0-9]+)?H)?(?:[0-9]+([.,][0-9]+)?M)?(?:[0-9]+([.,][0-9]+)?S)?)?)\z")]
    private static partial Regex Duration();

    public static async Task<JsonNode> BodyAsync(HttpRequest request, CancellationToken cancel)
    {
        if (!request.HasJsonContentType()) throw new Refused(StatusCodes.Status415UnsupportedMediaType, "unsupported_media_type", "Statements are sent as application/json, without attachments.");
        try
        {
            return JsonNode.Parse(await request.ReadTextAsync(MostBytes, cancel), null, new() { AllowDuplicateProperties = false }) ?? throw Bad("The body is null.");
        }
        catch (JsonException e)
        {
            throw Bad(e.Message);
        }
    }

    /// <summary>The statement with what the store adds: id, times, version, authority.</summary>
    /// <param name="id">Given with the request; null leaves it to the statement, or to chance.</param>
    public static Statement Of(JsonNode? node, Guid? id, JsonObject authority, DateTimeOffset now)
    {
        if (node is not JsonObject given) throw Bad("A statement is an object.");
        var statement = (JsonObject)given.DeepClone();
        RefuseNulls(statement);
        if (statement.Select(m => m.Key).FirstOrDefault(k => !Members.Contains(k)) is { } stranger)
            throw stranger == "attachments" ? new BadInput("attachments_not_supported", "Attachments are not kept here.") : Bad($"A statement has no member '{stranger}'.");
        var (homePage, name) = Account(statement["actor"], "actor");
        var verb = Iri(Member(statement, "verb")["id"], "verb.id");
        if (verb == Voided) throw new BadInput("voiding_not_supported", "Statements are not voided here.");
        var activity = Activity(Member(statement, "object"));
        Result(statement["result"]);
        Context(statement["context"]);
        if (statement["version"] is { } version && !Text(version, "version").StartsWith("1.0", StringComparison.Ordinal)) throw Bad("version has to be 1.0.x.");

        var own = statement["id"] is { } named ? Uuid(named, "id") : (Guid?)null;
        if (id is not null && own is not null && id != own) throw Bad("The statement's id is not the one in the address.");
        var key = id ?? own ?? Guid.NewGuid();
        statement["id"] = key.ToString();
        statement["timestamp"] = (statement["timestamp"] is { } timestamp ? Time(Text(timestamp, "timestamp"), "timestamp") : now).ToString("o", CultureInfo.InvariantCulture);
        statement["stored"] = now.ToString("o", CultureInfo.InvariantCulture);
        statement["version"] = XapiApi.Version;
        statement["authority"] = authority.DeepClone();
        return new() { Id = key, Stored = now, ActorHomePage = homePage, ActorName = name, Verb = verb, Activity = activity, Json = statement.ToJsonString() };
    }

    /// <summary>Whether both say the same; what the store added does not count, nor a timestamp that it had to make up.</summary>
    public static bool SameAs(this Statement sent, Statement stored, bool hadTimestamp)
    {
        return JsonNode.DeepEquals(Said(sent), Said(stored));

        JsonObject Said(Statement statement)
        {
            var said = JsonNode.Parse(statement.Json)!.AsObject();
            foreach (var added in new[] { "stored", "version", "authority" }) said.Remove(added);
            if (!hadTimestamp) said.Remove("timestamp");
            return said;
        }
    }

    internal static DateTimeOffset Time(string text, string where) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time) && text.Contains('T')
            ? time : throw Bad($"{where} is not an ISO 8601 time.");

    internal static (string HomePage, string Name) Account(JsonNode? agent, string where)
    {
        if (agent is not JsonObject who) throw Bad($"{where} is missing.");
        if (who["objectType"] is { } type && Text(type, where) != "Agent") throw new BadInput("actor_not_supported", $"{where} has to be an Agent.");
        if (InverseIdentifiers.Any(who.ContainsKey))
            throw new BadInput("actor_not_pseudonymous", $"{where} has to be named by an account (homePage and card code), not by what leads to the person.");
        who.Remove("name");
        if (who.Any(m => m.Key is not ("objectType" or "account"))) throw Bad($"{where} has a member that an Agent does not have.");
        var account = Member(who, "account");
        return (Iri(account["homePage"], $"{where}.account.homePage"), Text(account["name"], $"{where}.account.name"));
    }

    private static string Activity(JsonObject target) => target["objectType"] is null || Text(target["objectType"], "object.objectType") == "Activity"
        ? Iri(target["id"], "object.id") : throw new BadInput("object_not_supported", "Only statements about an activity are kept here.");

    private static void Result(JsonNode? result)
    {
        if (result is null) return;
        if (result is not JsonObject said) throw Bad("result is an object.");
        foreach (var flag in new[] { "success", "completion" })
            if (said[flag] is { } value && value.GetValueKind() is not (JsonValueKind.True or JsonValueKind.False)) throw Bad($"result.{flag} is true or false.");
        if (said["score"] is { } score && (score as JsonObject ?? throw Bad("result.score is an object."))["scaled"] is { } scaled
            && !(scaled.GetValueKind() == JsonValueKind.Number && scaled.GetValue<double>() is >= -1 and <= 1)) throw Bad("result.score.scaled lies between -1 and 1.");
        if (said["duration"] is { } duration && !Duration().IsMatch(Text(duration, "result.duration"))) throw Bad("result.duration is not an ISO 8601 duration such as PT1H30M.");
    }

    private static void Context(JsonNode? context)
    {
        if (context is null) return;
        if (context is not JsonObject said) throw Bad("context is an object.");
        if (said["registration"] is { } registration) Uuid(registration, "context.registration");
        if (said["instructor"] is { } instructor) Account(instructor, "context.instructor");
        if (said.ContainsKey("team")) throw new BadInput("actor_not_supported", "context.team: groups are not kept here.");
    }

    private static void RefuseNulls(JsonNode node)
    {
        IEnumerable<JsonNode?> children = node switch { JsonObject o => o.Where(m => m.Key != "extensions").Select(m => m.Value), JsonArray a => a, _ => [] };
        foreach (var child in children) RefuseNulls(child ?? throw Bad("A statement has no nulls outside of extensions."));
    }

    private static JsonObject Member(JsonObject of, string name) => of[name] as JsonObject ?? throw Bad($"{name} is missing.");

    private static string Text(JsonNode? node, string where) =>
        node?.GetValueKind() == JsonValueKind.String && node.GetValue<string>() is { Length: > 0 and <= 2000 } text ? text : throw Bad($"{where} is not a text.");

    private static string Iri(JsonNode? node, string where) =>
        Text(node, where) is var text && Uri.TryCreate(text, UriKind.Absolute, out _) ? text : throw Bad($"{where} is not an IRI.");

    private static Guid Uuid(JsonNode? node, string where) => Guid.TryParseExact(Text(node, where), "D", out var id) ? id : throw Bad($"{where} is not a UUID.");

    private static BadInput Bad(string sentence) => new("statement_not_valid", sentence);
}
