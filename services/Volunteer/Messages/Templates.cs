using System.Text.RegularExpressions;
using BetterConnections.Contracts;

namespace BetterConnections.Volunteers.Messages;

/// <summary>
/// What messages say: <c>Templates/{template}.{language}.txt</c>, the first line the subject, the others the text, with
/// <c>{placeholders}</c>. The volunteer's name and number and the programme's name are filled in everywhere.
/// </summary>
public static partial class Templates
{
    public const string ApplicationAccepted = "application-accepted";
    /// <summary><c>why</c></summary>
    public const string ApplicationRejected = "application-rejected";
    /// <summary><c>facility</c> (its code), <c>role</c>, <c>starts</c>, <c>ends</c>, <c>until</c></summary>
    public const string AssignmentOffered = "assignment-offered";
    /// <summary><c>facility</c> (its code), <c>role</c>, <c>starts</c>, <c>why</c></summary>
    public const string AssignmentCancelled = "assignment-cancelled";
    /// <summary>An offer or request that nobody had accepted: as <see cref="AssignmentCancelled"/>.</summary>
    public const string PlaceWithdrawn = "place-withdrawn";
    /// <summary><c>topics</c>, <c>date</c></summary>
    public const string CertificateExpiring = "certificate-expiring";
    /// <summary><c>facility</c> (its code), <c>count</c>, <c>until</c></summary>
    public const string InterviewsDue = "interviews-due";
    /// <summary><c>subject</c>, <c>text</c>: what somebody writes.</summary>
    public const string Note = "note";

    /// <summary>Placeholders that are times, and the one that is a day.</summary>
    internal static readonly IReadOnlySet<string> Times = new HashSet<string> { "starts", "ends", "until" };
    internal const string Date = "date";

    public static readonly IReadOnlyList<string> Languages = ["en", "ar"];

    internal static readonly IReadOnlySet<string> FilledInEverywhere = new HashSet<string> { "name", "number", "programme" };

    private static readonly Dictionary<string, string> Arabic = new()
    {
        [AssignmentRoles.Assessor] = "مقيّم احتياجات",
        [AssignmentRoles.Installer] = "فني تركيب",
        [AssignmentRoles.Inspector] = "مفتش موقع",
        [AssignmentRoles.Trainer] = "مدرب",
        [AssignmentRoles.Monitor] = "مراقب",
    };

    private static readonly Dictionary<string, (string Subject, string Text)> Read = typeof(Templates).Assembly.GetManifestResourceNames()
        .Where(n => n.StartsWith("Templates.", StringComparison.Ordinal)).ToDictionary(n => n["Templates.".Length..^".txt".Length], Parse);

    [GeneratedRegex(@"\{(\w+)\}")]
    private static partial Regex Placeholder();

    public static IReadOnlyList<string> All => [.. Read.Keys.Select(k => k[..^3]).Distinct().Order()];

    /// <summary>What has to be given for it.</summary>
    public static IReadOnlySet<string> Placeholders(string template, string language = "en")
    {
        var (subject, text) = Of(template, language);
        return Placeholder().Matches(subject + text).Select(m => m.Groups[1].Value).Except(FilledInEverywhere).ToHashSet();
    }

    /// <summary>Subject and text; a <c>role</c> is said in the language.</summary>
    public static (string Subject, string Text) Render(string template, string language, IReadOnlyDictionary<string, string> values)
    {
        var (subject, text) = Of(template, language);
        return (Fill(subject).ReplaceLineEndings(" "), Fill(text));

        string Fill(string with) => Placeholder().Replace(with, m => m.Groups[1].Value is "role" ? Role(values["role"], language) : values[m.Groups[1].Value]);
    }

    /// <summary>A role's name in <paramref name="language"/>.</summary>
    public static string Role(string role, string language) => language == "ar" ? Arabic.GetValueOrDefault(role, role) : role;

    private static (string Subject, string Text) Of(string template, string language) =>
        Read.TryGetValue($"{template}.{language}", out var found) ? found : throw new ArgumentException($"There is no template {template}.{language}.", nameof(template));

    private static (string, string) Parse(string resource)
    {
        using var reader = new StreamReader(typeof(Templates).Assembly.GetManifestResourceStream(resource)!);
        return (reader.ReadLine()!, reader.ReadToEnd());
    }
}
