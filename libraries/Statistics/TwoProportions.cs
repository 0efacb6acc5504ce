namespace BetterConnections.Statistics;

/// <summary>Successes of one of two independent samples, for example of one wave or of those lost and those kept.</summary>
/// <param name="DesignEffect">1 for a simple random sample; see <see cref="IntraclassCorrelation"/>.</param>
public readonly record struct BinarySample(int Successes, int Size, double DesignEffect = 1)
{
    internal double Share => (double)Successes / Size;

    internal double EffectiveSize => Size / DesignEffect;
}

/// <summary>
/// Two shares of different respondents. Clusters are accounted for by dividing counts and sizes by the design effect of each sample
/// (Rao &amp; Scott 1992), then the usual formulas apply.
/// </summary>
public static class TwoProportions
{
    /// <summary>z = (p₁ − p₂)/√(p(1−p)(1/n₁ + 1/n₂)), p the pooled share. Above 0 when the first is greater.</summary>
    /// <param name="degreesOfFreedom">When given, z is taken for t, for design effects from few clusters: the clusters of both samples − 2.</param>
    public static Outcome<TestResult> Test(BinarySample first, BinarySample second, int? degreesOfFreedom = null)
    {
        if (degreesOfFreedom < 1) throw new ArgumentOutOfRangeException(nameof(degreesOfFreedom), degreesOfFreedom, "There is at least one.");
        if (AgainstBoth(first, second) is { } obstacle) return obstacle;
        var successes = (long)first.Successes + second.Successes;
        if (successes == 0 || successes == (long)first.Size + second.Size) return Obstacle.NoVariation;
        var (n1, n2) = (first.EffectiveSize, second.EffectiveSize);
        var pooled = (first.Share * n1 + second.Share * n2) / (n1 + n2);
        var z = (first.Share - second.Share) / Math.Sqrt(pooled * (1 - pooled) * (1 / n1 + 1 / n2));
        return degreesOfFreedom is { } freedom ? TestResult.Student(z, freedom) : TestResult.Normal(z);
    }

    /// <summary>p₁ − p₂ with the interval that joins the two Wilson intervals (Newcombe 1998, method 10), −1 to 1.</summary>
    public static Outcome<Estimate> Difference(BinarySample first, BinarySample second, double level = 0.95)
    {
        if (AgainstBoth(first, second) is { } obstacle) return obstacle;
        return Wilson(first).Then(a => Wilson(second).Then<Estimate>(b =>
        {
            var difference = a.Value - b.Value;
            return new Estimate(difference, new(
                difference - double.Hypot(a.Value - a.Interval.Low, b.Interval.High - b.Value),
                difference + double.Hypot(a.Interval.High - a.Value, b.Value - b.Interval.Low)));
        }));

        Outcome<Estimate> Wilson(BinarySample sample) => Proportion.Wilson(sample.Successes, sample.Size, sample.DesignEffect, level: level);
    }

    private static Obstacle? AgainstBoth(BinarySample first, BinarySample second)
    {
        foreach (var sample in (ReadOnlySpan<BinarySample>)[first, second])
        {
            Require.Counts(sample.Successes, sample.Size, nameof(BinarySample.Successes));
            Require.DesignEffect(sample.DesignEffect, nameof(BinarySample.DesignEffect));
        }
        return first.Size == 0 || second.Size == 0 ? Obstacle.NoObservations : null;
    }
}
