namespace BetterConnections.Statistics.Tests;

public class SignedRankTests
{
    [Fact]
    public void Darwin_s_maize()
    {
        var result = SignedRank.Test(Given.Maize).Value;
        Assert.Equal((96, 24, 310), (result.PositiveRanks, result.NegativeRanks, result.Variance));
        Assert.Equal(0.041259765625, result.PExact); // published by SciPy
        Assert.Equal(0.041259765625, result.P);
        Given.Near(2.0446626032894, result.Z);
        Given.Near(0.040888132911856, result.PNormal);
        Given.Near(0.043772323763041, result.PCorrected);
        Assert.Equal(0.6, result.RankBiserial);
    }

    [Fact]
    public void Ties_share_ranks_and_the_exact_distribution_knows_it()
    {
        var result = SignedRank.Test(Given.Likert).Value;
        Assert.Equal((10, 2), (result.Changed, result.Unchanged));
        Assert.Equal((52, 3, 92.5), (result.PositiveRanks, result.NegativeRanks, result.Variance));
        Assert.Equal(0.01171875, result.PExact);
        Given.Near(2.5473887000592, result.Z);
        Given.Near(0.010853246807515, result.PNormal);
        Given.Near(0.012581479566652, result.PCorrected);
        Given.Near(0.89090909090909, result.RankBiserial);
    }

    [Fact]
    public void Pratt_ranks_the_unchanged_before_leaving_them_out()
    {
        // |0| |0| |1| |2| |3|: ranks 1.5 1.5 3 4 5, of which 3, 4 and 5 count.
        var result = SignedRank.Test([0, 1, -2, 0, 3], Zeros.Pratt).Value;
        Assert.Equal((8, 4, 12.5), (result.PositiveRanks, result.NegativeRanks, result.Variance));
        Assert.Equal(0.75, result.PExact); // of 8 sign patterns 12, 9, 8 reach as far up and three as far down
        Assert.Equal((4, 2), (SignedRank.Test([0, 1, -2, 0, 3]).Value.PositiveRanks, SignedRank.Test([0, 1, -2, 0, 3]).Value.NegativeRanks));
    }

    [Fact]
    public void The_exact_p_is_the_share_of_sign_patterns_that_are_as_extreme()
    {
        double[] differences = [1, 1, -2, 3, 3, 3, 5, -6, 7];
        double[] sizes = [.. differences.Select(Math.Abs).Order()];
        double[] ranks = [.. sizes.Select(s => (sizes.Count(x => x < s) + 1 + sizes.Count(x => x <= s)) / 2.0)];
        var seen = SignedRank.Test(differences).Value;
        var extreme = Enumerable.Range(0, 1 << 9).Count(signs =>
            Math.Abs(ranks.Select((r, i) => (signs >> i & 1) == 1 ? r : -r).Sum()) >= Math.Abs(seen.PositiveRanks - seen.NegativeRanks));
        Assert.Equal(extreme / 512.0, seen.PExact);
    }

    [Fact]
    public void Fifty_are_exact_and_fifty_one_approximate_and_hardly_differ()
    {
        double[] all = [.. Enumerable.Range(1, 51).Select(i => i % 3 == 0 ? -i : (double)i)];
        var fifty = SignedRank.Test(all[..50]).Value;
        Assert.Equal(fifty.PCorrected, fifty.PExact!.Value, 0.001);
        var more = SignedRank.Test(all).Value;
        Assert.Null(more.PExact);
        Assert.Equal(more.PCorrected, more.P);
    }

    [Fact]
    public void Differences_that_are_equal_but_for_rounding_tie() =>
        Assert.Equal(SignedRank.Test([0.3, 0.3, -0.3, 0.5]), SignedRank.Test([3.3 - 3, 2.3 - 2, 0.1 + 0.2 - 0.6, 0.5]));

    [Fact]
    public void The_rank_biserial_correlation_has_an_interval()
    {
        var maize = SignedRank.RankBiserial(Given.Maize).Value;
        Assert.Equal(0.6, maize.Value);
        var error = 1.959963984540054 * Math.Sqrt(1240) / 120; // Σr² and Σr of 1 to 15
        Given.Near(new(Math.Tanh(Math.Atanh(0.6) - error), Math.Tanh(Math.Atanh(0.6) + error)), maize.Interval);
        Given.Is(Obstacle.AtTheBoundary, SignedRank.RankBiserial([1, 2, 3]));
        Given.Is(Obstacle.NoChange, SignedRank.RankBiserial([0, 0]));
        Given.Is(Obstacle.NoObservations, SignedRank.RankBiserial([]));
    }

    [Fact]
    public void Clusters_flip_as_a_whole()
    {
        // Ranks of 1 to 10; clusters of two: sums 3, 7, 11, 15 and -19 of the signed ranks.
        IReadOnlyList<double>[] clusters = [[1, 2], [3, 4], [5, 6], [7, 8], [-9, -10]];
        var result = SignedRank.Clustered(clusters, seed: 1).Value;
        Assert.Equal(17, result.Statistic);
        Assert.Equal(0.625, result.P); // 20 of 32, counted by hand below
        Assert.Equal(0.625, Enumerable.Range(0, 32).Count(s => Math.Abs(new[] { 3, 7, 11, 15, 19 }.Select((x, i) => (s >> i & 1) == 1 ? x : -x).Sum()) >= 17) / 32.0);
    }

    [Fact]
    public void Clusters_of_one_give_the_interval_of_independent_respondents()
    {
        IReadOnlyList<double>[] single = [.. Given.Maize.Select(d => (double[])[d])];
        Assert.Equal(SignedRank.RankBiserial(Given.Maize), SignedRank.RankBiserialClustered(single));
        IReadOnlyList<double>[] five = [.. Given.Maize.Order().Chunk(3)];
        Assert.Equal(0.6, SignedRank.RankBiserialClustered(five).Value.Value);
        Assert.True(SignedRank.RankBiserialClustered(five).Value.Interval.Low < SignedRank.RankBiserial(Given.Maize).Value.Interval.Low);
        var (z, t) = (SignedRank.RankBiserialClustered(five).Value.Interval, SignedRank.RankBiserialClustered(five, takesT: true).Value.Interval);
        Given.Near(2.7764451051978 / 1.9599639845401, (Math.Atanh(t.High) - Math.Atanh(0.6)) / (Math.Atanh(z.High) - Math.Atanh(0.6))); // t of 4 degrees of freedom
        Given.Is(Obstacle.TooFewClusters, SignedRank.RankBiserialClustered([.. five.Take(4)]));
        Given.Is(Obstacle.NoVariation, SignedRank.RankBiserialClustered([.. Enumerable.Repeat<IReadOnlyList<double>>([1, -1], 6)]));
    }

    [Fact]
    public void Nobody_matched_and_nobody_changed_are_said()
    {
        Given.Is(Obstacle.NoObservations, SignedRank.Test([]));
        Given.Is(Obstacle.NoChange, SignedRank.Test([0, 0, 0]));
        Given.Is(Obstacle.NoChange, SignedRank.Clustered([[0], [0], [0, 0], [0], [0]], 1));
        Given.Is(Obstacle.OneCluster, SignedRank.Clustered([[1, 2, 3]], 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => SignedRank.Test([1, double.NaN]));
        Assert.Throws<ArgumentException>(() => SignedRank.Clustered([[1], [], [1], [1], [1]], 1));
    }

    [Fact]
    public void Who_improved_stayed_and_worsened_is_counted_and_the_sign_test_asks_whether_by_chance()
    {
        var changes = Changes.Of(Given.Likert);
        Assert.Equal(new Changes(9, 2, 1), changes);
        Assert.Equal((0.75, 12), (changes.ShareImproved.Value, changes.Matched));
        Assert.Equal(22.0 / 1024, BinomialTest.Sign(changes).Value.P, 1e-15); // 2·(1 + 10)/2^10
        Given.Is(Obstacle.NoObservations, Changes.Of([]).ShareImproved);
        Given.Is(Obstacle.NoChange, BinomialTest.Sign(new(0, 5, 0)));
    }
}
