using BetterConnections.Evaluation.Results.Definitions;
using BetterConnections.Statistics;

namespace BetterConnections.Evaluation.Results.Engine;

/// <summary>Everything that is computed of one group of respondents.</summary>
internal static class Cells
{
    private const double NoChange = 3; // the middle of "much worse" to "much better"

    /// <param name="seed">Of this measure and group.</param>
    /// <param name="takesT">False for results as engine 3 wrote them, see <see cref="PairedTests"/>.</param>
    public static Cell Of(Measure measure, string? key, People people, string seed, bool takesT, int[]? missing = null)
    {
        var (before, after, isOverall) = (people.Before, people.After, key is null);
        // Of a whole that is itself too small nothing is told, but that it is.
        if (isOverall && (Suppression.IsFew(after.Count) || Suppression.IsFew(before?.Count ?? 0))) return Cell.Hidden(null);
        var pairs = people.Matched ?? [];
        return new(key, false, before?.Count, after.Count, people.Matched?.Count, Facilities(after), missing is null ? null : CountsOf(missing),
            Level(measure, after, people), before is null || IsChangeItself(measure) ? null : Level(measure, before, people),
            ChangeOf(measure, people, seed, isOverall, takesT), isOverall && !IsChangeItself(measure) && (people.Matched is not null || people.FewMatched) ? AttritionOf(people) : null);
    }

    private static bool IsChangeItself(Measure measure) => measure.Kind is MeasureKind.ShareImproved or MeasureKind.ShareBetter;

    /// <summary>One group's headline number.</summary>
    public static Estimated Level(Measure measure, IReadOnlyList<Valued> values, People people) => measure.Kind switch
    {
        MeasureKind.Share => Estimates.Share(values),
        MeasureKind.Median => Estimates.Median(values),
        MeasureKind.Mean => Estimates.Mean(values),
        MeasureKind.ShareImproved when people.FewMatched => Estimated.None(Number.FewerThanTen),
        MeasureKind.ShareImproved => Estimates.Share([.. (people.Matched ?? []).Select(p => p.After with { Value = p.Change > 0 ? 1 : 0 })]),
        MeasureKind.ShareBetter => Estimates.Share([.. values.Select(v => v with { Value = v.Value > NoChange ? 1 : 0 })]),
        _ => throw new ArgumentOutOfRangeException(nameof(measure), measure.Kind, "This kind has no estimate."),
    };

    private static Change? ChangeOf(Measure measure, People people, string seed, bool others, bool takesT)
    {
        var (before, after) = (people.Before, people.After);
        switch (measure.Test)
        {
            case MeasureTest.Target:
                return new(Empty, Empty, Empty, Empty, Empty, PairedTests.AgainstTarget(after, measure.Target!.Value, takesT), before is { Count: > 0 } ? [PairedTests.TwoSamples(before, after, takesT)] : [], []);
            case MeasureTest.Sign when measure.Kind == MeasureKind.ShareBetter:
                return Retrospective([.. after.Select(v => (v.Cluster, v.Value - NoChange))], seed, others);
            case MeasureTest.None:
                return null;
        }
        if (before is null) return null;
        var pairs = people.Matched ?? [];
        if (people.FewMatched) return new(Few, Few, Few, Few, Few, TestOutcome.None(measure.Test.ToString(), Number.FewerThanTen), [], []);
        var changes = Changes.Of(pairs.Select(p => p.Change));
        var (test, other) = measure.Test switch
        {
            MeasureTest.McNemar => PairedTests.YesOrNo(pairs, seed, others),
            MeasureTest.Wilcoxon => PairedTests.Ranked(pairs, seed, others),
            _ => PairedTests.Signs([.. pairs.Select(p => (p.After.Cluster, p.Change))], seed, others),
        };
        return new(Middle(measure, pairs.Select(p => p.Before.Value)), Middle(measure, pairs.Select(p => p.After.Value)),
            Number.Of(changes.ShareImproved), Number.Of(changes.ShareSame), Number.Of(changes.ShareWorse), test, other, Effects.Of(measure, pairs, takesT));
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

    private static Attrition AttritionOf(People people)
    {
        var (before, matched) = (people.Before!, people.Matched ?? []);
        // Left out, a few lost ones are no longer among them; a few found again are not told apart.
        var asked = people.FewMatched ? before.Count : matched.Count + people.Lost;
        var lost = Honesty.Attrition(asked, asked - people.Lost);
        var kept = matched.Select(p => p.Before.Unit).ToHashSet();
        return new(people.FewMatched || Suppression.IsFew(people.Lost) ? Number.None(Number.FewerThanTen) : Number.Of(lost), lost.OrNull > Honesty.AttritionToAnnounce,
            people.FewMatched ? Few : MeanOf(matched.Select(p => p.Before)), people.FewMatched ? Few : MeanOf(before.Where(v => !kept.Contains(v.Unit))));

        static Number MeanOf(IEnumerable<Valued> values)
        {
            var sorted = values.Select(v => v.Value).Order().ToArray();
            return sorted.Length < Honesty.LeastCell ? Number.None(sorted.Length == 0 ? nameof(Obstacle.NoObservations) : Number.FewerThanTen) : Number.Of(sorted.Average());
        }
    }

    private static int Facilities(IEnumerable<Valued> values) => values.Select(v => v.Cluster).Distinct().Count();

    private static MissingCounts CountsOf(int[] missing) => new(Number.Count(missing[(int)Missing.NotAsked]), Number.Count(missing[(int)Missing.Refused]),
        Number.Count(missing[(int)Missing.DontKnow]), Number.Count(missing[(int)Missing.Technical]), Number.Count(missing[(int)Missing.Impossible]));
}
