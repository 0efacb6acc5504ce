namespace BetterConnections.Statistics;

/// <param name="Index">Into the frame.</param>
/// <param name="InclusionProbability">Above 0, at most 1; its inverse is the design weight.</param>
public readonly record struct Drawn(int Index, double InclusionProbability);

/// <param name="Size">Members, 0 or more.</param>
public readonly record struct FrameCluster(int Stratum, int Size);

/// <param name="Index">Into the frame.</param>
/// <param name="InclusionProbability">Of the cluster.</param>
/// <param name="Members">How many of its members to draw.</param>
/// <param name="MemberProbability">Of each member, once the cluster is in; the product of both is the member's inclusion probability.</param>
public readonly record struct SampledCluster(int Index, double InclusionProbability, int Members, double MemberProbability)
{
    /// <summary>How many members of the population a drawn member stands for.</summary>
    public double Weight => 1 / (InclusionProbability * MemberProbability);
}

/// <summary>
/// Samples with known inclusion probabilities. The same frame in the same order with the same seed gives the same sample, for ever:
/// sort the frame by something that stays. Sizes are added up as whole numbers, so that no rounding decides who is in.
/// </summary>
public static class Sampling
{
    /// <summary>Every subset is as likely as any other (Floyd 1987). Indexes ascend.</summary>
    public static IReadOnlyList<Drawn> Simple(int population, int take, SeededRandom random)
    {
        Require.Counts(take, population);
        var drawn = new SortedSet<int>();
        for (var last = population - take; last < population; last++)
        {
            var candidate = (int)random.Below((ulong)last + 1);
            if (!drawn.Add(candidate)) drawn.Add(last);
        }
        return [.. drawn.Select(i => new Drawn(i, (double)take / population))];
    }

    /// <summary>
    /// Systematic sampling with probability proportional to size (Madow 1949). Whatever is as large as the step or larger is in for
    /// certain, and the rest is drawn again without it. Systematic: neighbours in the frame spread over the sample. Indexes ascend.
    /// </summary>
    public static IReadOnlyList<Drawn> ProportionalToSize(IReadOnlyList<int> sizes, int take, SeededRandom random)
    {
        foreach (var size in sizes) ArgumentOutOfRangeException.ThrowIfNegative(size, nameof(sizes));
        Require.Counts(take, sizes.Count(s => s > 0));
        var isCertain = new bool[sizes.Count];
        Int128 left = sizes.Sum(s => (long)s);
        while (true)
        {
            var large = Enumerable.Range(0, sizes.Count).Where(i => !isCertain[i] && sizes[i] > 0 && (Int128)sizes[i] * take >= left).ToArray();
            if (take == 0 || large.Length == 0) break;
            foreach (var i in large) isCertain[i] = true;
            take -= large.Length;
            left -= large.Sum(i => (long)sizes[i]);
        }

        // Scaled by `take`, so that the step `left / take` is a whole number.
        var point = take == 0 ? Int128.MaxValue : (Int128)random.Below((ulong)left);
        Int128 passed = 0;
        var drawn = new List<Drawn>();
        for (var i = 0; i < sizes.Count; i++)
        {
            if (isCertain[i]) drawn.Add(new(i, 1));
            else if (point < (passed += (Int128)sizes[i] * take))
            {
                drawn.Add(new(i, (double)sizes[i] * take / (double)left));
                point += left;
            }
        }
        return drawn;
    }

    /// <summary>
    /// Deals clusters out to strata in proportion to their members (Sainte-Laguë's divisors, ties to the earlier stratum), with a least
    /// number each: two let a variance be estimated within the stratum. None gets more than it has.
    /// </summary>
    /// <param name="strata">Members, and clusters that have any.</param>
    /// <exception cref="ArgumentOutOfRangeException">Too few to give every stratum its least number, or more than there are.</exception>
    public static IReadOnlyList<int> Allocate(IReadOnlyList<(long Members, int Clusters)> strata, int take, int least = 2)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(least);
        var given = strata.Select(s => Math.Min(least, s.Clusters)).ToArray();
        var missing = take - given.Sum();
        if (missing < 0 || take > strata.Sum(s => (long)s.Clusters))
            throw new ArgumentOutOfRangeException(nameof(take), take, $"Must lie between {given.Sum()} and {strata.Sum(s => (long)s.Clusters)}.");
        for (; missing > 0; missing--)
        {
            var next = -1;
            for (var h = 0; h < given.Length; h++)
            {
                if (given[h] == strata[h].Clusters) continue;
                if (next < 0 || (Int128)strata[h].Members * (2 * given[next] + 1) > (Int128)strata[next].Members * (2 * given[h] + 1)) next = h;
            }
            given[next]++;
        }
        return given;
    }

    /// <summary>
    /// A stratified two-stage sample: clusters proportional to size within strata, then the same number of members in each, so that
    /// members of a stratum have nearly equal chances. Strata are drawn from streams of their own: a change in one leaves the others.
    /// </summary>
    /// <param name="frame">Clusters without members are never drawn.</param>
    public static IReadOnlyList<SampledCluster> StratifiedClusters(IReadOnlyList<FrameCluster> frame, int clusters, int membersPerCluster,
        ulong seed, int leastPerStratum = 2)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(membersPerCluster, 1);
        var strata = Enumerable.Range(0, frame.Count).Where(i => frame[i].Size != 0).GroupBy(i => frame[i].Stratum).OrderBy(g => g.Key).ToArray();
        var given = Allocate([.. strata.Select(s => (s.Sum(i => (long)frame[i].Size), s.Count()))], clusters, leastPerStratum);
        return [.. strata.SelectMany((s, h) => Draw([.. s], given[h], SeededRandom.Stream(seed, (ulong)s.Key))).OrderBy(c => c.Index)];

        IEnumerable<SampledCluster> Draw(int[] indexes, int take, SeededRandom random) =>
            ProportionalToSize([.. indexes.Select(i => frame[i].Size)], take, random).Select(d =>
            {
                var members = Math.Min(membersPerCluster, frame[indexes[d.Index]].Size);
                return new SampledCluster(indexes[d.Index], d.InclusionProbability, members, (double)members / frame[indexes[d.Index]].Size);
            });
    }
}
