using BetterConnections.Evaluation.Account.Figures;
using BetterConnections.Evaluation.Instruments;
using BetterConnections.Evaluation.Results.Definitions;

namespace BetterConnections.Evaluation.Results.Engine;

/// <summary>
/// Results in words, English and Arabic. What is not significant is never "no effect", and nothing is said to have caused anything: only a
/// comparison with facilities still waiting says more than that something changed.
/// </summary>
internal static class Sentences
{
    public static void Write(IReadOnlyList<MeasureResult> results, AnalysisInput input)
    {
        foreach (var result in results)
        {
            foreach (var cell in result.ByLanguage.Concat(result.ByZone).Prepend(result.Overall))
                cell.Sentence = Join([
                    input.IsSimulated ? new("Simulated, not real respondents:", "بيانات محاكاة وليست من أشخاص حقيقيين:") : null,
                    .. Of(result, cell, input),
                    cell.Key is null && result.Comparison is { } comparison ? Compared(result, comparison) : null]);
        }
    }

    private static IEnumerable<Words?> Of(MeasureResult result, Cell cell, AnalysisInput input)
    {
        if (cell.Withheld)
        {
            yield return new("Withheld, because fewer than ten people stand behind it or behind what could be worked out from it.",
                "محجوب لأن أقل من عشرة أشخاص يقفون وراءه أو وراء ما يمكن استنتاجه منه.");
            yield break;
        }
        if (cell.Estimate!.Value.Value is not { } value)
        {
            yield return SentenceParts.NoEstimate(cell.Estimate.Value.Reason!, result.Kind == MeasureKind.ShareImproved && input.Before is null);
            yield break;
        }
        yield return Level(result, cell, value);
        if (cell.Key is null && input.Format > 1) yield return SentenceParts.Weights(result.Kind, result.Asked, cell.Estimate);
        if (cell.Change is not { } change) yield break;
        if (change is { Before.Value: { } before, After.Value: { } after } && result.Kind != MeasureKind.ShareImproved) yield return Moved(result, cell, change, before, after);
        yield return Verdict(result, cell, change);
        if (cell.Attrition is { Announce: true, Lost.Value: { } lost })
            yield return new($"Take care: {SentenceParts.Percent(lost)} of those asked before were not found again.", $"تنبيه: لم يُعثر مجددًا على {SentenceParts.Percent(lost)} ممن سُئلوا من قبل.");
    }

    private static Words Level(MeasureResult result, Cell cell, double value)
    {
        var (who, range) = (SentenceParts.Who(result.Asked), SentenceParts.Range(result.Kind, cell.Estimate!));
        var people = result.Kind == MeasureKind.ShareImproved ? cell.NMatched : cell.NPost;
        var basis = result.Asked == RespondentGroup.Facility ? new Words($"{people} facilities", $"عدد المراكز {people}")
            : new($"{people} people at {cell.Clusters} facilities", $"عدد المجيبين {people} في مراكز عددها {cell.Clusters}");
        var (says, shown, unit) = (result.Says, SentenceParts.Shown(result.Kind, value), result.Unit ?? new("", ""));
        return result.Kind switch
        {
            MeasureKind.Share => new($"{shown} {who.En} {says.En} ({range.En}; {basis.En}).", $"{shown} {who.Ar} {says.Ar} ({range.Ar}؛ {basis.Ar})."),
            MeasureKind.ShareImproved => new($"{shown} of those asked both times gave a better answer than before on {says.En} ({range.En}; {basis.En}).",
                $"{shown} ممن سُئلوا في المرتين أعطوا إجابة أفضل من السابقة عن {says.Ar} ({range.Ar}؛ {basis.Ar})."),
            MeasureKind.ShareBetter => new($"{shown} {who.En} said that {says.En} had become better than six months before ({range.En}; {basis.En}).",
                $"{shown} {who.Ar} قالوا إن تحسنًا طرأ خلال ستة أشهر على {says.Ar} ({range.Ar}؛ {basis.Ar})."),
            _ => new($"{(result.Kind == MeasureKind.Median ? "The median of" : "The mean of")} {says.En} was {shown} {unit.En} ({range.En}; {basis.En}).",
                $"{(result.Kind == MeasureKind.Median ? "الوسيط" : "المتوسط")}، {says.Ar}: {shown} {unit.Ar} ({range.Ar}؛ {basis.Ar})."),
        };
    }

    private static Words Moved(MeasureResult result, Cell cell, Change change, double before, double after)
    {
        var (from, to) = (SentenceParts.Shown(result.Kind, before), SentenceParts.Shown(result.Kind, after));
        var difference = change.Effects.FirstOrDefault(e => e.Name == "difference");
        var by = difference is { Value.Value: { } d, Low.Value: { } low, High.Value: { } high } ? SentenceParts.Difference(result.Kind, d, low, high) : null;
        return new($"Among the {cell.NMatched} asked both times it went from {from} to {to}{(by is null ? "" : $", {by.En}")}.", $"بين من سُئلوا في المرتين وعددهم {cell.NMatched} تغيّر من {from} إلى {to}{(by is null ? "" : $"، أي {by.Ar}")}.");
    }

    private static Words Verdict(MeasureResult result, Cell cell, Change change)
    {
        var family = change.Test.Correction == "Holm" ? new Words("planned beforehand", "اختبار مخطط مسبقًا") : new("exploratory", "اختبار استكشافي");
        if (change.Test.Reach is { Gate: not null } reach) return SentenceParts.OutOfReach(reach, family);
        if (change.Test.P.Value is null || change.Test.IsSignificant is not { } isSignificant) return SentenceParts.NoTest(change.Test.P.Reason ?? "NotComputed", cell.NMatched);
        var p = SentenceParts.P(change.Test.Adjusted!.Value!.Value);
        if (change.Test.Method.StartsWith("binomial", StringComparison.Ordinal))
        {
            var target = SentenceParts.Percent(result.Target!.Value);
            return isSignificant
                ? new($"This differs from the {target} published before by more than chance explains ({p}, {family.En}).", $"يختلف هذا عن نسبة {target} المنشورة سابقًا بأكثر مما تفسره المصادفة ({p}، {family.Ar}).")
                : new($"Chance may explain the difference from the {target} published before ({p}, {family.En}); this does not show that they are equal.",
                    $"قد تفسر المصادفة الفرق عن نسبة {target} المنشورة سابقًا ({p}، {family.Ar})؛ ولا يثبت ذلك تساويهما.");
        }
        return isSignificant
            ? new($"Chance alone does not explain the change ({p}, {family.En}); what brought it about, this comparison over time cannot tell.",
                $"لا تفسر المصادفة وحدها هذا التغير ({p}، {family.Ar})؛ ولا تبين هذه المقارنة الزمنية ما الذي أدى إليه.")
            : new($"Chance may explain the change ({p}, {family.En}{Least(change.Test).En}); this does not show that nothing changed.",
                $"قد تفسر المصادفة هذا التغير ({p}، {family.Ar}{Least(change.Test).Ar})؛ ولا يثبت ذلك أن شيئًا لم يتغير.");
    }

    /// <summary>How small the p-value could have become, which tells what not being significant is worth.</summary>
    private static Words Least(TestOutcome test) => test.Reach is not { LeastAdjusted.Value: { } least } ? new("", "")
        : new($"; with so many facilities it can be as small as {SentenceParts.P(least)}", $"؛ وأصغر قيمة ممكنة بهذا العدد من المراكز {SentenceParts.P(least)}");

    private static Words? Compared(MeasureResult result, Comparison comparison)
    {
        if (comparison is not { Value.Value: { } value, Low.Value: { } low, High.Value: { } high }) return null;
        var by = SentenceParts.Difference(result.Kind, value, low, high);
        var open = new Words($"The change at the {comparison.Open} open facilities less that at the {comparison.Waiting} still waiting: {by.En}.",
            $"التغير في المراكز المفتوحة وعددها {comparison.Open} مطروحًا منه التغير في المراكز التي لا تزال تنتظر وعددها {comparison.Waiting}: {by.Ar}.");
        var test = comparison.Test.IsSignificant switch
        {
            null when comparison.Test.Reach is { Gate: not null } reach => SentenceParts.OutOfReach(reach, new("exploratory", "اختبار استكشافي")),
            null => SentenceParts.NoTest(comparison.Test.P.Reason ?? "NotComputed", null),
            true => new($"This points to an effect of the facilities ({SentenceParts.P(comparison.Test.Adjusted!.Value!.Value)}, exploratory).", $"يشير ذلك إلى أثر للمراكز ({SentenceParts.P(comparison.Test.Adjusted!.Value!.Value)}، اختبار استكشافي)."),
            false => new Words($"Chance may explain this difference ({SentenceParts.P(comparison.Test.Adjusted!.Value!.Value)}, exploratory); an effect is neither shown nor ruled out.",
                $"قد تفسر المصادفة هذا الفرق ({SentenceParts.P(comparison.Test.Adjusted!.Value!.Value)}، اختبار استكشافي)؛ ولا يثبت ذلك الأثر ولا ينفيه."),
        };
        return Join([open, test]);
    }

    private static Words Join(IEnumerable<Words?> parts)
    {
        var said = parts.OfType<Words>().ToList();
        return new(string.Join(' ', said.Select(w => w.En)), string.Join(' ', said.Select(w => w.Ar)));
    }
}
