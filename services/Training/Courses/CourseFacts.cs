using System.ComponentModel.DataAnnotations;
using BetterConnections.ServiceDefaults;

namespace BetterConnections.Training.Courses;

/// <summary>What a version of a course says.</summary>
/// <param name="Titles">By language (ISO 639-1); <c>en</c> at least.</param>
/// <param name="Descriptions">By language; <c>en</c> at least.</param>
/// <param name="Topics">Slugs of the toolkit topics whose sessions and quizzes count.</param>
/// <param name="Certifies">Topics that the certificate covers; left out, those that count. For volunteers: what they may teach.</param>
/// <param name="ValidMonths">Months the certificate is valid; left out, it does not expire.</param>
public sealed record CourseFacts([Required] Dictionary<string, string> Titles, [Required] Dictionary<string, string> Descriptions,
    [Required, Length(1, 50)] IReadOnlyList<string> Topics, [Required] CompletionRule Rule, [Length(1, 50)] IReadOnlyList<string>? Certifies = null,
    [Range(1, 120)] int? ValidMonths = null)
{
    /// <summary>What annotations cannot say.</summary>
    public void RequireSense()
    {
        foreach (var texts in new[] { Titles, Descriptions })
        {
            if (!texts.TryGetValue(Texts.Default, out var text) || string.IsNullOrWhiteSpace(text))
                throw new BadInput("text_missing", "Title and description have to be given in English at least.");
            if (texts.Any(t => t.Key.Length != 2 || t.Value.Length > 2000)) throw new BadInput("text_not_valid", "Texts are named by two-letter language codes and have at most 2,000 signs.");
        }
        if (!Rule.AsksForSomething) throw new BadInput("rule_asks_for_nothing", "A course without any condition would be completed by everyone.");
        if (Rule.Topics > Topics.Distinct().Count()) throw new BadInput("rule_not_attainable", "The rule asks for more topics than the course has.");
    }
}
