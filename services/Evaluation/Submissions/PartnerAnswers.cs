using System.Text.Json;
using BetterConnections.ServiceDefaults;

namespace BetterConnections.Evaluation.Submissions;

/// <summary>Answers that no survey app has checked: what the form does not allow is refused, for a partner system can mend it.</summary>
internal static class PartnerAnswers
{
    /// <returns>JSON, see <see cref="Submission.Answers"/>.</returns>
    /// <exception cref="BadInput">item_unknown, answer_not_valid</exception>
    public static string Read(FormRules form, IReadOnlyDictionary<string, JsonElement> answers)
    {
        if (answers.Keys.FirstOrDefault(item => !form.Has(item)) is { } unknown) throw new BadInput("item_unknown", $"The form has no item {unknown}.");
        var read = answers.ToDictionary(a => a.Key, a => Text(a.Key, a.Value));
        foreach (var problem in form.ProblemsOf(read.ToDictionary(r => r.Key, r => new List<string> { r.Value ?? "" })))
            throw new BadInput("answer_not_valid", $"\"{read[problem.Item]}\" is no answer to {problem.Item} ({problem.Code}).");
        return JsonSerializer.Serialize(read);
    }

    private static string? Text(string item, JsonElement value)
    {
        try
        {
            return value.ValueKind switch
            {
                JsonValueKind.Null => null,
                JsonValueKind.Number => value.GetRawText(),
                JsonValueKind.String when value.GetString() is { Length: > 0 and <= 10_000 } text && !text.Contains('\0') => text,
                _ => throw new BadInput("answer_not_valid", $"The answer to {item} is a text of at most 10,000 characters, a number or null."),
            };
        }
        catch (InvalidOperationException) // half of a surrogate pair
        {
            throw new BadInput("answer_not_valid", $"The answer to {item} is no text.");
        }
    }
}
