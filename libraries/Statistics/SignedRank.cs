namespace BetterConnections.Statistics;

/// <summary>What becomes of respondents who did not change.</summary>
public enum Zeros
{
    /// <summary>They are left out before ranking (Wilcoxon 1945).</summary>
    Drop,

    /// <summary>They are ranked, then their ranks are left out (Pratt 1959).</summary>
    Pratt,
}

/// <param name="Changed">Respondents whose difference is not 0.</param>
/// <param name="Unchanged">The others.</param>
/// <param name="PositiveRanks">T⁺, sum of the ranks of those who improved.</param>
/// <param name="NegativeRanks">T⁻.</param>
/// <param name="Variance">Of T⁺ if nothing changed, with ties: Σr²/4.</param>
/// <param name="Z">(T⁺ − mean)/√variance, without continuity correction.</param>
/// <param name="PNormal">Of <paramref name="Z"/>.</param>
/// <param name="PCorrected">With the continuity correction of ½.</param>
/// <param name="PExact">Null when more than <see cref="SignedRank.ExactUpTo"/> were ranked.</param>
/// <param name="RankBiserial">(T⁺ − T⁻)/(T⁺ + T⁻), −1 to 1 (Kerby 2014).</param>
public readonly record struct SignedRankResult(int Changed, int Unchanged, double PositiveRanks, double NegativeRanks, double Variance,
    double Z, double PNormal, double PCorrected, double? PExact, double RankBiserial)
{
    /// <summary>The one to report: exact where there is one, else corrected.</summary>
    public double P => PExact ?? PCorrected;
}

/// <summary>
/// Wilcoxon's signed-rank test (1945) of paired ordinal or numeric answers. Differences are after − before, rounded to nine decimals
/// before they are ranked; equal ones share their mean rank.
/// </summary>
public static class SignedRank
{
    /// <summary>Ranked respondents up to which the p-value is exact, ties included.</summary>
    public const int ExactUpTo = 50;

    public static Outcome<SignedRankResult> Test(IReadOnlyList<double> differences, Zeros zeros = Zeros.Drop)
    {
        if (differences.Count == 0) return Obstacle.NoObservations;
        var ranks = SignedRanks.Of(differences, zeros);
        var used = ranks.Where(r => r != 0).ToArray();
        if (used.Length == 0) return Obstacle.NoChange;

        // Ranks are multiples of a half: these sums are exact in any order.
        var positive = used.Where(r => r > 0).Sum();
        var negative = -used.Where(r => r < 0).Sum();
        var variance = used.Sum(r => r * r) / 4;
        var distance = positive - (positive + negative) / 2;
        var corrected = Math.Max(Math.Abs(distance) - 0.5, 0) / Math.Sqrt(variance);
        var z = distance / Math.Sqrt(variance);
        var ranked = zeros == Zeros.Pratt ? differences.Count : used.Length;
        return new SignedRankResult(used.Length, differences.Count - used.Length, positive, negative, variance, z,
            Distributions.NormalTwoSided(z), Distributions.NormalTwoSided(corrected),
            ranked <= ExactUpTo ? SignedRanks.ExactP(used, positive) : null, (positive - negative) / (positive + negative));
    }

    /// <summary>
    /// The matched-pairs rank-biserial correlation with an interval by Fisher's z, tanh(atanh(r) ± z·√Σr²/Σr) (as in the R package
    /// effectsize, Ben-Shachar et al. 2020, here with tied ranks). None when everybody changed the same way.
    /// </summary>
    public static Outcome<Estimate> RankBiserial(IReadOnlyList<double> differences, Zeros zeros = Zeros.Drop, double level = 0.95)
    {
        if (differences.Count == 0) return Obstacle.NoObservations;
        double[] ranks = [.. SignedRanks.Of(differences, zeros)];
        return Biserial(ranks, ranks.Sum(Math.Abs), Distributions.NormalCritical(Require.Level(level)));
    }

    /// <summary>
    /// For respondents in clusters: ranks over all respondents, added up with their signs in each cluster, then
    /// <see cref="SignFlip"/> of whole clusters. The statistic is T⁺ − T⁻.
    /// </summary>
    public static Outcome<PermutationResult> Clustered(IReadOnlyList<IReadOnlyList<double>> clusters, ulong seed,
        int draws = SignFlip.UsualDraws, Zeros zeros = Zeros.Drop) => SignFlip.Test(SumsOfRanks(clusters, zeros).Sums, seed, draws);

    /// <summary>
    /// As <see cref="RankBiserial"/>, with the variance of whole clusters: √Σ(sum of signed ranks of a cluster)²/Σr in place of √Σr²/Σr.
    /// </summary>
    /// <param name="takesT">z becomes t with clusters − 1 degrees of freedom, for few clusters.</param>
    public static Outcome<Estimate> RankBiserialClustered(IReadOnlyList<IReadOnlyList<double>> clusters, bool takesT = false, Zeros zeros = Zeros.Drop, double level = 0.95)
    {
        if (Honesty.AgainstTest(clusters.Count) is { } obstacle) return obstacle;
        var (sums, all) = SumsOfRanks(clusters, zeros);
        return Biserial(sums, all, takesT ? Distributions.StudentCritical(Require.Level(level), clusters.Count - 1) : Distributions.NormalCritical(Require.Level(level)));
    }

    private static Outcome<Estimate> Biserial(double[] independent, double all, double critical)
    {
        if (all == 0) return Obstacle.NoChange;
        var r = independent.Sum() / all;
        if (Math.Abs(r) == 1) return Obstacle.AtTheBoundary;
        // All clusters in balance: their variance says nothing about r = 0.
        var error = Math.Sqrt(independent.Sum(s => s * s)) / all;
        if (error == 0) return Obstacle.NoVariation;
        return new Estimate(r, new(Math.Tanh(Math.Atanh(r) - critical * error), Math.Tanh(Math.Atanh(r) + critical * error)));
    }

    private static (double[] Sums, double All) SumsOfRanks(IReadOnlyList<IReadOnlyList<double>> clusters, Zeros zeros)
    {
        Require.Clusters(clusters);
        var ranks = SignedRanks.Of([.. clusters.SelectMany(c => c)], zeros);
        var sums = new double[clusters.Count];
        var next = 0;
        for (var k = 0; k < clusters.Count; k++)
        {
            for (var i = 0; i < clusters[k].Count; i++) sums[k] += ranks[next++];
        }
        return (sums, ranks.Sum(Math.Abs));
    }
}
