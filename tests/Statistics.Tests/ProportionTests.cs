namespace BetterConnections.Statistics.Tests;

public class ProportionTests
{
    [Theory]
    [InlineData(8, 10, 0.49016247153664, 0.94331784854562)]
    [InlineData(0, 10, 0, 0.27753279986289)]
    [InlineData(10, 10, 0.72246720013711, 1)]
    [InlineData(834, 860, 0.95607056141884, 0.97928625868918)]
    [InlineData(757, 860, 0.8568237035559, 0.9002596632147)]
    [InlineData(671, 860, 0.75134456182601, 0.80662819472358)]
    [InlineData(602, 860, 0.66853855955192, 0.72968266089011)]
    [InlineData(619, 860, 0.68882492079697, 0.74875537375852)]
    [InlineData(808, 860, 0.92156631563139, 0.95359427347958)]
    [InlineData(568, 860, 0.6281644866221, 0.69133858559302)]
    public void Wilson_s_interval(int successes, int n, double low, double high)
    {
        var estimate = Proportion.Wilson(successes, n).Value;
        Assert.Equal((double)successes / n, estimate.Value);
        Given.Near(new(low, high), estimate.Interval);
    }

    [Theory]
    [InlineData(834, 0.94929077364662, 0.98213116000975)]
    [InlineData(757, 0.84659931244438, 0.90729913385669)]
    [InlineData(671, 0.73925746273661, 0.81636799768711)]
    [InlineData(602, 0.65565435841743, 0.74089161333726)]
    [InlineData(619, 0.67609277132548, 0.75964669763752)]
    [InlineData(808, 0.91326825087843, 0.95821068704758)]
    [InlineData(568, 0.61505287488115, 0.70310610245692)]
    public void Wilson_s_interval_widens_with_the_design_effect(int successes, double low, double high) =>
        Given.Near(new(low, high), Proportion.Wilson(successes, 860, designEffect: 1.95).Value.Interval);

    [Fact]
    public void Wilson_s_interval_with_few_clusters_takes_t() => // t of 4 degrees of freedom is 2.7764451052
        Given.Near(new(0.46163666801861, 0.87484826905346), Proportion.Wilson(71, 100, 3.219741480611, clusters: 5).Value.Interval);

    [Theory]
    [InlineData(8, 10, 0.44390453769236, 0.97478927367317)]
    [InlineData(0, 10, 0, 0.30849710781876)]
    [InlineData(10, 10, 0.69150289218124, 1)]
    [InlineData(834, 860, 0.95601460747327, 0.98015802425249)]
    public void Clopper_s_and_Pearson_s_interval(int successes, int n, double low, double high) =>
        Given.Near(new(low, high), Proportion.ClopperPearson(successes, n).Value.Interval);

    [Fact]
    public void Korn_s_and_Graubard_s_interval() =>
        Given.Near(new(0.43423909855576, 0.90449877399978), Proportion.KornGraubard(71, 100, 3.219741480611, 5).Value.Interval);

    [Fact]
    public void Respondents_are_worth_less_where_few_clusters_told_the_design_effect() => // t of 99 and 4 degrees of freedom: 1.9842169516, 2.7764451052
        Given.Near(15.862773607362, Proportion.EffectiveSize(100, 3.219741480611, 5).Value);

    [Fact]
    public void Korn_s_and_Graubard_s_interval_is_never_narrower_than_that_of_as_many_independent_respondents() =>
        Assert.Equal(Proportion.ClopperPearson(3, 1000), Proportion.KornGraubard(3, 1000, 0.2, 100));

    [Fact]
    public void Without_respondents_or_with_one_cluster_there_is_no_interval()
    {
        Given.Is(Obstacle.NoObservations, Proportion.Wilson(0, 0));
        Given.Is(Obstacle.NoObservations, Proportion.ClopperPearson(0, 0));
        Given.Is(Obstacle.NoObservations, Proportion.KornGraubard(0, 0, 1, 5));
        Given.Is(Obstacle.TooFewObservations, Proportion.KornGraubard(1, 1, 1, 5));
        Given.Is(Obstacle.OneCluster, Proportion.Wilson(5, 10, 2, clusters: 1));
        Given.Is(Obstacle.OneCluster, Proportion.KornGraubard(5, 10, 2, 1));
    }

    [Fact]
    public void Arguments_without_sense_are_mistakes_of_the_caller()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Proportion.Wilson(11, 10));
        Assert.Throws<ArgumentOutOfRangeException>(() => Proportion.Wilson(-1, 10));
        Assert.Throws<ArgumentOutOfRangeException>(() => Proportion.Wilson(0, -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Proportion.Wilson(1, 10, designEffect: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Proportion.Wilson(1, 10, designEffect: double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => Proportion.Wilson(1, 10, clusters: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Proportion.Wilson(1, 10, level: 1));
    }

    [Fact]
    public void Two_shares_of_clustered_samples_are_compared()
    {
        var (before, after) = (new BinarySample(560, 860, 1.95), new BinarySample(619, 860, 1.95));
        var test = TwoProportions.Test(after, before).Value;
        Given.Near(2.1940342068695, test.Statistic);
        Given.Near(0.028232950491322, test.P);
        Assert.Equal((test.Statistic, 18), (TwoProportions.Test(after, before, 18).Value.Statistic, TwoProportions.Test(after, before, 18).Value.DegreesOfFreedom));
        Given.Near(0.0415999782712563, TwoProportions.Test(after, before, 18).Value.P);
        var difference = TwoProportions.Difference(after, before).Value;
        Given.Near(0.068604651162791, difference.Value);
        Given.Near(new(0.0073129736798562, 0.12919249413646), difference.Interval);
    }

    [Fact]
    public void Two_shares_are_not_compared_when_one_sample_is_empty_or_all_answers_are_the_same()
    {
        Given.Is(Obstacle.NoObservations, TwoProportions.Test(new(0, 0), new(1, 2)));
        Given.Is(Obstacle.NoObservations, TwoProportions.Difference(new(1, 2), new(0, 0)));
        Given.Is(Obstacle.NoVariation, TwoProportions.Test(new(0, 10), new(0, 20)));
        Given.Is(Obstacle.NoVariation, TwoProportions.Test(new(10, 10), new(20, 20)));
        Assert.Throws<ArgumentOutOfRangeException>(() => TwoProportions.Test(default, new(1, 2))); // a design effect of 0
    }
}
