using BetterConnections.Evaluation.Results.Definitions;
using BetterConnections.Statistics;

namespace BetterConnections.Evaluation.Results.Engine;

/// <summary>Everything that is computed of one group of respondents.</summary>
internal static class Cells
{
    private const double NoChange = 3; // the middle of "much worse" to "much better"

    /// <param name="before">Null where nothing is compared.</param>
    /// <param name="seed">Of this measure and group.</param>
    public static Cell Of(Measure measure, string? key, IReadOnlyList<Valued>? before, IReadOnlyList<Valued> after, string seed, int[]? missing = null)
    {
        var pairs = before is null ? [] : Values.Match(before, after);
        var isOverall = key is null;
        var cell = new Cell(key, false, before?.Count, after.Count, before is null ? null : pairs.Count, Facilities(after), missing is null ? null : CountsOf(missing),
            Level(measure, Told(after, [.. pairs.Select(p => p.After)]), pairs),
            before is null || IsChangeItself(measure) ? null : Level(measure, Told(before, [.. pairs.Select(p => p.Before)]), pairs),
            ChangeOf(measure, before, after, pairs, seed, isOverall), before is null || !isOverall || IsChangeItself(measure) ? null : AttritionOf(before, pairs));
        // Of a whole that is itself too small nothing is told, but that it is.
        return isOverall && (Suppression.IsFew(after.Count) || Suppression.IsFew(before?.Count ?? 0)) ? Cell.Hidden(null) : cell;
    }

    /// <summary>
    /// Those whose level is told. A few who were asked only once could be had as all less the matched, whose level the change tells: they
    /// are left out then.
    /// </summary>
    private static IReadOnlyList<Valued> Told(IReadOnlyList<Valued> all, IReadOnlyList<Valued> matched) =>
        matched.Count > 0 && all.Count - matched.Count is > 0 and < Honesty.LeastCell ? matched : all;

    private static bool IsChangeItself(Measure measure) => measure.Kind is MeasureKind.ShareImproved or MeasureKind.ShareBetter;

    /// <summary>One group's headline number.</summary>
    public static Estimated Level(Measure measure, IReadOnlyList<Valued> values, IReadOnlyList<Pair> pairs) => measure.Kind switch
    {
        MeasureKind.Share => Estimates.Share(values),
        MeasureKind.Median => Estimates.Median(values),
        MeasureKind.Mean => Estimates.Mean(values),
        MeasureKind.ShareImproved when Suppression.IsFew(pairs.Count) => Estimated.None(Number.FewerThanTen),
        MeasureKind.ShareImproved => Estimates.Share([.. pairs.Select(p => p.After with { Value = p.Change > 0 ? 1 : 0 })]),
        MeasureKind.ShareBetter => Estimates.Share([.. values.Select(v => v with { Value = v.Value > NoChange ? 1 : 0 })]),
        _ => throw new ArgumentOutOfRangeException(nameof(measure), measure.Kind, "This kind has no estimate."),
    };

    private static Change? ChangeOf(Measure measure, IReadOnlyList<Valued>? before, IReadOnlyList<Valued> after, IReadOnlyList<Pair> pairs, string seed, bool others)
    {
        switch (measure.Test)
        {
            case MeasureTest.Target:
                return new(Empty, Empty, Empty, Empty, Empty, PairedTests.AgainstTarget(after, measure.Target!.Value), before is { Count: > 0 } ? [PairedTests.TwoSamples(before, after)] : [], []);
            case MeasureTest.Sign when measure.Kind == MeasureKind.ShareBetter:
                return Retrospective([.. after.Select(v => (v.Cluster, v.Value - NoChange))], seed, others);
            case MeasureTest.None:
                return null;
        }
        if (before is null) return null;
        if (Suppression.IsFew(pairs.Count)) return new(Few, Few, Few, Few, Few, TestOutcome.None(measure.Test.ToString(), Number.FewerThanTen), [], []);
        var changes = Changes.Of(pairs.Select(p => p.Change));
        var (test, other) = measure.Test switch
        {
            MeasureTest.McNemar => PairedTests.YesOrNo(pairs, seed, others),
            MeasureTest.Wilcoxon => PairedTests.Ranked(pairs, seed, others),
            _ => PairedTests.Signs([.. pairs.Select(p => (p.After.Cluster, p.Change))], seed, others),
        };
        return new(Middle(measure, pairs.Select(p => p.Before.Value)), Middle(measure, pairs.Select(p => p.After.Value)),
            Number.Of(changes.ShareImproved), Number.Of(changes.ShareSame), Number.Of(changes.ShareWorse), test, other, Effects.Of(measure, pairs));
    }

    private static Change Retrospective(IReadOnlyList<(Guid, double Change)> answers, string seed, bool others)
    {
        var changes = Changes.Of(answers.Select(a => a.Change));
        var (test, other) = PairedTests.Signs(answers, seed, others);
        return new(Empty, Empty, Number.Of(changes.ShareImproved), Number.Of(changes.ShareSame), Number.Of(changes.ShareWorse), test, other, []);
    }

    private static Number Few => Number.None(Number.FewerThanTen);

    private static Number Empty => Number.None(Obstacle.NothingToCompare);

    private static Number Middle(Measure measure, IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        if (sorted.Length == 0) return Number.None(Obstacle.NoObservations);
        return Number.Of(measure.Kind is MeasureKind.Median or MeasureKind.ShareImproved ? (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2 : sorted.Average());
    }

    private static Attrition AttritionOf(IReadOnlyList<Valued> before, IReadOnlyList<Pair> pairs)
    {
        var lost = Honesty.Attrition(before.Count, pairs.Count);
        var kept = pairs.Select(p => p.Before.Unit).ToHashSet();
        return new(Number.Of(lost), lost.OrNull > Honesty.AttritionToAnnounce, MeanOf(pairs.Select(p => p.Before)), MeanOf(before.Where(v => !kept.Contains(v.Unit))));

        static Number MeanOf(IEnumerable<Valued> values)
        {
            var sorted = values.Select(v => v.Value).Order().ToArray();
            return sorted.Length < Honesty.LeastCell ? Number.None(sorted.Length == 0 ? nameof(Obstacle.NoObservations) : Number.FewerThanTen) : Number.Of(sorted.Average());
        }
    }

    private static int Facilities(IEnumerable<Valued> values) => values.Select(v => v.Cluster).Distinct().Count();

    private static MissingCounts CountsOf(int[] missing) => new(Number.Count(missing[(int)Missing.NotAsked]), Number.Count(missing[(int)Missing.Refused]),
        Number.Count(missing[(int)Missing.DontKnow]), Number.Count(missing[(int)Missing.Technical]));
}
