namespace BetterConnections.Statistics.Tests;

public class OutcomeTests
{
    [Fact]
    public void An_outcome_is_a_value_or_a_reason_and_never_both()
    {
        Outcome<double> value = 0.5;
        Outcome<double> none = Obstacle.NoChange;
        Assert.True(value.TryGet(out var computed));
        Assert.Equal((0.5, null), (computed, value.Obstacle));
        Assert.False(none.TryGet(out _));
        Assert.Equal((null, Obstacle.NoChange), (none.OrNull, none.Obstacle));
        Assert.Equal("NoChange", Assert.Throws<InvalidOperationException>(() => none.Value).Message.Split(' ')[^1].TrimEnd('.'));
    }

    [Fact]
    public void An_outcome_that_was_never_assigned_is_no_zero() => Given.Is(Obstacle.NotComputed, default(Outcome<double>));

    [Fact]
    public void A_reason_is_handed_on_by_what_builds_upon_it()
    {
        Given.Is(Obstacle.OneCluster, ((Outcome<double>)Obstacle.OneCluster).Then<double>(x => x + 1));
        Assert.Equal(3, ((Outcome<double>)2).Then<double>(x => x + 1).Value);
    }
}
