using FsCheck.Fluent;

namespace BetterConnections.Statistics.Tests;

/// <summary>What must hold of any data.</summary>
public class PropertyTests
{
    [Fact]
    public void Exchanging_before_and_after_keeps_p_and_turns_the_effect() => Data.ForAll(Data.Pairs, c =>
    {
        var other = Exchanged(c);
        foreach (var test in new Func<PairedCounts, Outcome<TestResult>>[] { McNemar.Asymptotic, McNemar.Corrected, McNemar.Exact, McNemar.MidP })
            Assert.Equal(test(c), test(other));
        Assert.Equal(McNemar.CohenG(c).OrNull ?? 0, -(McNemar.CohenG(other).OrNull ?? 0), 1e-15);
        if (!McNemar.BonettPrice(c).TryGet(out var estimate)) return;
        Assert.Equal(estimate.Interval, new(-McNemar.BonettPrice(other).Value.Interval.High, -McNemar.BonettPrice(other).Value.Interval.Low));
        Assert.Equal(estimate.Value, -McNemar.BonettPrice(other).Value.Value);
    });

    [Fact]
    public void Exchanging_before_and_after_keeps_p_in_clusters_too() => Data.ForAll(Data.PairsInClusters, c =>
    {
        PairedCounts[] other = [.. c.Select(Exchanged)];
        Assert.Equal(ClusteredMcNemar.Obuchowski(c), ClusteredMcNemar.Obuchowski(other));
        Assert.Equal(ClusteredMcNemar.Durkalski(c), ClusteredMcNemar.Durkalski(other));
        Assert.Equal(ClusteredMcNemar.Yang(c), ClusteredMcNemar.Yang(other));
        Assert.Equal(ClusteredMcNemar.Permutation(c, 5, 99).OrNull?.P, ClusteredMcNemar.Permutation(other, 5, 99).OrNull?.P);
        Assert.Equal(ClusteredMcNemar.Permutation(c, 5, 99).OrNull?.Statistic, -ClusteredMcNemar.Permutation(other, 5, 99).OrNull?.Statistic);
    });

    [Theory]
    [InlineData(Zeros.Drop)]
    [InlineData(Zeros.Pratt)]
    public void Turning_all_differences_keeps_p_and_turns_the_effect(Zeros zeros) => Data.ForAll(Data.Differences, d =>
    {
        double[] turned = [.. d.Select(x => -x)];
        if (!SignedRank.Test(d, zeros).TryGet(out var result)) return;
        var other = SignedRank.Test(turned, zeros).Value;
        Assert.Equal((result.PExact, result.PNormal, result.PCorrected), (other.PExact, other.PNormal, other.PCorrected));
        Assert.Equal((result.RankBiserial, result.Z, result.PositiveRanks), (-other.RankBiserial, -other.Z, other.NegativeRanks));
    });

    [Fact]
    public void Respondents_who_did_not_change_leave_McNemar_as_it_is() => Data.ForAll(from c in Data.Pairs from more in Gen.Choose(0, 99) select (c, more), x =>
    {
        var more = new PairedCounts(x.c.Gained, x.c.Lost, x.c.Pairs + x.more);
        foreach (var test in new Func<PairedCounts, Outcome<TestResult>>[] { McNemar.Asymptotic, McNemar.Corrected, McNemar.Exact, McNemar.MidP })
            Assert.Equal(test(x.c), test(more));
        Assert.Equal(McNemar.OddsRatio(x.c), McNemar.OddsRatio(more));
    });

    [Fact]
    public void Clusters_of_one_pair_make_Durkalski_McNemar() => Data.ForAll(Data.Pairs.Where(c => c is { Pairs: >= Honesty.LeastClusters, Discordant: > 0 }), c =>
    {
        PairedCounts[] single =
        [
            .. Enumerable.Repeat(new PairedCounts(1, 0, 1), c.Gained), .. Enumerable.Repeat(new PairedCounts(0, 1, 1), c.Lost),
            .. Enumerable.Repeat(new PairedCounts(0, 0, 1), c.Pairs - c.Discordant),
        ];
        Given.Near(McNemar.Asymptotic(c).Value.Statistic, ClusteredMcNemar.Durkalski(single).Value.Statistic);
        Given.Near(McNemar.Asymptotic(c).Value.Statistic * (c.Pairs - 1) / c.Pairs, ClusteredMcNemar.Obuchowski(single).Value.Statistic);
        if (c.Discordant <= SignFlip.ExactUpTo) Given.Near(McNemar.Exact(c).Value.P, ClusteredMcNemar.Permutation(single, 1).Value.P);
    });

    [Fact]
    public void Mid_p_lies_below_the_exact_p() => Data.ForAll(Data.Pairs.Where(c => c.Discordant > 0), c =>
        Assert.True(McNemar.MidP(c).Value.P <= McNemar.Exact(c).Value.P));

    [Fact]
    public void The_order_of_respondents_and_clusters_changes_not_one_bit() => Data.ForAll(from c in Data.DifferencesInClusters from seed in Gen.Choose(0, 999) select (c, seed), x =>
    {
        var random = new SeededRandom((ulong)x.seed);
        double[][] other = [.. x.c.Select(c => Shuffled(c, random))];
        random.Shuffle<double[]>(other);
        var (all, allOther) = (x.c.SelectMany(c => c).ToArray(), other.SelectMany(c => c).ToArray());
        Assert.Equal(SignedRank.Test(all), SignedRank.Test(allOther));
        Assert.Equal(SignedRank.RankBiserial(all, Zeros.Pratt), SignedRank.RankBiserial(allOther, Zeros.Pratt));
        Assert.Equal(SignedRank.Clustered(x.c, 3, 99), SignedRank.Clustered(other, 3, 99));
        Assert.Equal(SignedRank.RankBiserialClustered(x.c), SignedRank.RankBiserialClustered(other));
        Assert.Equal(IntraclassCorrelation.Of(x.c), IntraclassCorrelation.Of(other));
        Assert.Equal(UltimateCluster.DesignEffect(x.c), UltimateCluster.DesignEffect(other));
    });

    [Fact]
    public void The_order_of_pairs_and_changes_of_clusters_changes_not_one_bit() =>
        Data.ForAll(from p in Data.PairsInClusters from c in Data.Changes from seed in Gen.Choose(0, 999) select (p, c, seed), x =>
        {
            var random = new SeededRandom((ulong)x.seed);
            var (pairs, changes) = (Shuffled(x.p, random), Shuffled(x.c, random));
            Assert.Equal(ClusteredMcNemar.Durkalski(x.p), ClusteredMcNemar.Durkalski(pairs));
            Assert.Equal(ClusteredMcNemar.Yang(x.p), ClusteredMcNemar.Yang(pairs));
            Assert.Equal(ClusteredMcNemar.Permutation(x.p, 3, 99), ClusteredMcNemar.Permutation(pairs, 3, 99));
            Assert.Equal(DifferenceInDifferences.Estimate(x.c), DifferenceInDifferences.Estimate(changes));
            Assert.Equal(DifferenceInDifferences.Permutation(x.c, 3, 99), DifferenceInDifferences.Permutation(changes, 3, 99));
        });

    [Fact]
    public void Adjusted_p_values_are_never_smaller_and_keep_the_order_and_Holm_is_the_stricter() =>
        Data.ForAll(Gen.Choose(0, 1000).Select(p => p / 1000.0).ListOf(), p =>
        {
            double?[] values = [.. p];
            var (holm, bh) = (Multiplicity.Holm(values), Multiplicity.BenjaminiHochberg(values));
            for (var i = 0; i < p.Count; i++)
            {
                Assert.True(p[i] <= bh[i] && bh[i] <= holm[i] && holm[i] <= 1);
                for (var j = 0; j < p.Count; j++) Assert.True(p[i] > p[j] || (holm[i] <= holm[j] && bh[i] <= bh[j]));
            }
        });

    [Fact]
    public void More_respondents_with_the_same_share_narrow_the_interval() => Data.ForAll(Data.Share.Where(s => s.Size > 0), s =>
    {
        var (once, thrice) = (Proportion.Wilson(s.Successes, s.Size).Value.Interval, Proportion.Wilson(3 * s.Successes, 3 * s.Size).Value.Interval);
        Assert.True(thrice.High - thrice.Low < once.High - once.Low);
    });

    private static PairedCounts Exchanged(PairedCounts c) => new(c.Lost, c.Gained, c.Pairs);

    private static T[] Shuffled<T>(T[] items, SeededRandom random)
    {
        T[] shuffled = [.. items];
        random.Shuffle<T>(shuffled);
        return shuffled;
    }
}
