using System.Globalization;

namespace BetterConnections.Enrollment.Workers.Import;

/// <summary>Reads the cells of a row as people type them, in English or Arabic. What is not understood is a fault, never a guess.</summary>
internal static class ImportCells
{
    private static readonly char[] Separators = [' ', ',', ';', '/', '|', '+', '،', '؛'];

    private static readonly Dictionary<string, Gender> Genders = new(StringComparer.OrdinalIgnoreCase)
    {
        ["f"] = Gender.Female,
        ["female"] = Gender.Female,
        ["woman"] = Gender.Female,
        ["أنثى"] = Gender.Female,
        ["انثى"] = Gender.Female,
        ["m"] = Gender.Male,
        ["male"] = Gender.Male,
        ["man"] = Gender.Male,
        ["ذكر"] = Gender.Male,
    };

    private static readonly HashSet<string> Yes = new(StringComparer.OrdinalIgnoreCase) { "yes", "y", "true", "1", "x", "نعم" };
    private static readonly HashSet<string> No = new(StringComparer.OrdinalIgnoreCase) { "", "no", "n", "false", "0", "لا" };

    /// <param name="now">When a consent without a date of its own is taken to be given.</param>
    /// <param name="faults">Receives what cannot be read.</param>
    public static WorkerFacts Facts(ImportColumns columns, IReadOnlyList<string> cells, DateTimeOffset now, List<Fault> faults)
    {
        return new(
            [.. Cell(ImportColumn.Languages).ToLowerInvariant().Split(Separators, StringSplitOptions.RemoveEmptyEntries)],
            Consent(ImportColumn.TrainingConsent, "trainingConsent"),
            Consent(ImportColumn.EvaluationConsent, "evaluationConsent"),
            Consent(ImportColumn.ContactConsent, "contactConsent"),
            Text(ImportColumn.Name),
            Text(ImportColumn.Nationality)?.ToUpperInvariant(),
            BirthYear(),
            Gender());

        string Cell(ImportColumn column) => columns.Cell(cells, column);

        string? Text(ImportColumn column) => Cell(column) is { Length: > 0 } text ? text : null;

        int? BirthYear()
        {
            if (Text(ImportColumn.BirthYear) is not { } text) return null;
            if (text.Length == 4 && int.TryParse(AsciiDigits(text), NumberStyles.None, CultureInfo.InvariantCulture, out var year)) return year;
            faults.Add(new("birthYear", "birth_year_not_valid"));
            return null;
        }

        Gender? Gender()
        {
            if (Text(ImportColumn.Gender) is not { } text) return null;
            if (Genders.TryGetValue(text, out var gender)) return gender;
            faults.Add(new("gender", "gender_not_readable"));
            return null;
        }

        DateTimeOffset? Consent(ImportColumn column, string field)
        {
            var text = Cell(column);
            if (No.Contains(text)) return null;
            if (Yes.Contains(text)) return now;
            if (DateOnly.TryParseExact(AsciiDigits(text), "yyyy-MM-dd", out var day) && new DateTimeOffset(day, default, TimeSpan.Zero) is var at && at <= now) return at;
            faults.Add(new(field, "consent_not_readable"));
            return null;
        }
    }

    private static string AsciiDigits(string text) => string.Concat(text.Select(sign => char.IsDigit(sign) ? (char)('0' + CharUnicodeInfo.GetDecimalDigitValue(sign)) : sign));
}
