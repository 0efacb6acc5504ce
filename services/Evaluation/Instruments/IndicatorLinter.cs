using System.Globalization;
using BetterConnections.Evaluation.Results.Definitions;

namespace BetterConnections.Evaluation.Instruments;

/// <summary>
/// The part of <see cref="Linter"/> that holds a form against the indicators: what they are computed from goes on being asked, and is answered
/// on the scale that they count on. Without it a shorter questionnaire would be noticed when the wave is over.
/// </summary>
internal static class IndicatorLinter
{
    public static IEnumerable<Problem> Check(InstrumentDefinition form, Standard standard)
    {
        var asked = ItemsOf(form);
        var before = standard.Before is null ? [] : ItemsOf(standard.Before);
        return standard.Indicators.SelectMany(indicator => indicator.Measures.SelectMany(WithReadings).SelectMany(measure => measure.Items
            .Select(name => Problem(indicator, measure, name)).OfType<Problem>())).DistinctBy(p => (p.Code, p.Item, p.Indicator));

        Problem? Problem(IndicatorDefinition indicator, Measure measure, string name)
        {
            if (form.Respondent == measure.Asked && asked.TryGetValue(name, out var item))
            {
                if (Answers(form, item, measure) is { } wanted) return Changed(item.Scale is null ? "type" : "scale", wanted);
                return item.Polarity == Polarity.Negative && TakesMoreForBetter(measure) ? Changed("polarity", "positive: more of it is taken for better") : null;
            }
            return standard.Before?.Respondent == measure.Asked && before.ContainsKey(name)
                ? new("indicator_item_missing", name, "items", null, $"{indicator.Code} is computed from {name}, which the version before asks and this one does not.", indicator.Code)
                : null;

            Problem Changed(string member, string wanted) =>
                new("indicator_item_changed", name, member, null, $"{indicator.Code} is computed from {name}, which has to be {wanted}.", indicator.Code);
        }
    }

    private static bool TakesMoreForBetter(Measure measure) =>
        measure.Scoring is Scoring.Mean or Scoring.SumTimesFour || measure.Kind is MeasureKind.ShareImproved or MeasureKind.ShareBetter;

    private static Dictionary<string, Item> ItemsOf(InstrumentDefinition form) =>
        form.Placed().Select(p => p.Item).DistinctBy(i => i.Name).ToDictionary(i => i.Name);

    private static IEnumerable<Measure> WithReadings(Measure measure) =>
        [measure, .. measure.Alternatives ?? [], .. measure.Observed is { } observed ? [observed] : (IEnumerable<Measure>)[]];

    /// <summary>What the item has to be for the measure to count its answers; null where it is that.</summary>
    private static string? Answers(InstrumentDefinition form, Item item, Measure measure)
    {
        var choices = item.Type != ItemType.SelectOne ? null
            : form.ScaleNamed(item.Scale)?.Choices.Select(c => c.Value).Except([MissingReasons.DontKnow, MissingReasons.Refused]).ToHashSet();
        if (measure.Of is { } of)
            return choices?.SetEquals(of) == true ? null : $"a choice of one among {string.Join(", ", of)}, and of reasons for no answer";
        if (item.Type is ItemType.Integer or ItemType.Decimal or ItemType.Calculate) return null;
        var (least, most) = ((int)measure.Least!, (int)measure.Most!);
        return choices?.SetEquals(Enumerable.Range(least, most - least + 1).Select(n => n.ToString(CultureInfo.InvariantCulture))) == true ? null
            : $"a number, or a choice of one among the whole numbers from {least} to {most}, and of reasons for no answer";
    }
}
