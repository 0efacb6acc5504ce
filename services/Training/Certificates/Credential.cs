using System.Globalization;
using System.Text.Json.Nodes;
using BetterConnections.Training.Courses;
using BetterConnections.Training.Toolkits;

namespace BetterConnections.Training.Certificates;

/// <summary>What is certified, before it is signed.</summary>
/// <param name="Holder">Printed, but not signed: the credential names its holder by nothing but a pseudonym of its own.</param>
public sealed record CertificateFacts(Guid Id, CourseVersion Course, Audience Audience, Guid LearnerId, string Holder, DateTimeOffset IssuedAt,
    DateTimeOffset? ValidUntil, int StatusIndex);

/// <summary>
/// The documents of Open Badges 3.0 on the data model of VC 2.0. Everything is named by the public address of the system.
/// In a VC-JWT the payload is the credential itself, with the registered claims beside it (Open Badges 3.0, 8.2.4).
/// </summary>
public sealed class Credential(ProgrammeSettings programme)
{
    private const string VerifiableCredentials = "https://www.w3.org/ns/credentials/v2";
    private const string OpenBadges = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json";
    private const string Public = "/api/training/public";

    public string IssuerAddress => programme.Address($"{Public}/issuer");
    public string Address(Guid certificate) => programme.Address($"{Public}/certificates/{certificate}");
    public string KeyAddress(string key) => programme.Address($"{Public}/keys/{key}");
    public string StatusListAddress(int list) => programme.Address($"{Public}/status/{list}");

    /// <summary>The programme, as the profile of who awards.</summary>
    public JsonObject Issuer() => new() { ["id"] = IssuerAddress, ["type"] = new JsonArray("Profile"), ["name"] = programme.Name, ["url"] = programme.PublicUrl };

    public JsonObject Achievement(CourseVersion course)
    {
        var achievement = new JsonObject
        {
            ["id"] = programme.Address($"{Public}/achievements/{course.CourseId}/{course.Number}"),
            ["type"] = new JsonArray("Achievement"),
            ["achievementType"] = "Course",
            ["name"] = course.Titles.In(Texts.Default),
            ["description"] = course.Descriptions.In(Texts.Default),
            ["criteria"] = new JsonObject { ["narrative"] = course.Rule.InWords() },
        };
        if (course.Certifies.Length > 0) achievement["tag"] = new JsonArray([.. course.Certifies.Select(t => JsonValue.Create(t))]);
        return achievement;
    }

    public JsonObject OpenBadge(CertificateFacts facts)
    {
        // A pseudonym of this certificate alone: two certificates of one person do not tell that they are.
        var subject = $"urn:uuid:{Guid.NewGuid()}";
        var (list, index) = StatusList.PlaceOf(facts.StatusIndex);
        var credential = Document(facts.IssuedAt, facts.ValidUntil, new JsonArray("VerifiableCredential", "OpenBadgeCredential"), Address(facts.Id), subject);
        ((JsonArray)credential["@context"]!).Add(OpenBadges);
        credential["name"] = facts.Course.Titles.In(Texts.Default);
        credential["credentialSubject"] = new JsonObject
        {
            ["id"] = subject,
            ["type"] = new JsonArray("AchievementSubject"),
            ["achievement"] = Achievement(facts.Course),
        };
        credential["credentialStatus"] = new JsonObject
        {
            ["id"] = $"{StatusListAddress(list)}#{index}",
            ["type"] = "BitstringStatusListEntry",
            ["statusPurpose"] = "revocation",
            ["statusListIndex"] = index.ToString(CultureInfo.InvariantCulture),
            ["statusListCredential"] = StatusListAddress(list),
        };
        return credential;
    }

    /// <summary>A status list (W3C Bitstring Status List v1.0).</summary>
    public JsonObject RevocationList(int list, string encoded, DateTimeOffset at)
    {
        var subject = $"{StatusListAddress(list)}#list";
        var credential = Document(at, null, new JsonArray("VerifiableCredential", "BitstringStatusListCredential"), StatusListAddress(list), subject);
        credential["credentialSubject"] = new JsonObject
        {
            ["id"] = subject,
            ["type"] = "BitstringStatusList",
            ["statusPurpose"] = "revocation",
            ["encodedList"] = encoded,
        };
        return credential;
    }

    private JsonObject Document(DateTimeOffset from, DateTimeOffset? until, JsonArray type, string id, string subject)
    {
        var document = new JsonObject
        {
            ["@context"] = new JsonArray(VerifiableCredentials),
            ["id"] = id,
            ["type"] = type,
            ["issuer"] = Issuer(),
            ["validFrom"] = Time(from),
            ["iss"] = IssuerAddress,
            ["jti"] = id,
            ["sub"] = subject,
            ["nbf"] = from.ToUnixTimeSeconds(),
        };
        if (until is { } end) (document["validUntil"], document["exp"]) = (Time(end), end.ToUnixTimeSeconds());
        return document;
    }

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
