namespace BetterConnections.Statistics;

/// <param name="Simple">n₀, for a simple random sample of an endless population.</param>
/// <param name="ForPopulation">With the finite population correction.</param>
/// <param name="Needed">Whole respondents, with the design effect: so many must be there at the end.</param>
/// <param name="Invited">So many must be asked at the start, for non-response and loss.</param>
public readonly record struct SampleSizePlan(double Simple, double ForPopulation, long Needed, long Invited);

/// <summary>How many to ask. Shares, margins and rates are 0 to 1; results without a whole number are left unrounded for the next step.</summary>
public static class SampleSize
{
    /// <summary>Planned with until a wave has shown another; show <see cref="DesignEffect"/> for 0.02 to 0.10 beside it.</summary>
    public const double UsualCorrelation = 0.05;

    /// <summary>n₀ = z²·p(1−p)/e² (Cochran 1977).</summary>
    /// <param name="margin">e, half the width of the interval.</param>
    /// <param name="share">p, the one expected; 0.5 is the most careful.</param>
    public static double Cochran(double margin, double share = 0.5, double level = 0.95)
    {
        var z = Distributions.NormalCritical(Require.Level(level));
        Require.Within(share, 0.001, 0.999);
        return z * z * share * (1 - share) / Square(Require.Within(margin, 0.0001, 0.5));
    }

    /// <summary>n₀/(1 + (n₀ − 1)/N).</summary>
    public static double ForPopulation(double size, long population)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(population, 1);
        return size / (1 + (Require.Within(size, 1, 1e12) - 1) / population);
    }

    /// <summary>1 + (m − 1)·ICC (Kish 1965) for m respondents in every cluster.</summary>
    public static double DesignEffect(double perCluster, double correlation) =>
        1 + (Require.Within(perCluster, 1, 1e6) - 1) * Require.Within(correlation, 0, 1);

    /// <summary>Everything on top of each other: population, clusters, non-response and loss until the last wave.</summary>
    public static SampleSizePlan Plan(double margin, long population, double designEffect = 1, double response = 1, double retention = 1,
        double share = 0.5, double level = 0.95)
    {
        var simple = Cochran(margin, share, level);
        var finite = ForPopulation(Math.Max(1, simple), population);
        var needed = RoundUp(finite * Require.DesignEffect(designEffect));
        return new(simple, finite, needed, Invited(needed, response, retention));
    }

    /// <summary>How many to ask so that <paramref name="needed"/> remain.</summary>
    public static long Invited(long needed, double response = 1, double retention = 1)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(needed);
        return RoundUp(needed / (Require.Within(response, 0.01, 1) * Require.Within(retention, 0.01, 1)));
    }

    /// <summary>Half the width of the interval that n respondents give, z·√(p(1−p)·deff/n).</summary>
    public static double Margin(long n, double designEffect = 1, double share = 0.5, double level = 0.95)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(n, 1);
        Require.Within(share, 0.001, 0.999);
        return Distributions.NormalCritical(Require.Level(level)) * Math.Sqrt(share * (1 - share) * Require.DesignEffect(designEffect) / n);
    }

    /// <summary>
    /// Pairs for McNemar's test (Connor 1987): [z(α/2)·√ψ + z(β)·√(ψ − δ²)]²/δ². Multiply by the design effect, then round up.
    /// </summary>
    /// <param name="difference">δ, the change of the share to be found.</param>
    /// <param name="discordance">ψ, the share of respondents who change either way; at least |δ|.</param>
    /// <param name="power">1 − β.</param>
    public static double Connor(double difference, double discordance, double power = 0.8, double alpha = 0.05)
    {
        var size = Require.Within(Math.Abs(difference), 0.0001, 1, nameof(difference));
        Require.Within(discordance, size, 1);
        if (power is not (>= 0.5 and < 1)) throw new ArgumentOutOfRangeException(nameof(power), power, "Power lies between 0.5 and 1.");
        var z = Distributions.NormalCritical(1 - Require.Level(alpha)) * Math.Sqrt(discordance)
            + Distributions.NormalQuantile(power) * Math.Sqrt(Math.Max(0, discordance - size * size));
        return Square(z / size);
    }

    /// <summary>The next whole number; what lies above one by rounding alone is not worth a respondent.</summary>
    public static long RoundUp(double size) => checked((long)Math.Ceiling(Require.Within(size, 0, 1e15) * (1 - 1e-12)));

    private static double Square(double x) => x * x;
}
