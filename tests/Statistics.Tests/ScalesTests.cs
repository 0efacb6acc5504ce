namespace BetterConnections.Statistics.Tests;

public class ScalesTests
{
    [Fact]
    public void Cronbach_s_alpha() =>
        Given.Near(0.96700507614213, Scales.CronbachAlpha([[4, 5, 4], [2, 2, 3], [5, 5, 5], [3, 4, 3], [1, 2, 1]]).Value);

    [Fact]
    public void Alpha_is_negative_where_items_contradict_each_other() =>
        Assert.True(Scales.CronbachAlpha([[1, 5], [2, 4], [3, 2], [5, 1]]).Value < 0);

    [Fact]
    public void Alpha_needs_respondents_who_differ()
    {
        Given.Is(Obstacle.NoObservations, Scales.CronbachAlpha([]));
        Given.Is(Obstacle.TooFewObservations, Scales.CronbachAlpha([[1, 2]]));
        Given.Is(Obstacle.NoVariation, Scales.CronbachAlpha([[1, 2], [2, 1]]));
        Given.Is(Obstacle.NoVariation, Scales.CronbachAlpha([[0.1, 0.2], [0.3, 0]]));
        Assert.Throws<ArgumentException>(() => Scales.CronbachAlpha([[1, 2], [1]]));
        Assert.Throws<ArgumentException>(() => Scales.CronbachAlpha([[1], [2]]));
    }

    [Fact]
    public void A_mean_score_needs_two_thirds_of_the_items()
    {
        Assert.Equal(4, Scales.Mean([3, 5, null]).Value);
        Given.Is(Obstacle.MissingItems, Scales.Mean([3, null, null]));
        Given.Is(Obstacle.MissingItems, Scales.Mean([3, 5, null, null]));
        Assert.Equal(4, Scales.Mean([3, 5, 4, null]).Value);
        Given.Is(Obstacle.NoObservations, Scales.Mean([null, null]));
        Given.Is(Obstacle.NoObservations, Scales.Mean([]));
    }

    [Fact]
    public void Who_5_runs_from_0_to_100_and_wants_all_five_items()
    {
        Assert.Equal(0, Scales.Who5([0, 0, 0, 0, 0]).Value);
        Assert.Equal(100, Scales.Who5([5, 5, 5, 5, 5]).Value);
        Assert.Equal(56, Scales.Who5([3, 2, 4, 1, 4]).Value);
        Given.Is(Obstacle.MissingItems, Scales.Who5([3, 2, null, 1, 4]));
        Assert.Throws<ArgumentOutOfRangeException>(() => Scales.Who5([6, 0, 0, 0, 0]));
        Assert.Throws<ArgumentException>(() => Scales.Who5([1, 1, 1, 1]));
    }

    [Fact]
    public void Kappa_of_a_published_table() // Fleiss, Levin & Paik 2003, section 18.1: kappa 0.676, standard error 0.088
    {
        int[][] table = [[75, 1, 4], [5, 4, 1], [0, 0, 10]];
        Assert.Equal(0.676, Kappa.Of(table).Value, 5e-4);
        var interval = Kappa.Interval(table).Value;
        Assert.Equal(0.088, (interval.High - interval.Low) / 2 / 1.959963984540054, 5e-4);
    }

    [Fact]
    public void Kappa_at_the_ends()
    {
        Assert.Equal(1, Kappa.Of([[10, 0], [0, 20]]).Value);
        Given.Is(Obstacle.AtTheBoundary, Kappa.Interval([[10, 0], [0, 20]]));
        Assert.Equal(-1, Kappa.Of([[0, 10], [10, 0]]).Value);
        Given.Is(Obstacle.NoVariation, Kappa.Of([[30, 0], [0, 0]]));
        Given.Is(Obstacle.NoObservations, Kappa.Of([[0, 0], [0, 0]]));
        Assert.Throws<ArgumentException>(() => Kappa.Of([[1, 2], [3]]));
        Assert.Equal([[1, 0], [1, 2]], Kappa.Table([(false, false), (true, false), (true, true), (true, true)]));
    }

    [Fact]
    public void Cohen_s_h()
    {
        Given.Near(0.96348053617711, EffectSize.CohenH(0.88, 0.45));
        Given.Near(Math.PI, EffectSize.CohenH(1, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => EffectSize.CohenH(1.2, 0));
    }
}
