using System.Globalization;
using BetterConnections.Contracts;
using BetterConnections.ServiceDefaults;

namespace BetterConnections.Volunteers;

/// <summary>
/// What another country would set differently; section <c>Programme</c>, with Qatar's values as the default.
/// Lists are taken by the constructor because the configuration binder would append to a property's default instead of replacing it.
/// </summary>
public sealed class ProgrammeSettings(IReadOnlyList<string>? languages = null, IReadOnlyList<string>? skills = null)
{
    /// <summary>What the programme calls itself in letters and messages.</summary>
    public string Name { get; init; } = "Better Connections";
    /// <summary>ISO 3166-1 alpha-2.</summary>
    public string Country { get; init; } = "QA";
    /// <summary>IANA name; weekly availability and dates that people read are in it.</summary>
    public string TimeZone { get; init; } = "Asia/Qatar";
    /// <summary>Address under which everybody reaches the system, in links that messages and calendars hold; empty: the one the caller used.</summary>
    public string PublicUrl { get; init; } = "";
    /// <summary>Where a home can be, in degrees; mistyped and exchanged coordinates fall outside.</summary>
    public Bounds Bounds { get; init; } = new();
    /// <summary>Upper-case Latin letters; a volunteer's number is <c>V-000123</c>.</summary>
    public string VolunteerNumberPrefix { get; init; } = "V";
    /// <summary>Days before a certificate expires at which its volunteer is told.</summary>
    public int CertificateReminderDays { get; init; } = 30;
    /// <summary>ISO 639-1 codes of the languages that workers speak.</summary>
    public IReadOnlyList<string> Languages { get; } = languages ?? ["ar", "en", "hi", "ur", "bn", "ne", "si", "ta", "ml", "tl"];
    /// <summary>What a volunteer can offer to do.</summary>
    public IReadOnlyList<string> Skills { get; } = skills ?? AssignmentRoles.All;

    public TimeZoneInfo Zone => TimeZoneInfo.FindSystemTimeZoneById(TimeZone);

    /// <summary>As messages write a time, on the programme's clocks: <c>2026-09-06 18:00</c>, which every language reads.</summary>
    public string Time(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, Zone).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    /// <summary>The day on the programme's clocks.</summary>
    public DateOnly Day(DateTimeOffset at) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, Zone).DateTime);

    public string Date(DateTimeOffset at) => Day(at).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>The start of addresses handed to others; where none is set, the one this caller used.</summary>
    public string PublicAddress(HttpRequest request) => PublicUrl.Length > 0 ? PublicUrl.TrimEnd('/') : $"{request.Scheme}://{request.Host}";

    /// <exception cref="BadInput">language_unknown: not one of the programme's.</exception>
    public void RequireLanguages(IEnumerable<string> given) => Require(Languages, given, "language_unknown", "languages");

    /// <exception cref="BadInput">skill_unknown: not one of the programme's.</exception>
    public void RequireSkills(IEnumerable<string> given) => Require(Skills, given, "skill_unknown", "skills");

    private static void Require(IReadOnlyList<string> known, IEnumerable<string> given, string code, string what)
    {
        if (given.FirstOrDefault(g => !known.Contains(g)) is { } unknown)
            throw new BadInput(code, $"'{unknown}' is not one of the programme's {what}: {string.Join(", ", known)}.");
    }
}

/// <param name="South">Degrees of latitude, as <paramref name="North"/>.</param>
/// <param name="West">Degrees of longitude, as <paramref name="East"/>.</param>
public sealed record Bounds(double South = 24.4, double West = 50.7, double North = 26.3, double East = 51.7)
{
    public bool Contain(double latitude, double longitude) => latitude >= South && latitude <= North && longitude >= West && longitude <= East;
}
