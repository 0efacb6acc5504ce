using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using BetterConnections.Statistics;

namespace BetterConnections.Evaluation.Results.Engine;

/// <summary>
/// The test of a change, by what was measured and how many facilities there are: permutation of whole facilities below twenty of them,
/// Obuchowski's from there for yes or no. Only where every respondent has a facility of its own are respondents independent.
/// </summary>
internal static class PairedTests
{
    /// <param name="others">Also the tests that do not count, for comparison.</param>
    public static (TestOutcome Test, IReadOnlyList<TestOutcome> Others) YesOrNo(IReadOnlyList<Pair> pairs, string seed, bool others)
    {
        var clusters = Counts(pairs);
        if (Honesty.AgainstTest(pairs.Count, clusters.Count) is { } gate) return (TestOutcome.None("McNemar", gate.ToString()), []);
        var all = PairedCounts.Sum(clusters);
        TestOutcome Naive() => all.Discordant < Honesty.ExactBelow ? Of("McNemar, exact", McNemar.Exact(all)) : Of("McNemar", McNemar.Asymptotic(all));
        TestOutcome Flip() => Of("sign-flip of facilities", ClusteredMcNemar.Permutation(clusters, SeedOf(seed)));
        var test = clusters.Count == pairs.Count ? Naive() : clusters.Count < Honesty.PermuteBelow ? Flip() : Of("Obuchowski", ClusteredMcNemar.Obuchowski(clusters));
        if (!others) return (test, []);
        return (test,
        [
            Of("McNemar, as if independent", McNemar.Asymptotic(all)), Of("McNemar exact, as if independent", McNemar.Exact(all)),
            Of("McNemar mid-p, as if independent", McNemar.MidP(all)), Of("Obuchowski", ClusteredMcNemar.Obuchowski(clusters)),
            Of("Durkalski", ClusteredMcNemar.Durkalski(clusters)), Of("Yang", ClusteredMcNemar.Yang(clusters)), Flip(),
        ]);
    }

    public static (TestOutcome Test, IReadOnlyList<TestOutcome> Others) Ranked(IReadOnlyList<Pair> pairs, string seed, bool others)
    {
        var clusters = Values.Clusters(pairs, p => p.After.Cluster, p => p.Change);
        if (Honesty.AgainstTest(pairs.Count, clusters.Count) is { } gate) return (TestOutcome.None("Wilcoxon", gate.ToString()), []);
        TestOutcome Naive(string name) => SignedRank.Test([.. pairs.Select(p => p.Change)]) is { IsComputed: true, Value: var t }
            ? new(name, Number.Of(t.PositiveRanks), null, Number.Of(t.P))
            : TestOutcome.None(name, nameof(Obstacle.NoChange));
        if (clusters.Count == pairs.Count) return (Naive("Wilcoxon"), []);
        return (Of("Wilcoxon, sign-flip of facilities", SignedRank.Clustered(clusters, SeedOf(seed))), others ? [Naive("Wilcoxon, as if independent")] : []);
    }

    /// <param name="changes">Each with its facility: above 0 for the better.</param>
    public static (TestOutcome Test, IReadOnlyList<TestOutcome> Others) Signs(IReadOnlyList<(Guid Cluster, double Change)> changes, string seed, bool others)
    {
        var clusters = Values.Clusters(changes, c => c.Cluster, c => Math.Sign(c.Change));
        if (Honesty.AgainstTest(changes.Count, clusters.Count) is { } gate) return (TestOutcome.None("sign test", gate.ToString()), []);
        var naive = BinomialTest.Sign(Changes.Of(changes.Select(c => c.Change)));
        if (clusters.Count == changes.Count) return (Of("sign test", naive), []);
        return (Of("sign test, sign-flip of facilities", SignFlip.Test([.. clusters.Select(c => c.Sum())], SeedOf(seed))), others ? [Of("sign test, as if independent", naive)] : []);
    }

    /// <summary>Exact, with as many respondents as the clustered sample is worth (<see cref="Proportion.EffectiveSize"/>).</summary>
    /// <param name="takesT">False as in engine 3, which took the design effect for known, however few the facilities; likewise below.</param>
    public static TestOutcome AgainstTarget(IReadOnlyList<Valued> values, double target, bool takesT)
    {
        var clusters = Values.Clusters(values, v => v.Cluster, v => v.Value);
        if (Honesty.AgainstTest(values.Count, clusters.Count) is { } gate) return TestOutcome.None("binomial against the target", gate.ToString());
        var effect = Estimates.DesignEffect(clusters).Effect;
        var n = (int)Math.Floor(takesT ? Proportion.EffectiveSize(values.Count, effect, clusters.Count).Value : values.Count / effect);
        return Of("binomial against the target", BinomialTest.Against((int)Math.Round(n * values.Average(v => v.Value), MidpointRounding.AwayFromZero), n, target));
    }

    /// <summary>Two waves that asked different people.</summary>
    public static TestOutcome TwoSamples(IReadOnlyList<Valued> before, IReadOnlyList<Valued> after, bool takesT)
    {
        var (a, b) = (Sample(after), Sample(before));
        return Honesty.AgainstTest(Math.Min(before.Count, after.Count), Math.Min(a.Clusters, b.Clusters)) is { } gate
            ? TestOutcome.None("two samples", gate.ToString())
            : Of("two samples, Rao-Scott", TwoProportions.Test(a.Sample, b.Sample, takesT ? a.Clusters + b.Clusters - 2 : null));

        static (BinarySample Sample, int Clusters) Sample(IReadOnlyList<Valued> values)
        {
            var clusters = Values.Clusters(values, v => v.Cluster, v => v.Value);
            return (new(values.Count(v => v.Value > 0), values.Count, clusters.Count == 0 ? 1 : Estimates.DesignEffect(clusters).Effect), clusters.Count);
        }
    }

    internal static IReadOnlyList<PairedCounts> Counts(IEnumerable<Pair> pairs) =>
        [.. pairs.GroupBy(p => p.After.Cluster).OrderBy(g => g.Key).Select(g => PairedCounts.Of(g.Select(p => (p.Before.Value > 0, p.After.Value > 0))))];

    internal static TestOutcome Of(string method, Outcome<TestResult> outcome) => outcome.TryGet(out var t)
        ? new(method, Number.Of(t.Statistic), t.DegreesOfFreedom, Number.Of(t.P))
        : TestOutcome.None(method, outcome.Obstacle!.Value.ToString());

    internal static TestOutcome Of(string method, Outcome<PermutationResult> outcome) => outcome.TryGet(out var t)
        ? new(method, Number.Of(t.Statistic), null, Number.Of(t.P), t.Draws) { LeastP = t.LeastP }
        : TestOutcome.None(method, outcome.Obstacle!.Value.ToString());

    internal static ulong SeedOf(string text) => BinaryPrimitives.ReadUInt64BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
