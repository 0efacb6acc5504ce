using System.Text.RegularExpressions;
using BetterConnections.Evaluation.Instruments;

namespace BetterConnections.Evaluation.ExternalStudies;

/// <summary>Finds what a reader could not follow: a text in one language only, a number that is no share, a reading that nobody explains.</summary>
internal static partial class StudyCheck
{
    private const int LongestText = 4000, MostListed = 100;

    [GeneratedRegex("^[a-z0-9]+(?:-[a-z0-9]+)*$")]
    private static partial Regex Slug();

    /// <summary>Each begins with the member that it is about.</summary>
    public static IReadOnlyList<string> Problems(StudyDefinition study)
    {
        var problems = new List<string>();
        if (study.Code.Length > 60 || !Slug().IsMatch(study.Code)) problems.Add("code: at most 60 small letters, digits and single hyphens");
        Check(problems, "title", study.Title);
        Check(problems, "purpose", study.Purpose);
        Check(problems, "method", study.Method);
        foreach (var (member, text) in new[] { ("by", study.By), ("source", study.Source), ("quote", study.Quote) })
            if (text.Trim().Length is 0 or > LongestText) problems.Add($"{member}: 1 to {LongestText} characters");
        if (study.Respondents <= 0) problems.Add("respondents: more than nobody, or null where the source does not say");
        if (study.Group?.Length > 100) problems.Add("group: at most 100 characters");
        if (Math.Max(study.Figures.Count, study.Ambiguities.Count) > MostListed) problems.Add($"figures, ambiguities: at most {MostListed} each");

        foreach (var (i, figure) in study.Figures.Index())
        {
            var at = $"figures[{i}]";
            if (!Indicators.Names.ContainsKey(figure.Indicator)) problems.Add($"{at}.indicator: one of {string.Join(", ", Indicators.Names.Keys)}");
            if (figure.Share is not (>= 0 and <= 1)) problems.Add($"{at}.share: 0 to 1");
            Check(problems, $"{at}.label", figure.Label);
            Check(problems, $"{at}.readings", figure.Readings ?? []);
            if (figure.Reading is { } reading && figure.Readings?.Any(r => r.Code == reading) != true) problems.Add($"{at}.reading: one of its readings");
        }
        foreach (var (i, ambiguity) in study.Ambiguities.Index())
        {
            Check(problems, $"ambiguities[{i}].about", ambiguity.About);
            Check(problems, $"ambiguities[{i}].readings", ambiguity.Readings);
            if (ambiguity.Readings.Count < 2) problems.Add($"ambiguities[{i}].readings: two at least, or nothing is open");
        }
        return problems;
    }

    private static void Check(List<string> problems, string member, Dictionary<string, string> text)
    {
        foreach (var language in (string[])["en", "ar"])
            if (text.GetValueOrDefault(language)?.Trim().Length is null or 0) problems.Add($"{member}.{language}: is missing");
        if (text.Values.Any(t => t is null or { Length: > LongestText })) problems.Add($"{member}: at most {LongestText} characters in each language, and no null");
    }

    private static void Check(List<string> problems, string member, IReadOnlyList<StudyReading> readings)
    {
        if (readings.Count > MostListed || readings.DistinctBy(r => r.Code).Count() < readings.Count) problems.Add($"{member}: at most {MostListed}, each code once");
        foreach (var (i, reading) in readings.Index())
        {
            if (reading.Code.Length is 0 or > 100) problems.Add($"{member}[{i}].code: 1 to 100 characters");
            Check(problems, $"{member}[{i}].text", reading.Text);
        }
    }
}
