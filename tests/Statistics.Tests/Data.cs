using FsCheck;
using FsCheck.Fluent;

namespace BetterConnections.Statistics.Tests;

/// <summary>Data as surveys bring it, with the poor cases far more often than they occur: nobody, one, all alike, nobody changed.</summary>
internal static class Data
{
    private static readonly Gen<int> Count = Gen.Frequency((2, Gen.Constant(0)), (2, Gen.Constant(1)), (4, Gen.Choose(2, 12)), (2, Gen.Choose(13, 400)));

    public static readonly Gen<PairedCounts> Pairs =
        from gained in Count
        from lost in Count
        from same in Count
        select new PairedCounts(gained, lost, gained + lost + same);

    public static readonly Gen<PairedCounts[]> PairsInClusters = Several(Pairs.Where(p => p.Pairs > 0));

    public static readonly Gen<(int Successes, int Size)> Share = from n in Count from k in Gen.Choose(0, n) select (k, n);

    public static readonly Gen<(int Successes, int Size)[]> SharesInClusters = Several(Share.Where(s => s.Size > 0));

    /// <summary>Differences on a five-point scale, of WHO-5, of mean scores, and of a size no scale has.</summary>
    public static readonly Gen<double> Difference = Gen.Frequency(
        (3, Gen.Constant(0.0)),
        (8, Gen.Choose(-4, 4).Select(d => (double)d)),
        (2, Gen.Choose(-25, 25).Select(d => d * 4.0)),
        (3, Gen.Choose(-40, 40).Select(d => d / 3.0)),
        (1, Gen.Elements(1e100, -1e100, 1e-100, 1e15, -0.1)));

    public static readonly Gen<double[]> Differences = Gen.OneOf(Several(Difference), Difference.Select(d => Enumerable.Repeat(d, 7).ToArray()));

    public static readonly Gen<double[][]> DifferencesInClusters = Several(Several(Difference).Where(d => d.Length > 0));

    public static readonly Gen<ClusterChange[]> Changes = Several(
        from change in Difference
        from isTreated in Gen.Elements(true, false)
        from stratum in Gen.Choose(1, 3)
        select new ClusterChange(change, isTreated, stratum));

    public static readonly Gen<double> DesignEffect = Gen.Elements(1, 1.95, 0.001, 40, 1e6);

    private static Gen<T[]> Several<T>(Gen<T> one) =>
        Gen.Frequency((1, Gen.Constant(0)), (1, Gen.Constant(1)), (4, Gen.Choose(2, 12)), (2, Gen.Choose(13, 60))).SelectMany(n => one.ArrayOf(n));

    public static void ForAll<T>(Gen<T> data, Action<T> holds) => Prop.ForAll(data.ToArbitrary(), holds).QuickCheckThrowOnFailure();
}
