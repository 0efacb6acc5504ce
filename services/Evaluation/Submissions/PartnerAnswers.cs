using System.Globalization;
using System.Text.Json;
using BetterConnections.Evaluation.Instruments;
using BetterConnections.ServiceDefaults;

namespace BetterConnections.Evaluation.Submissions;

/// <summary>Answers that no survey app has checked: every item has to be one of the form's, every choice one of its scale's.</summary>
internal static class PartnerAnswers
{
    /// <returns>JSON, see <see cref="Submission.Answers"/>.</returns>
    /// <exception cref="BadInput">item_unknown, answer_not_valid</exception>
    public static string Read(InstrumentDefinition form, IReadOnlyDictionary<string, JsonElement> answers)
    {
        var items = FormColumns.Answered(form).ToDictionary(i => i.Name);
        var read = new Dictionary<string, string?>();
        foreach (var (name, value) in answers)
        {
            if (!items.TryGetValue(name, out var item)) throw new BadInput("item_unknown", $"The form has no item {name}.");
            var text = Text(name, value);
            if (text is not null && !Fits(form, item, text)) throw new BadInput("answer_not_valid", $"\"{text}\" is no answer to {name}.");
            read[name] = text;
        }
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

    private static bool Fits(InstrumentDefinition form, Item item, string text) => item.Type switch
    {
        ItemType.SelectOne => IsChoice(form, item, text),
        ItemType.SelectMultiple => text.Split(' ').All(choice => IsChoice(form, item, choice)),
        ItemType.Integer => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _),
        ItemType.Decimal => decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _),
        ItemType.Date or ItemType.Today => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
        _ => true,
    };

    private static bool IsChoice(InstrumentDefinition form, Item item, string text) =>
        form.ScaleNamed(item.Scale)?.Choices.Any(c => c.Value == text) == true;
}
