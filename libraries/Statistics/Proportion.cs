namespace BetterConnections.Statistics;

/// <summary>One share, 0 to 1, and its interval.</summary>
public static class Proportion
{
    /// <summary>
    /// Wilson's score interval (Wilson 1927), (x + z²/2 ± z·√(x(n−x)/n + z²/4)) / (n + z²), with the effective numbers n/deff and x/deff
    /// of a clustered sample (Kish 1965). The estimate is the plain share; the interval stays within 0 to 1.
    /// </summary>
    /// <param name="designEffect">Variance against that of a simple random sample.</param>
    /// <param name="clusters">When given, z becomes t with clusters − 1 degrees of freedom, for few clusters.</param>
    public static Outcome<Estimate> Wilson(int successes, int n, double designEffect = 1, int? clusters = null, double level = 0.95)
    {
        Require.Counts(successes, n);
        Require.DesignEffect(designEffect);
        if (n == 0) return Obstacle.NoObservations;
        return Critical(clusters, level).Then<Estimate>(z =>
        {
            var share = (double)successes / n;
            var size = n / designEffect;
            var centre = (share * size + z * z / 2) / (size + z * z);
            var half = z * Math.Sqrt(share * (1 - share) * size + z * z / 4) / (size + z * z);
            // At the ends the formula gives 0 and 1 but for rounding.
            return new Estimate(share, new(successes == 0 ? 0 : Math.Max(0, centre - half), successes == n ? 1 : Math.Min(1, centre + half)));
        });
    }

    /// <summary>The exact interval (Clopper &amp; Pearson 1934), from quantiles of the beta distribution. Never too narrow.</summary>
    public static Outcome<Estimate> ClopperPearson(int successes, int n, double level = 0.95)
    {
        Require.Counts(successes, n);
        Require.Level(level);
        return n == 0 ? Obstacle.NoObservations : Exact((double)successes / n, n, level);
    }

    /// <summary>
    /// Clopper–Pearson with the effective number n/deff · (t(n−1)/t(K−1))² (Korn &amp; Graubard 1998), never more than n (Parker et al.
    /// 2017, NCHS data presentation standards). For shares near 0 or 1 and for few clusters. Where all or none succeeded a design effect
    /// cannot be estimated: give the one planned with.
    /// </summary>
    public static Outcome<Estimate> KornGraubard(int successes, int n, double designEffect, int clusters, double level = 0.95)
    {
        Require.Counts(successes, n);
        return EffectiveSize(n, designEffect, clusters, level).Then<Estimate>(size => Exact((double)successes / n, size, level));
    }

    /// <summary>How many independent respondents a clustered sample is worth whose design effect comes from its few clusters: as above.</summary>
    public static Outcome<double> EffectiveSize(int n, double designEffect, int clusters, double level = 0.95)
    {
        Require.Counts(0, n);
        Require.DesignEffect(designEffect);
        if (n == 0) return Obstacle.NoObservations;
        if (n == 1) return Obstacle.TooFewObservations;
        return Critical(clusters, level).Then<double>(t =>
        {
            var ratio = Distributions.StudentCritical(level, n - 1) / t;
            return Math.Min(n, n / designEffect * ratio * ratio);
        });
    }

    private static Outcome<double> Critical(int? clusters, double level)
    {
        Require.Level(level);
        return clusters switch
        {
            null => Distributions.NormalCritical(level),
            <= 0 => throw new ArgumentOutOfRangeException(nameof(clusters), clusters, "Respondents are in a cluster."),
            1 => Obstacle.OneCluster,
            _ => Distributions.StudentCritical(level, clusters.Value - 1),
        };
    }

    private static Estimate Exact(double share, double n, double level)
    {
        var tail = (1 - level) / 2;
        var low = share == 0 ? 0 : Distributions.BetaQuantile(tail, n * share, n * (1 - share) + 1);
        var high = share == 1 ? 1 : Distributions.BetaQuantile(1 - tail, n * share + 1, n * (1 - share));
        return new(share, new(low, high));
    }
}
