using System.Globalization;
using BetterConnections.Evaluation.Instruments;
using BetterConnections.Evaluation.Results.Definitions;
using BetterConnections.Statistics;

namespace BetterConnections.Evaluation.Results.Engine;

/// <summary>Why an interview has no value for a measure.</summary>
internal enum Missing { NotAsked, Refused, DontKnow, Technical, Impossible }

/// <summary>Answers into one value, by the rule of the definition.</summary>
internal static class Scores
{
    private const string Impossible = "\0"; // no answer is: the database could not keep it

    /// <summary>The value, or null and why.</summary>
    public static double? Of(Measure measure, Interview interview, out Missing why)
    {
        why = Missing.NotAsked;
        var texts = measure.Items.Select(i => interview.Impossible?.Contains(i) == true ? Impossible : interview.Answers.GetValueOrDefault(i)).ToArray();
        return measure.Scoring switch
        {
            Scoring.OneOf => Counted(measure, texts.AsSpan(0, 1), ref why),
            Scoring.Every => Counted(measure, texts, ref why) is { } counted ? counted == texts.Length ? 1 : 0 : null,
            Scoring.Count => Counted(measure, texts, ref why),
            Scoring.Number => Number(measure, texts[0], ref why),
            Scoring.Mean => Mean(measure, texts, ref why),
            Scoring.SumTimesFour => Sum(measure, texts, ref why) * 4,
            Scoring.Ratio => Ratio(measure, texts, ref why),
            _ => throw new ArgumentOutOfRangeException(nameof(measure), measure.Scoring, "This scoring has no rule."),
        };
    }

    private static double? Counted(Measure measure, ReadOnlySpan<string?> texts, ref Missing why)
    {
        var count = 0;
        foreach (var text in texts)
        {
            if (text is null || !measure.Of!.Contains(text))
            {
                why = WhyNot(text);
                return null;
            }
            if (measure.Counts!.Contains(text)) count++;
        }
        return count;
    }

    private static double? Number(Measure measure, string? text, ref Missing why)
    {
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number >= measure.Least && number <= measure.Most) return number;
        why = WhyNot(text);
        return null;
    }

    private static double? Mean(Measure measure, string?[] texts, ref Missing why)
    {
        var items = new double?[texts.Length];
        for (var i = 0; i < texts.Length; i++) items[i] = Number(measure, texts[i], ref why);
        return Scales.Mean(items).OrNull;
    }

    private static double? Sum(Measure measure, string?[] texts, ref Missing why)
    {
        var sum = 0.0;
        foreach (var text in texts)
        {
            if (Number(measure, text, ref why) is not { } number) return null;
            sum += number; // whole numbers: exact in any order
        }
        return sum;
    }

    private static double? Ratio(Measure measure, string?[] texts, ref Missing why)
    {
        if (Number(measure, texts[0], ref why) is not { } part || Number(measure, texts[1], ref why) is not { } whole) return null;
        why = Missing.Technical;
        return whole == 0 ? null : part / whole;
    }

    private static Missing WhyNot(string? text) => text switch
    {
        null => Missing.NotAsked,
        MissingReasons.Refused => Missing.Refused,
        MissingReasons.DontKnow => Missing.DontKnow,
        Impossible => Missing.Impossible,
        _ => Missing.Technical,
    };
}
