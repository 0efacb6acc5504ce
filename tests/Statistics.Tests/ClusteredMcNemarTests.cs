namespace BetterConnections.Statistics.Tests;

public class ClusteredMcNemarTests
{
    [Fact]
    public void The_thyroid_data_are_significant_only_to_who_forgets_the_clusters()
    {
        Test(4.5, 0.033894853524689, McNemar.Asymptotic(PairedCounts.Sum(Given.Thyroids)));       // published: 4.5
        Test(2.8571428571429, 0.090968947975358, ClusteredMcNemar.Obuchowski(Given.Thyroids));    // published: 2.86
        Test(2.3150684931507, 0.12812565674429, ClusteredMcNemar.Durkalski(Given.Thyroids));      // published: 2.32
        Test(3.1316597435434, 0.076785528962994, ClusteredMcNemar.Yang(Given.Thyroids));          // published: 3.13
        Assert.Equal(new PermutationResult(-6, 0.15625, null, Math.Pow(2, -20)), ClusteredMcNemar.Permutation(Given.Thyroids, seed: 1).Value);
    }

    [Fact]
    public void The_psychiatry_data_are_significant_either_way()
    {
        Given.Near(11.845070422535, McNemar.Asymptotic(PairedCounts.Sum(Given.Psychiatrists)).Value.Statistic); // published: 11.85
        Given.Near(7.1858407079646, ClusteredMcNemar.Obuchowski(Given.Psychiatrists).Value.Statistic);
        Given.Near(7.5422668704764, ClusteredMcNemar.Durkalski(Given.Psychiatrists).Value.Statistic);           // published: 7.542
        Given.Near(8.4285592646689, ClusteredMcNemar.Yang(Given.Psychiatrists).Value.Statistic);
    }

    [Fact]
    public void The_difference_has_an_interval_that_knows_the_clusters()
    {
        var difference = UltimateCluster.Mean([.. Given.Thyroids.Select(c => new ClusterTotal(c.Net, c.Pairs))]).Value;
        Given.Near(-6.0 / 51, difference.Value);
        Assert.True(difference.Interval is { Low: < -0.2, High: > 0 and < 0.1 }, "McNemar's would leave 0 out.");
        Assert.Equal(20, difference.DegreesOfFreedom);
    }

    [Theory]
    [InlineData(0, Obstacle.NoObservations)]
    [InlineData(1, Obstacle.OneCluster)]
    [InlineData(4, Obstacle.TooFewClusters)]
    public void Fewer_than_five_clusters_are_refused(int count, Obstacle obstacle) => All(obstacle, Given.Psychiatrists[..count]);

    [Fact]
    public void Gains_and_losses_in_balance_in_every_cluster_are_no_change() =>
        All(Obstacle.NoChange, [.. Enumerable.Repeat(new PairedCounts(2, 2, 9), 8)]);

    [Fact]
    public void A_cluster_without_pairs_is_a_mistake_of_the_caller() =>
        Assert.Throws<ArgumentException>(() => ClusteredMcNemar.Durkalski([.. Given.Thyroids, new PairedCounts(0, 0, 0)]));

    private static void All(Obstacle obstacle, PairedCounts[] clusters)
    {
        Given.Is(obstacle, ClusteredMcNemar.Obuchowski(clusters));
        Given.Is(obstacle, ClusteredMcNemar.Durkalski(clusters));
        Given.Is(obstacle, ClusteredMcNemar.Yang(clusters));
        Given.Is(obstacle, ClusteredMcNemar.Permutation(clusters, 1));
    }

    private static void Test(double statistic, double p, Outcome<TestResult> actual)
    {
        Given.Near(statistic, actual.Value.Statistic);
        Given.Near(p, actual.Value.P);
    }
}
