namespace BetterConnections.Statistics.Tests;

public class DifferenceInDifferencesTests
{
    private static readonly ClusterChange[] OneStratum =
        [new(3, true), new(5, true), new(4, true), new(1, false), new(2, false), new(0, false)];

    [Fact]
    public void Three_that_opened_against_three_that_wait()
    {
        var estimate = DifferenceInDifferences.Estimate(OneStratum).Value;
        Given.Near(3, estimate.Value);
        Given.Near(Math.Sqrt(1 * (1 / 3.0 + 1 / 3.0)), estimate.StandardError); // the pooled variance is (2 + 2)/4
        Assert.Equal((4, 3, 3), (estimate.DegreesOfFreedom, estimate.Treated, estimate.Waiting));
        Given.Near(3 + 2.7764451051978 * Math.Sqrt(2 / 3.0), estimate.Interval.High);
        Assert.Equal(new PermutationResult(3, 0.1, null, 0.1), Rounded(DifferenceInDifferences.Permutation(OneStratum, 1))); // 2 of 20
    }

    [Fact]
    public void Strata_are_compared_within_themselves_and_weigh_by_both_arms()
    {
        ClusterChange[] strata =
        [
            new(3, true, 1), new(5, true, 1), new(1, false, 1), new(1, false, 1), // difference 3, weight 1
            new(12, true, 2), new(10, false, 2), new(8, false, 2),               // difference 3, weight 2/3
            new(100, true, 3), new(-100, false, 4),                              // nothing to compare with
        ];
        var estimate = DifferenceInDifferences.Estimate(strata).Value;
        Given.Near(3, estimate.Value);
        Assert.Equal((4, 3, 4), (estimate.DegreesOfFreedom, estimate.Treated, estimate.Waiting));
        // Of 6 · 3 ways only that which was, and its mirror only in the first stratum, reach as far.
        Assert.Equal(Enumerated(strata), DifferenceInDifferences.Permutation(strata, 1).Value.P, 1e-15);
    }

    [Fact]
    public void Many_clusters_are_drawn_instead_and_say_the_same_as_counting()
    {
        ClusterChange[] clusters = [.. Enumerable.Range(0, 16).Select(i => new ClusterChange(i * 7 % 16 + (i % 2 == 0 ? 4 : 0), i % 2 == 0, i / 8))];
        var counted = DifferenceInDifferences.Permutation(clusters, 5).Value;
        Assert.True(counted.IsExact);
        // The same twice over, too many to count; and as drawn twice the same.
        ClusterChange[] many = [.. clusters, .. clusters.Select(c => c with { Stratum = c.Stratum + 2 })];
        var drawn = DifferenceInDifferences.Permutation(many, 5).Value;
        Assert.Equal(SignFlip.UsualDraws, drawn.Draws);
        Assert.Equal(drawn, DifferenceInDifferences.Permutation(many, 5).Value);
        Assert.NotEqual(drawn, DifferenceInDifferences.Permutation(many, 6).Value);
        // A stratum in which all are alike adds ways but no information: too many ways to count now, but the same question.
        ClusterChange[] padded = [.. clusters, .. Enumerable.Range(0, 30).Select(i => new ClusterChange(2, i % 2 == 0, 9))];
        var same = DifferenceInDifferences.Permutation(padded, 5, 99_999).Value;
        Assert.False(same.IsExact);
        Assert.Equal(counted.P, same.P, 0.006);
    }

    [Theory]
    [InlineData(3, 3, 0.1)]  // 2 of 20: exchanging the arms gives the same with the other sign
    [InlineData(2, 4, 1 / 15d)]
    [InlineData(1, 19, 0.05)]
    public void The_smallest_p_is_the_one_of_arms_that_lie_wholly_apart(int treated, int waiting, double least)
    {
        ClusterChange[] apart = [.. Enumerable.Range(0, treated).Select(i => new ClusterChange(100 + i, true)), .. Enumerable.Range(0, waiting).Select(i => new ClusterChange(i % 3, false))];

        var result = DifferenceInDifferences.Permutation(apart, 1).Value;

        Assert.Equal((least, least), (result.P, result.LeastP));
    }

    [Fact]
    public void One_treated_among_very_many_neither_overflows_nor_counts_long()
    {
        ClusterChange[] clusters = [.. Enumerable.Range(0, 20_000).Select(i => new ClusterChange(i, i == 0))];
        var result = DifferenceInDifferences.Permutation(clusters, 3, 999).Value;
        Assert.InRange(result.P, 0.001, 0.02);
    }

    [Fact]
    public void What_cannot_be_compared_is_said()
    {
        Given.Is(Obstacle.NoObservations, DifferenceInDifferences.Estimate([]));
        Given.Is(Obstacle.OneCluster, DifferenceInDifferences.Estimate([new(1, true)]));
        Given.Is(Obstacle.NothingToCompare, DifferenceInDifferences.Estimate([new(1, true), new(2, true)]));
        Given.Is(Obstacle.NothingToCompare, DifferenceInDifferences.Permutation([new(1, true, 1), new(2, false, 2)], 1));
        Given.Is(Obstacle.TooFewClusters, DifferenceInDifferences.Estimate([new(1, true), new(2, false)]));
        Given.Is(Obstacle.TooFewClusters, DifferenceInDifferences.Permutation([new(1, true), new(2, false), new(4, false)], 1));
        Given.Is(Obstacle.NoVariation, DifferenceInDifferences.Estimate([new(0.1, true), new(0.1, true), new(0.1, false), new(0.1, false)]));
        Given.Is(Obstacle.NoVariation, DifferenceInDifferences.Estimate([new(1, true), new(1, true), new(0, false), new(0, false)]));
    }

    private static PermutationResult Rounded(Outcome<PermutationResult> result) =>
        result.Value with { Statistic = Math.Round(result.Value.Statistic, 12) };

    /// <summary>All ways by brute force, from the definition: weighted difference of the arms' means.</summary>
    private static double Enumerated(ClusterChange[] clusters)
    {
        var strata = clusters.GroupBy(c => c.Stratum).Where(g => g.Any(c => c.IsTreated) && g.Any(c => !c.IsTreated)).Select(g => g.ToArray()).ToArray();
        ClusterChange[] used = [.. strata.SelectMany(s => s)];
        var seen = Math.Abs(Sum(used));
        var ways = Enumerable.Range(0, 1 << used.Length)
            .Select(bits => used.Select((c, i) => c with { IsTreated = (bits >> i & 1) == 1 }).ToArray())
            .Where(dealt => strata.All(s => dealt.Count(c => c.Stratum == s[0].Stratum && c.IsTreated) == s.Count(c => c.IsTreated)))
            .ToArray();
        return ways.Count(w => Math.Abs(Sum(w)) >= seen - 1e-9) / (double)ways.Length;

        static double Sum(ClusterChange[] dealt) => dealt.GroupBy(c => c.Stratum).Sum(g =>
        {
            double treated = g.Count(c => c.IsTreated), waiting = g.Count(c => !c.IsTreated);
            return treated * waiting / (treated + waiting) * (g.Where(c => c.IsTreated).Average(c => c.Change) - g.Where(c => !c.IsTreated).Average(c => c.Change));
        });
    }
}
