using FsCheck.Fluent;

namespace BetterConnections.Statistics.Tests;

/// <summary>Whatever the data, a result is a number or a reason.</summary>
public class NeverNaNTests
{
    [Fact]
    public void Of_pairs() => Data.ForAll(Data.Pairs, c => Finite.Check(new object[]
    {
        McNemar.Asymptotic(c), McNemar.Corrected(c), McNemar.Exact(c), McNemar.MidP(c), McNemar.OddsRatio(c), McNemar.CohenG(c),
        McNemar.BonettPrice(c), McNemar.BonettPrice(c, 0.9999), BinomialTest.Sign(new(c.Gained, c.Pairs - c.Discordant, c.Lost)),
    }));

    [Fact]
    public void Of_pairs_in_clusters() => Data.ForAll(Data.PairsInClusters, c => Finite.Check(new object[]
    {
        ClusteredMcNemar.Obuchowski(c), ClusteredMcNemar.Durkalski(c), ClusteredMcNemar.Yang(c), ClusteredMcNemar.Permutation(c, 1, 99),
        UltimateCluster.Mean([.. c.Select(k => new ClusterTotal(k.Net, k.Pairs))]),
    }));

    [Fact]
    public void Of_shares() => Data.ForAll(from s in Data.Share from o in Data.Share from d in Data.DesignEffect select (s, o, d), x =>
    {
        var ((k, n), (k2, n2), d) = x;
        Finite.Check(new object[]
        {
            Proportion.Wilson(k, n, d), Proportion.Wilson(k, n, d, 2), Proportion.Wilson(k, n, d, 43), Proportion.ClopperPearson(k, n),
            Proportion.KornGraubard(k, n, d, 1), Proportion.KornGraubard(k, n, d, 2), Proportion.KornGraubard(k, n, d, 43),
            TwoProportions.Test(new(k, n, d), new(k2, n2, 1)), TwoProportions.Test(new(k, n, d), new(k2, n2, 1), 1), Proportion.EffectiveSize(n, d, 2), TwoProportions.Difference(new(k, n, d), new(k2, n2, 1)),
            BinomialTest.Against(k, n, 0.72), BinomialTest.Against(k, n, 1e-9, Alternative.Greater), BinomialTest.Against(k, n, 1 - 1e-9, Alternative.Less),
            Honesty.Attrition(n, k),
        });
        Assert.All(new[] { Proportion.Wilson(k, n, d), Proportion.ClopperPearson(k, n), Proportion.KornGraubard(k, n, d, 43) }, i =>
            Assert.True(i.OrNull is not { } e || (0 <= e.Interval.Low && e.Interval.Low <= e.Value && e.Value <= e.Interval.High && e.Interval.High <= 1), $"{i}"));
    });

    [Fact]
    public void Of_shares_in_clusters() => Data.ForAll(Data.SharesInClusters, c =>
    {
        var intraclass = IntraclassCorrelation.Of(c);
        Finite.Check(new object[] { intraclass, UltimateCluster.DesignEffect(c), UltimateCluster.Mean([.. c.Select((k, i) => new ClusterTotal(k.Successes, k.Size, i / 3))]) });
        if (intraclass.TryGet(out var value)) Assert.True(value is { Value: >= 0 and <= 1, DesignEffect: >= 1 });
    });

    [Fact]
    public void Of_differences() => Data.ForAll(Data.Differences, d => Finite.Check(new object[]
    {
        SignedRank.Test(d), SignedRank.Test(d, Zeros.Pratt), SignedRank.RankBiserial(d), SignedRank.RankBiserial(d, Zeros.Pratt),
        Changes.Of(d), BinomialTest.Sign(Changes.Of(d)), SignFlip.Test(d, 1, 99), Scales.Mean([.. d.Select(x => x == 0 ? (double?)null : x)]),
    }));

    [Fact]
    public void Of_differences_in_clusters() => Data.ForAll(Data.DifferencesInClusters, c => Finite.Check(new object[]
    {
        SignedRank.Clustered(c, 1, 99), SignedRank.Clustered(c, 1, 99, Zeros.Pratt), SignedRank.RankBiserialClustered(c), SignedRank.RankBiserialClustered(c, takesT: true),
        IntraclassCorrelation.Of(c), UltimateCluster.DesignEffect(c),
        Scales.CronbachAlpha([.. c.Where(r => r.Length >= 2).Select(r => r[..2])]),
    }));

    [Fact]
    public void Of_changes_of_clusters() => Data.ForAll(Data.Changes, c =>
        Finite.Check(new object[] { DifferenceInDifferences.Estimate(c), DifferenceInDifferences.Permutation(c, 1, 99) }));

    [Fact]
    public void Of_ratings() => Data.ForAll(Data.Pairs, c =>
    {
        int[][] table = [[c.Pairs - c.Discordant, c.Gained], [c.Lost, c.Pairs % 7]];
        Finite.Check(new object[] { Kappa.Of(table), Kappa.Interval(table) });
    });

    [Fact]
    public void Of_plans() => Data.ForAll(
        from margin in Gen.Choose(1, 5_000)
        from population in Gen.Choose(1, 2_000_000)
        from share in Gen.Choose(1, 999)
        from response in Gen.Choose(1, 100)
        from effect in Data.DesignEffect
        select (margin / 10_000.0, population, share / 1000.0, response / 100.0, effect), x =>
        {
            var (margin, population, share, response, effect) = x;
            var plan = SampleSize.Plan(margin, population, effect, response, response, share);
            Finite.Check(new object[] { plan, SampleSize.Margin(population, effect, share), SampleSize.Connor(margin, Math.Max(margin, share)) });
            Assert.True(plan.ForPopulation <= population + 1e-6 && plan.Invited >= plan.Needed && plan.Needed >= 1, $"{plan}");
        });
}
