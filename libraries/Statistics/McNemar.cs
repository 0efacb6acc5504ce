namespace BetterConnections.Statistics;

/// <summary>
/// Paired yes-or-no answers of independent respondents (McNemar 1947): did more gain (b) than lose (c)? For respondents in clusters see
/// <see cref="ClusteredMcNemar"/>. Whoever did not change says nothing, so that without change there is no answer.
/// </summary>
public static class McNemar
{
    /// <summary>(b − c)² / (b + c), chi-square with 1 df. Good from 25 discordant pairs.</summary>
    public static Outcome<TestResult> Asymptotic(PairedCounts counts) =>
        counts.Discordant == 0 ? Obstacle.NoChange : TestResult.ChiSquare(Square(counts.Net) / counts.Discordant);

    /// <summary>(|b − c| − 1)² / (b + c) (Edwards 1948); conservative.</summary>
    public static Outcome<TestResult> Corrected(PairedCounts counts) =>
        counts.Discordant == 0 ? Obstacle.NoChange : TestResult.ChiSquare(Square(Math.Max(Math.Abs(counts.Net) - 1, 0)) / counts.Discordant);

    /// <summary>Twice the binomial tail of the smaller count; the statistic is that count.</summary>
    public static Outcome<TestResult> Exact(PairedCounts counts) => Tail(counts, halfOfTheObserved: false);

    /// <summary>The exact p less half of its discreteness (Lancaster 1961; Fagerland, Lydersen &amp; Laake 2013 recommend it).</summary>
    public static Outcome<TestResult> MidP(PairedCounts counts) => Tail(counts, halfOfTheObserved: true);

    /// <summary>b/c with Wald's interval on the logarithm, exp(ln(b/c) ± z·√(1/b + 1/c)).</summary>
    public static Outcome<Estimate> OddsRatio(PairedCounts counts, double level = 0.95)
    {
        var z = Distributions.NormalCritical(Require.Level(level));
        if (counts.Discordant == 0) return Obstacle.NoChange;
        if (counts.Gained == 0 || counts.Lost == 0) return Obstacle.EmptyCell;
        var ratio = (double)counts.Gained / counts.Lost;
        var factor = Math.Exp(z * Math.Sqrt(1.0 / counts.Gained + 1.0 / counts.Lost));
        return new Estimate(ratio, new(ratio / factor, ratio * factor));
    }

    /// <summary>Cohen's g = b/(b + c) − ½ (Cohen 1988), −0.5 to 0.5; 0.05 is small, 0.15 medium, 0.25 large. Signed: above 0 more gained.</summary>
    public static Outcome<double> CohenG(PairedCounts counts) =>
        counts.Discordant == 0 ? Obstacle.NoChange : (double)counts.Gained / counts.Discordant - 0.5;

    /// <summary>
    /// The difference of the shares after and before, −1 to 1, with the adjusted Wald interval of Bonett &amp; Price (2012): one pair is
    /// added to each of b and c, two to N. The value is the adjusted difference (b − c)/(N + 2), the centre of the interval.
    /// </summary>
    public static Outcome<Estimate> BonettPrice(PairedCounts counts, double level = 0.95)
    {
        var z = Distributions.NormalCritical(Require.Level(level));
        if (counts.Pairs == 0) return Obstacle.NoObservations;
        var n = counts.Pairs + 2.0;
        var difference = counts.Net / n;
        var error = Math.Sqrt(((counts.Discordant + 2.0) / n - difference * difference) / n);
        return new Estimate(difference, new Interval(difference - z * error, difference + z * error).Within(-1, 1));
    }

    private static Outcome<TestResult> Tail(PairedCounts counts, bool halfOfTheObserved)
    {
        if (counts.Discordant == 0) return Obstacle.NoChange;
        var fewer = Math.Min(counts.Gained, counts.Lost);
        var probabilities = Distributions.Binomial(counts.Discordant, 0.5);
        var p = 2 * Moments.Sum(probabilities.Take(fewer + 1)) - (halfOfTheObserved ? probabilities[fewer] : 0);
        return new TestResult(fewer, null, Math.Min(1, p));
    }

    private static double Square(double x) => x * x;
}
