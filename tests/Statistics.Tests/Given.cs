namespace BetterConnections.Statistics.Tests;

/// <summary>Data that several tests speak of, and how results are compared.</summary>
internal static class Given
{
    /// <summary>PET against SPECT in 21 patients with several glands each (Obuchowski 1998).</summary>
    public static readonly PairedCounts[] Thyroids = Clusters(
        [3, 3, 3, 1, 3, 4, 3, 2, 2, 1, 3, 2, 3, 2, 2, 3, 3, 3, 2, 1, 2],
        [0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
        [2, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 1, 0, 0, 0]);

    /// <summary>135 patients and their 29 psychiatrists on the relevance of an item (Petryshen 1988, in Durkalski et al. 2003).</summary>
    public static readonly PairedCounts[] Psychiatrists = Clusters(
        [7, 6, 7, 6, 4, 6, 5, 8, 4, 7, 3, 6, 7, 6, 5, 4, 6, 5, 4, 3, 5, 4, 4, 2, 3, 2, 2, 3, 1],
        [0, 1, 1, 1, 0, 3, 3, 3, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 3, 1, 1, 2, 0, 0, 0, 0, 0, 0, 0],
        [4, 2, 3, 2, 1, 3, 0, 2, 2, 4, 2, 4, 3, 2, 1, 3, 1, 2, 0, 0, 0, 2, 1, 2, 2, 0, 0, 1, 1]);

    /// <summary>Darwin's maize, the example of SciPy's manual.</summary>
    public static readonly double[] Maize = [6, 8, 14, 16, 23, 24, 28, 29, 41, -48, 49, 56, 60, -67, 75];

    /// <summary>Answers of 12 workers on a five-point scale before and after: two unchanged, many ties.</summary>
    public static readonly double[] Likert =
        [.. new double[] { 4, 3, 3, 4, 5, 4, 2, 4, 2, 3, 5, 4 }.Zip(new double[] { 2, 1, 3, 2, 4, 3, 1, 2, 3, 2, 5, 1 }, (post, pre) => post - pre)];

    /// <summary>Successes of 20 respondents in each of five facilities.</summary>
    public static readonly (int Successes, int Size)[] FiveOfTwenty = [(18, 20), (15, 20), (12, 20), (17, 20), (9, 20)];

    public static PairedCounts[] Clusters(int[] pairs, int[] gained, int[] lost) =>
        [.. pairs.Select((n, k) => new PairedCounts(gained[k], lost[k], n))];

    /// <summary>To nine decimals, or nine digits of what is greater than 1.</summary>
    public static void Near(double expected, double actual) =>
        Assert.True(Math.Abs(expected - actual) <= 1e-9 * Math.Max(1, Math.Abs(expected)), $"Expected {expected:R}, was {actual:R}.");

    public static void Near(Interval expected, Interval actual)
    {
        Near(expected.Low, actual.Low);
        Near(expected.High, actual.High);
    }

    public static void Is<T>(Obstacle expected, Outcome<T> actual) where T : struct
    {
        Assert.Equal(expected, actual.Obstacle);
        Assert.Null(actual.OrNull);
    }
}
