namespace BetterConnections.Statistics.Tests;

public class SampleSizeTests
{
    private const long Workers = 1_500_000;

    [Fact]
    public void A_simple_sample_of_all_workers()
    {
        var plan = SampleSize.Plan(0.05, Workers);
        Given.Near(384.14588206941, plan.Simple);
        Given.Near(384.04778451798, plan.ForPopulation);
        Assert.Equal((385, 385), (plan.Needed, plan.Invited));
        Assert.Equal((600, 1067), (SampleSize.Plan(0.04, Workers).Needed, SampleSize.Plan(0.03, Workers).Needed));
    }

    [Theory]
    [InlineData(0.02, 1.38, 530, 0.039256214041344, 623)]
    [InlineData(0.05, 1.95, 749, 0.046664452571778, 441)]
    [InlineData(0.10, 2.90, 1114, 0.056907285316529, 297)]
    public void A_sample_of_twenty_in_each_facility(double correlation, double effect, long needed, double marginOf860, double effective)
    {
        var designEffect = SampleSize.DesignEffect(20, correlation);
        Given.Near(effect, designEffect);
        Assert.Equal(needed, SampleSize.Plan(0.05, Workers, designEffect).Needed);
        Given.Near(marginOf860, SampleSize.Margin(860, designEffect));
        Assert.Equal(effective, Math.Round(860 / designEffect));
    }

    [Fact]
    public void The_margin_of_860_simple_respondents() => Given.Near(0.033417108575558, SampleSize.Margin(860));

    [Fact]
    public void To_end_with_860_more_must_begin()
    {
        Assert.Equal(1229, SampleSize.Invited(860, retention: 0.7));
        Assert.Equal(1000, SampleSize.Invited(700, retention: 0.7)); // 700/0.7 is a little above 1000 in binary
        Assert.Equal(1536, SampleSize.Invited(860, response: 0.8, retention: 0.7));
    }

    [Theory]
    [InlineData(0.05, 0.25, 782.52595521029, 783)]
    [InlineData(0.10, 0.30, 233.09453820467, 234)]
    [InlineData(0.10, 0.20, 154.59856956021, 155)]
    public void Pairs_for_McNemar(double difference, double discordance, double size, long pairs)
    {
        Given.Near(size, SampleSize.Connor(difference, discordance));
        Given.Near(size, SampleSize.Connor(-difference, discordance));
        Assert.Equal(pairs, SampleSize.RoundUp(size));
    }

    [Fact]
    public void A_small_population_is_never_asked_more_often_than_it_has_members()
    {
        Assert.Equal(1, SampleSize.Plan(0.05, 1).Needed);
        Assert.Equal(80, SampleSize.Plan(0.05, 100).Needed);
        Assert.Equal(1, SampleSize.Plan(0.5, 100, share: 0.999).Needed);
    }

    [Fact]
    public void Plans_that_cannot_be_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => SampleSize.Cochran(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => SampleSize.Cochran(0.05, share: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => SampleSize.Plan(0.05, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => SampleSize.Invited(10, retention: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => SampleSize.Connor(0, 0.2));
        Assert.Throws<ArgumentOutOfRangeException>(() => SampleSize.Connor(0.3, 0.2)); // more changed on balance than changed at all
        Assert.Throws<ArgumentOutOfRangeException>(() => SampleSize.Connor(0.1, 0.2, power: 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => SampleSize.Margin(0));
    }

    [Fact]
    public void Attrition_and_the_gates()
    {
        Given.Near(0.3, Honesty.Attrition(860, 602).Value);
        Given.Is(Obstacle.NoObservations, Honesty.Attrition(0, 0));
        Assert.Null(Honesty.AgainstTest(10, 5));
        Assert.Equal(Obstacle.NoObservations, Honesty.AgainstTest(0, 0));
        Assert.Equal(Obstacle.TooFewObservations, Honesty.AgainstTest(9, 5));
        Assert.Equal(Obstacle.TooFewClusters, Honesty.AgainstTest(10, 4));
        Assert.Equal(Obstacle.OneCluster, Honesty.AgainstTest(10, 1));
    }
}
