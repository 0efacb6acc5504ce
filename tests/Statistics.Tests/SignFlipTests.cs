namespace BetterConnections.Statistics.Tests;

public class SignFlipTests
{
    [Theory]
    [InlineData(new double[] { 1, 1, 1, 1, 1 }, 5, 0.0625)]          // 2 of 32
    [InlineData(new double[] { 1, 1, 1, 1, -1 }, 3, 0.375)]          // 12 of 32
    [InlineData(new double[] { 1, 2, 3, 4, 5, 6 }, 21, 0.03125)]     // 2 of 64
    [InlineData(new double[] { -1, 2, 3, 4, 5, 6 }, 19, 0.0625)]     // 4 of 64
    [InlineData(new double[] { 1, -1, 2, -2, 0 }, 0, 1)]
    [InlineData(new[] { 0.1, 0.2, 0.3, 0.3, -0.3, 0 }, 0.6, 0.4375)] // 14 of 32, most of them equal but for rounding
    public void Few_clusters_are_counted(double[] sums, double statistic, double p)
    {
        var result = SignFlip.Test(sums, seed: 0).Value;
        Given.Near(statistic, result.Statistic);
        Assert.Equal(p, result.P);
        Assert.True(result.IsExact);
    }

    [Fact]
    public void Twenty_clusters_are_counted_and_twenty_one_drawn_and_both_say_the_same()
    {
        double[] twenty = [.. Enumerable.Range(1, 20).Select(i => i % 3 == 0 ? -i : (double)i)];
        var counted = SignFlip.Test(twenty, 7).Value;
        var drawn = SignFlip.Test([.. twenty, 1e-9], 7, 99_999).Value; // one more, too small to matter
        Assert.True(counted.IsExact);
        Assert.Equal(99_999, drawn.Draws);
        Assert.Equal(counted.P, drawn.P, 0.005);
    }

    [Fact]
    public void A_seed_gives_the_same_p_for_ever_and_another_seed_another()
    {
        double[] sums = [.. Enumerable.Range(1, 43).Select(i => i % 3 == 0 ? -i / 2.0 : i / 2.0)];
        Assert.Equal(SignFlip.Test(sums, 42), SignFlip.Test(sums, 42));
        Assert.NotEqual(SignFlip.Test(sums, 42), SignFlip.Test(sums, 43));
        Assert.Equal(0.056, SignFlip.Test(sums, 42).Value.P); // the same from a second implementation, in Python
    }

    [Fact]
    public void A_drawn_p_is_never_zero() => Assert.Equal(0.0001, SignFlip.Test([.. Enumerable.Repeat(1.0, 60)], 1).Value.P);

    [Theory]
    [InlineData(5, 0.0625), InlineData(8, 0.0078125), InlineData(20, 1 / 524288d), InlineData(21, 0.0001)]
    public void The_smallest_p_is_the_one_of_clusters_that_all_went_the_same_way(int clusters, double least)
    {
        var result = SignFlip.Test([.. Enumerable.Range(1, clusters).Select(i => (double)i)], 1).Value;

        Assert.Equal((least, least, least), (result.P, result.LeastP, SignFlip.LeastP(clusters)));
    }

    [Theory]
    [InlineData(1, 6), InlineData(7, 9), InlineData(100, 12), InlineData(499, 15), InlineData(30_000, null)]
    public void So_many_clusters_are_needed_before_any_effect_could_be_significant(int tests, int? clusters) => Assert.Equal(clusters, SignFlip.LeastClusters(0.05, tests));

    [Fact]
    public void Too_few_clusters_and_no_change_are_said()
    {
        Given.Is(Obstacle.NoObservations, SignFlip.Test([], 1));
        Given.Is(Obstacle.OneCluster, SignFlip.Test([3], 1));
        Given.Is(Obstacle.TooFewClusters, SignFlip.Test([3, 3, 3, 3], 1));
        Given.Is(Obstacle.NoChange, SignFlip.Test([0, 0, 0, 0, 0], 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => SignFlip.Test([1, 1, 1, 1, double.NaN], 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => SignFlip.Test([1, 1, 1, 1, 1], 1, draws: 0));
    }
}
