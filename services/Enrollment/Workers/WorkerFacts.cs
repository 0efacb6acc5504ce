namespace BetterConnections.Enrollment.Workers;

public enum Gender { Female, Male }

/// <summary>What is wrong, and in which field.</summary>
public sealed record Fault(string Field, string Code);

/// <summary>What is said of a worker, by a form or by a row of a file; the same rules hold for both.</summary>
/// <param name="Languages">ISO 639-1, best first.</param>
/// <param name="Nationality">ISO 3166-1 alpha-2.</param>
public sealed record WorkerFacts(
    IReadOnlyList<string> Languages,
    DateTimeOffset? TrainingConsentAt,
    DateTimeOffset? EvaluationConsentAt,
    DateTimeOffset? ContactConsentAt,
    string? Name = null,
    string? Nationality = null,
    int? BirthYear = null,
    Gender? Gender = null)
{
    public const int LongestName = 200;
    private const int OldestAge = 100;
    private const int YoungestAge = 16;

    /// <summary>Everything that forbids to record it; empty where nothing does.</summary>
    public IEnumerable<Fault> Faults(ProgrammeSettings programme, int thisYear)
    {
        if (Languages.Count == 0) yield return new("languages", "languages_required");
        if (Languages.Any(l => !programme.Languages.Contains(l))) yield return new("languages", "language_unknown");
        if (Languages.Distinct().Count() < Languages.Count) yield return new("languages", "language_twice");
        if (Name?.Length > LongestName) yield return new("name", "name_too_long");
        if (Name?.Any(char.IsControl) == true) yield return new("name", "text_not_valid");
        if (Nationality is not null && !Countries.Has(Nationality)) yield return new("nationality", "nationality_unknown");
        if (BirthYear is { } year && (year < thisYear - OldestAge || year > thisYear - YoungestAge)) yield return new("birthYear", "birth_year_not_valid");
        if (Name is not null && ContactConsentAt is null) yield return new("name", "consent_required");
        if (EvaluationConsentAt is not null) yield break;
        if (Nationality is not null) yield return new("nationality", "consent_required");
        if (BirthYear is not null) yield return new("birthYear", "consent_required");
        if (Gender is not null) yield return new("gender", "consent_required");
    }

    /// <summary>What a fault's code says to people.</summary>
    public static string Sentence(Fault fault) => fault.Code switch
    {
        "languages_required" => "Name at least one language the worker speaks.",
        "language_unknown" => "A language is not one of the programme's.",
        "language_twice" => "A language is named twice.",
        "name_too_long" => $"A name has at most {LongestName} characters.",
        "text_not_valid" => "A name holds a control character.",
        "nationality_unknown" => "The nationality is no two-letter country code of ISO 3166.",
        "birth_year_not_valid" => $"A birth year is given in four digits, for an age between {YoungestAge} and {OldestAge}.",
        "consent_required" when fault.Field == "name" => "A name is kept only with the worker's consent to contact.",
        "consent_required" => "Nationality, birth year and gender are kept only with the worker's consent to evaluation.",
        _ => throw new ArgumentOutOfRangeException(nameof(fault), fault.Code, "No sentence is written for this code."),
    };
}
