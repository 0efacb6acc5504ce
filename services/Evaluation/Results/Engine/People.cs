using BetterConnections.Evaluation.Results.Definitions;
using BetterConnections.Statistics;

namespace BetterConnections.Evaluation.Results.Engine;

/// <summary>
/// Whom a measure tells of. All less those asked both times are those asked once: a few of these are left out of everything, and a few who
/// were found again are told of only among all. What is left holds ten of each kind, or none.
/// </summary>
/// <param name="Before">Null where nothing is compared.</param>
/// <param name="Matched">Those with both values; null where nobody is followed from one wave to the next, or too few were found again.</param>
/// <param name="FewMatched">Somebody was found again, and fewer than ten.</param>
/// <param name="Lost">How many of those asked before had no value after; 0 where nobody is followed.</param>
internal sealed record People(IReadOnlyList<Valued>? Before, IReadOnlyList<Valued> After, IReadOnlyList<Pair>? Matched, bool FewMatched = false, int Lost = 0)
{
    public static People Of(Measure measure, IReadOnlyList<Valued>? before, IReadOnlyList<Valued> after)
    {
        if (before is null || !FollowsPeople(measure)) return new(before, after, null);
        var matched = Values.Match(before, after);
        var lost = before.Count - matched.Count;
        return Suppression.IsFew(matched.Count)
            ? new(before, after, null, true, lost)
            : new(Told(before, [.. matched.Select(p => p.Before)]), Told(after, [.. matched.Select(p => p.After)]), matched, false, lost);
    }

    /// <summary>
    /// The people of each group. Of those who are followed only the matched, decided once for all groups: a few who were asked once in one
    /// group could be had as the whole less the other groups.
    /// </summary>
    public IEnumerable<(string Key, People People)> By(Func<Valued, string> key)
    {
        if (Matched is { Count: > 0 })
            return Matched.GroupBy(p => key(p.After)).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => (g.Key, new People([.. g.Select(p => p.Before)], [.. g.Select(p => p.After)], [.. g])));
        return After.Concat(Before ?? []).Select(key).Distinct().Order(StringComparer.Ordinal)
            .Select(k => (k, this with { Before = Before?.Where(v => key(v) == k).ToList(), After = [.. After.Where(v => key(v) == k)] }));
    }

    private static bool FollowsPeople(Measure measure) => measure.Test is MeasureTest.McNemar or MeasureTest.Wilcoxon || measure.Kind == MeasureKind.ShareImproved;

    private static IReadOnlyList<Valued> Told(IReadOnlyList<Valued> all, IReadOnlyList<Valued> matched) =>
        matched.Count > 0 && Suppression.IsFew(all.Count - matched.Count) ? matched : all;
}
