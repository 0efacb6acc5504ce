namespace BetterConnections.Statistics.Tests;

public class MultiplicityTests
{
    [Fact]
    public void Holm_and_Benjamini_Hochberg_adjust_in_the_order_given()
    {
        Near([0.03, 0.06, 0.06, 0.02], Multiplicity.Holm([0.01, 0.04, 0.03, 0.005]));
        Near([0.02, 0.04, 0.04, 0.02], Multiplicity.BenjaminiHochberg([0.01, 0.04, 0.03, 0.005]));
    }

    [Fact]
    public void A_planned_test_that_could_not_be_computed_does_not_make_the_others_easier()
    {
        Near([0.02, null], Multiplicity.Holm([0.01, null]));
        Near([0.01, null], Multiplicity.BenjaminiHochberg([0.01, null]));
        Near([null], Multiplicity.Holm([null]));
    }

    [Fact]
    public void Nothing_to_adjust_is_nothing_adjusted()
    {
        Assert.Empty(Multiplicity.Holm([]));
        Assert.Empty(Multiplicity.BenjaminiHochberg([]));
    }

    [Fact]
    public void What_is_no_probability_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Multiplicity.Holm([1.1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => Multiplicity.BenjaminiHochberg([double.NaN]));
    }

    private static void Near(double?[] expected, IReadOnlyList<double?> actual) => Assert.Equal(expected, actual, (e, a) => e is null ? a is null : Math.Abs(e.Value - a!.Value) < 1e-15);
}
