namespace BetterConnections.Statistics.Tests;

public class ClusteringTests
{
    [Fact]
    public void Five_facilities_of_twenty()
    {
        var intraclass = IntraclassCorrelation.Of(Given.FiveOfTwenty).Value;
        Given.Near(0.685, intraclass.BetweenMeanSquare);
        Given.Near(0.18789473684211, intraclass.WithinMeanSquare);
        Given.Near(20, intraclass.ClusterSize);
        Given.Near(0.11682849897953, intraclass.Value);
        Given.Near(3.219741480611, intraclass.DesignEffect);
        Given.Near(31.058394160584, intraclass.EffectiveSize);
        Given.Near(new(0.53457653883368, 0.83919367602776), Proportion.Wilson(71, 100, intraclass.DesignEffect).Value.Interval);
    }

    [Fact]
    public void The_same_by_the_ultimate_cluster()
    {
        var mean = UltimateCluster.Mean([.. Given.FiveOfTwenty.Select(c => new ClusterTotal(c.Successes, c.Size))]).Value;
        Given.Near(0.71, mean.Value);
        Given.Near(0.082764726786234, mean.StandardError);
        Assert.Equal(4, mean.DegreesOfFreedom);
        Given.Near(0.71 + 2.7764451051978 * 0.082764726786234, mean.Interval.High);
        Given.Near(3.3268576979116, UltimateCluster.DesignEffect(Given.FiveOfTwenty).Value);
    }

    [Fact]
    public void Unequal_clusters_weigh_by_their_size()
    {
        // Sizes 1, 2, 3: n 6, Σm²/n = 14/6, m₀ = (6 − 14/6)/2.
        var intraclass = IntraclassCorrelation.Of([[1], [2, 3], [5, 6, 7]]).Value;
        Given.Near((6 - 14.0 / 6) / 2, intraclass.ClusterSize);
        Given.Near((9 + 4.5 + 12) / 2, intraclass.BetweenMeanSquare); // (1−4)², 2·(2.5−4)², 3·(6−4)²
        Given.Near(2.5 / 3, intraclass.WithinMeanSquare);
        Given.Near(1 + (14.0 / 6 - 1) * intraclass.Value, intraclass.DesignEffect);
    }

    [Fact]
    public void Clusters_that_are_all_alike_have_a_correlation_of_zero_and_not_below()
    {
        var intraclass = IntraclassCorrelation.Of([(5, 10), (5, 10), (5, 10)]).Value;
        Assert.Equal((0, 1, 30), (intraclass.Value, intraclass.DesignEffect, intraclass.EffectiveSize));
    }

    [Fact]
    public void Clusters_that_each_agree_in_themselves_count_as_one_respondent_each()
    {
        var intraclass = IntraclassCorrelation.Of([(10, 10), (0, 10), (10, 10)]).Value;
        Assert.Equal((1, 10, 3), (intraclass.Value, intraclass.DesignEffect, intraclass.EffectiveSize));
    }

    [Fact]
    public void Degenerate_clusters_are_said()
    {
        Given.Is(Obstacle.NoObservations, IntraclassCorrelation.Of(Array.Empty<(int, int)>()));
        Given.Is(Obstacle.OneCluster, IntraclassCorrelation.Of([(5, 10)]));
        Given.Is(Obstacle.NoReplication, IntraclassCorrelation.Of([(1, 1), (0, 1)]));
        Given.Is(Obstacle.NoVariation, IntraclassCorrelation.Of([(10, 10), (10, 10)]));
        Given.Is(Obstacle.NoObservations, UltimateCluster.Mean([]));
        Given.Is(Obstacle.OneCluster, UltimateCluster.Mean([new(5, 10)]));
        Given.Is(Obstacle.TooFewClusters, UltimateCluster.Mean([new(5, 10, 1), new(6, 10, 2)]));
        Given.Is(Obstacle.NoVariation, UltimateCluster.Mean([new(0.1 * 3, 3), new(0.1, 1), new(0.7, 7)]));
        Given.Is(Obstacle.NoVariation, UltimateCluster.DesignEffect([(10, 10), (10, 10)]));
        Assert.Throws<ArgumentException>(() => IntraclassCorrelation.Of([(1, 2), (0, 0)]));
    }

    [Fact]
    public void A_stratum_with_one_facility_is_measured_against_the_whole_and_gives_an_answer()
    {
        ClusterTotal[] two = [new(18, 20, 1), new(12, 20, 1), new(9, 20, 2), new(13, 20, 2)];
        // Residuals of the mean 52/80 = 0.65: 5 −1 | −4 0; within strata (±3)² and (±2)², each doubled by K/(K−1).
        Given.Near(Math.Sqrt(2 * 18 + 2 * 8) / 80, UltimateCluster.Mean(two).Value.StandardError);
        // And a third of one facility, 19 of 20: mean 71/100, residuals 3.8 −2.2 | −5.2 −1.2 | 4.8.
        var lonely = UltimateCluster.Mean([.. two, new(19, 20, 3)]).Value;
        Given.Near(Math.Sqrt(2 * 18 + 2 * 8 + 4.8 * 4.8) / 100, lonely.StandardError);
        Assert.Equal(2, lonely.DegreesOfFreedom);
    }
}
