namespace BetterConnections.Statistics.Tests;

public class SamplingTests
{
    [Fact]
    public void The_generator_gives_the_published_numbers()
    {
        var random = new SeededRandom(1_234_567);
        Assert.Equal([6457827717110365317, 3203168211198807973, 9817491932198370423, 4593380528125082431, 16408922859458223821],
            Enumerable.Range(0, 5).Select(_ => random.Next()));
    }

    [Fact]
    public void Numbers_below_a_bound_are_all_as_likely()
    {
        var random = new SeededRandom(1);
        var counts = new int[7];
        for (var i = 0; i < 70_000; i++) counts[random.Below(7)]++;
        Assert.All(counts, c => Assert.InRange(c, 9_600, 10_400)); // four standard deviations
        Assert.Throws<ArgumentOutOfRangeException>(() => random.Below(0));
    }

    [Fact]
    public void A_shuffle_keeps_everything_and_every_order_is_as_likely()
    {
        var random = new SeededRandom(2);
        var orders = Enumerable.Range(0, 6_000).Select(_ =>
        {
            char[] items = ['a', 'b', 'c'];
            random.Shuffle<char>(items);
            return new string(items);
        }).CountBy(o => o).ToDictionary();
        Assert.Equal(["abc", "acb", "bac", "bca", "cab", "cba"], orders.Keys.Order());
        Assert.All(orders.Values, c => Assert.InRange(c, 880, 1_120));
    }

    [Fact]
    public void Streams_of_one_seed_differ() =>
        Assert.Equal(1_000, Enumerable.Range(0, 1_000).Select(i => SeededRandom.Stream(7, (ulong)i).Next()).Distinct().Count());

    [Fact]
    public void A_simple_sample_has_so_many_and_everybody_is_in_as_often()
    {
        var counts = new int[10];
        for (ulong seed = 0; seed < 10_000; seed++)
        {
            var sample = Sampling.Simple(10, 3, new(seed));
            Assert.Equal(3, sample.Select(d => d.Index).Distinct().Count());
            foreach (var drawn in sample) counts[drawn.Index]++;
        }
        Assert.All(counts, c => Assert.InRange(c, 2_800, 3_200));
        Assert.Equal(new Drawn(1, 1), Sampling.Simple(2, 2, new(1))[1]);
        Assert.Empty(Sampling.Simple(0, 0, new(1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => Sampling.Simple(2, 3, new(1)));
    }

    [Fact]
    public void Clusters_are_in_as_often_as_their_probability_says()
    {
        int[] sizes = [10, 20, 0, 30, 40, 100, 50, 50];
        var times = new int[sizes.Length];
        double[] expected = [10 / 200.0 * 3, 20 / 200.0 * 3, 0, 30 / 200.0 * 3, 40 / 200.0 * 3, 1, 50 / 200.0 * 3, 50 / 200.0 * 3];
        for (ulong seed = 0; seed < 20_000; seed++)
        {
            foreach (var drawn in Sampling.ProportionalToSize(sizes, 4, new(seed)))
            {
                times[drawn.Index]++;
                Assert.Equal(expected[drawn.Index], drawn.InclusionProbability, 1e-12); // 100 is certain: it fills more than a step of 75
            }
        }
        Assert.All(sizes.Index(), s => Assert.Equal(expected[s.Index], times[s.Index] / 20_000.0, 0.015));
    }

    [Fact]
    public void Large_clusters_are_certain_and_then_the_next_large_ones()
    {
        var drawn = Sampling.ProportionalToSize([1000, 300, 100, 1, 1, 1], 4, new(1));
        Assert.Equal([0, 1, 2], drawn.Take(3).Select(d => d.Index));
        Assert.All(drawn.Take(3), d => Assert.Equal(1, d.InclusionProbability));
        Assert.Equal(1 / 3.0, drawn[3].InclusionProbability, 1e-15);
        Assert.Equal(6, Sampling.ProportionalToSize([1000, 300, 100, 1, 1, 1], 6, new(1)).Count);
        Assert.Throws<ArgumentOutOfRangeException>(() => Sampling.ProportionalToSize([5, 0], 2, new(1)));
    }

    [Fact]
    public void Strata_get_clusters_in_proportion_and_at_least_two_where_they_have_them()
    {
        Assert.Equal([6, 3, 2, 1], Sampling.Allocate([(6000, 50), (3000, 50), (10, 9), (10, 1)], 12));
        Assert.Equal([3, 9], Sampling.Allocate([(9000, 3), (1000, 50)], 12));
        Assert.Throws<ArgumentOutOfRangeException>(() => Sampling.Allocate([(10, 5), (10, 5)], 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => Sampling.Allocate([(10, 5), (10, 5)], 11));
        Assert.Empty(Sampling.Allocate([], 0));
    }

    [Fact]
    public void A_stratified_sample_stands_for_the_population_and_comes_out_the_same_again()
    {
        FrameCluster[] frame = [.. Enumerable.Range(0, 1_927).Select(i => new FrameCluster(i % 5, 200 + i * 37 % 1_200))];
        var sample = Sampling.StratifiedClusters(frame, 43, 20, seed: 2026);
        Assert.Equal(43, sample.Count);
        Assert.Equal(860, sample.Sum(c => c.Members));
        Assert.Equal(sample, Sampling.StratifiedClusters(frame, 43, 20, seed: 2026));
        Assert.NotEqual(sample, Sampling.StratifiedClusters(frame, 43, 20, seed: 2027));
        // Proportional to size and then a fixed number: within a stratum all weigh the same, and together they are the stratum.
        foreach (var stratum in sample.GroupBy(c => frame[c.Index].Stratum))
        {
            var members = frame.Where(c => c.Stratum == stratum.Key).Sum(c => c.Size);
            Assert.Equal(members, stratum.Sum(c => c.Weight * c.Members), 1e-6);
            Assert.Equal(stratum.Min(c => c.Weight), stratum.Max(c => c.Weight), 1e-9);
        }
    }

    [Fact]
    public void A_change_in_one_stratum_leaves_the_others_sample_as_it_was()
    {
        FrameCluster[] frame = [.. Enumerable.Range(0, 40).Select(i => new FrameCluster(i / 20, 100))];
        var before = Sampling.StratifiedClusters(frame, 8, 10, 1).Where(c => c.Index < 20).ToArray();
        frame[39] = frame[39] with { Size = 99 };
        Assert.Equal(before, Sampling.StratifiedClusters(frame, 8, 10, 1).Where(c => c.Index < 20));
    }

    [Fact]
    public void A_small_or_lonely_facility_is_taken_whole()
    {
        var sample = Sampling.StratifiedClusters([new(1, 300), new(1, 300), new(2, 7), new(3, 0)], 3, 20, 1);
        Assert.Equal(new SampledCluster(2, 1, 7, 1), sample[^1]);
        Assert.Equal(1, sample[^1].Weight);
    }
}
