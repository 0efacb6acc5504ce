namespace BetterConnections.Statistics.Tests;

public class BinomialTestTests
{
    [Theory] // Mendel's peas, the example of R's binom.test: 682 of 925 against 3/4
    [InlineData(Alternative.TwoSided, 0.382491559574852)]
    [InlineData(Alternative.Less, 0.196009267053883)]
    public void A_share_against_a_target(Alternative alternative, double p) =>
        Given.Near(p, BinomialTest.Against(682, 925, 0.75, alternative).Value.P);

    [Fact]
    public void Ten_of_ten_against_a_half()
    {
        Given.Near(2.0 / 1024, BinomialTest.Against(10, 10, 0.5).Value.P);
        Given.Near(1.0 / 1024, BinomialTest.Against(10, 10, 0.5, Alternative.Greater).Value.P);
        Given.Near(1, BinomialTest.Against(10, 10, 0.5, Alternative.Less).Value.P);
    }

    [Fact]
    public void Both_tails_hold_the_count_itself()
    {
        var both = BinomialTest.Against(7, 20, 0.3, Alternative.Greater).Value.P + BinomialTest.Against(7, 20, 0.3, Alternative.Less).Value.P;
        var itself = 77_520 * Math.Pow(0.3, 7) * Math.Pow(0.7, 13); // 20 choose 7
        Given.Near(1 + itself, both);
    }

    [Fact]
    public void A_million_respondents_do_not_overflow()
    {
        var p = BinomialTest.Against(500_500, 1_000_000, 0.5).Value.P;
        Assert.Equal(0.3178, p, 1e-4); // z is 1 with its continuity correction of 0.001
        Assert.Equal(0, BinomialTest.Against(1_000_000, 1_000_000, 0.5).Value.P);
    }

    [Fact]
    public void Nobody_asked_is_said_and_a_target_nobody_can_miss_is_refused()
    {
        Given.Is(Obstacle.NoObservations, BinomialTest.Against(0, 0, 0.5));
        Assert.Throws<ArgumentOutOfRangeException>(() => BinomialTest.Against(1, 2, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => BinomialTest.Against(1, 2, double.NaN));
    }
}
