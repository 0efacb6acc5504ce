namespace BetterConnections.Statistics;

/// <summary>How many matched respondents improved, stayed and worsened.</summary>
public readonly record struct Changes
{
    public Changes(int improved, int same, int worse)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(improved);
        ArgumentOutOfRangeException.ThrowIfNegative(same);
        ArgumentOutOfRangeException.ThrowIfNegative(worse);
        Matched = checked(improved + same + worse);
        (Improved, Same, Worse) = (improved, same, worse);
    }

    public int Improved { get; }

    public int Same { get; }

    public int Worse { get; }

    public int Matched { get; }

    /// <summary>0 to 1, like the two below.</summary>
    public Outcome<double> ShareImproved => Share(Improved);

    public Outcome<double> ShareSame => Share(Same);

    public Outcome<double> ShareWorse => Share(Worse);

    /// <param name="differences">After − before, on a scale where more is better.</param>
    public static Changes Of(IEnumerable<double> differences)
    {
        int improved = 0, same = 0, worse = 0;
        foreach (var difference in differences)
        {
            switch (Differences.Rounded(difference))
            {
                case > 0: improved++; break;
                case < 0: worse++; break;
                default: same++; break;
            }
        }
        return new(improved, same, worse);
    }

    private Outcome<double> Share(int part) => Matched == 0 ? Obstacle.NoObservations : (double)part / Matched;
}

/// <summary>Differences of scores.</summary>
internal static class Differences
{
    /// <summary>To nine decimals: 3.3 − 3 and 2.3 − 2 are equal, which doubles deny and ranks would make much of.</summary>
    public static double Rounded(double difference) => Math.Round(Require.Finite(difference), 9);
}
