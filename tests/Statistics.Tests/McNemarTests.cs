namespace BetterConnections.Statistics.Tests;

public class McNemarTests
{
    private static readonly PairedCounts FifteenToFive = new(15, 5, 100);

    [Fact]
    public void Fifteen_gained_and_five_lost()
    {
        Test(5, 0.025347318677468, McNemar.Asymptotic(FifteenToFive));
        Test(4.05, 0.044171344908443, McNemar.Corrected(FifteenToFive));
        Test(5, 0.041389465332031, McNemar.Exact(FifteenToFive));
        Test(5, 0.026603698730469, McNemar.MidP(FifteenToFive));
    }

    [Fact]
    public void Sizes_of_the_effect()
    {
        var odds = McNemar.OddsRatio(FifteenToFive).Value;
        Given.Near(3, odds.Value);
        Given.Near(new(1.0903418153688, 8.2542922532564), odds.Interval);
        Assert.Equal(0.25, McNemar.CohenG(FifteenToFive).Value);
        var difference = McNemar.BonettPrice(FifteenToFive).Value;
        Given.Near(0.098039215686275, difference.Value);
        Given.Near(new(0.0099423973561034, 0.18613603401645), difference.Interval);
    }

    [Fact]
    public void A_change_as_large_as_the_programme_s()
    {
        var counts = new PairedCounts(357, 30, 860);
        Given.Near(276.3023255814, McNemar.Asymptotic(counts).Value.Statistic);
        Given.Near(274.6149870801, McNemar.Corrected(counts).Value.Statistic);
        Given.Near(new(0.34233986239168, 0.416360833664), McNemar.BonettPrice(counts).Value.Interval);
    }

    [Fact]
    public void Gains_that_equal_losses_have_a_p_of_one()
    {
        var counts = new PairedCounts(4, 4, 20);
        Test(0, 1, McNemar.Asymptotic(counts));
        Test(0, 1, McNemar.Corrected(counts));
        Test(4, 1, McNemar.Exact(counts));
        Test(4, 1, McNemar.MidP(counts));
    }

    [Fact]
    public void Without_discordant_pairs_there_is_no_test_but_still_an_interval_of_the_difference()
    {
        var unchanged = new PairedCounts(0, 0, 40);
        Given.Is(Obstacle.NoChange, McNemar.Asymptotic(unchanged));
        Given.Is(Obstacle.NoChange, McNemar.Corrected(unchanged));
        Given.Is(Obstacle.NoChange, McNemar.Exact(unchanged));
        Given.Is(Obstacle.NoChange, McNemar.MidP(unchanged));
        Given.Is(Obstacle.NoChange, McNemar.OddsRatio(unchanged));
        Given.Is(Obstacle.NoChange, McNemar.CohenG(unchanged));
        var interval = McNemar.BonettPrice(unchanged).Value.Interval;
        Assert.True(interval is { Low: < 0, High: > 0 });
    }

    [Fact]
    public void Nobody_matched_is_said() => Given.Is(Obstacle.NoObservations, McNemar.BonettPrice(default));

    [Fact]
    public void An_odds_ratio_of_infinity_is_not_given() => Given.Is(Obstacle.EmptyCell, McNemar.OddsRatio(new(12, 0, 30)));

    [Fact]
    public void Counts_come_from_answers_and_must_fit_into_the_pairs()
    {
        Assert.Equal(new PairedCounts(2, 1, 5), PairedCounts.Of([(false, true), (false, true), (true, false), (true, true), (false, false)]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new PairedCounts(3, 3, 5));
        Assert.Throws<ArgumentOutOfRangeException>(() => new PairedCounts(-1, 3, 5));
    }

    private static void Test(double statistic, double p, Outcome<TestResult> actual)
    {
        Given.Near(statistic, actual.Value.Statistic);
        Given.Near(p, actual.Value.P);
    }
}
