namespace BetterConnections.Statistics;

/// <summary>Yes-or-no answers of the same respondents before and after, of all of them or of one cluster.</summary>
public readonly record struct PairedCounts
{
    /// <param name="gained">No before, yes after: McNemar's b.</param>
    /// <param name="lost">Yes before, no after: McNemar's c.</param>
    /// <param name="pairs">All matched respondents, changed or not.</param>
    public PairedCounts(int gained, int lost, int pairs)
    {
        Require.Counts(gained, pairs);
        Require.Counts(lost, pairs - gained);
        (Gained, Lost, Pairs) = (gained, lost, pairs);
    }

    public int Gained { get; }

    public int Lost { get; }

    public int Pairs { get; }

    public int Discordant => Gained + Lost;

    public int Net => Gained - Lost;

    public static PairedCounts Of(IEnumerable<(bool Before, bool After)> pairs)
    {
        int gained = 0, lost = 0, all = 0;
        foreach (var (before, after) in pairs)
        {
            all++;
            if (after && !before) gained++;
            if (before && !after) lost++;
        }
        return new(gained, lost, all);
    }

    public static PairedCounts Sum(IEnumerable<PairedCounts> clusters)
    {
        int gained = 0, lost = 0, all = 0;
        checked
        {
            foreach (var cluster in clusters)
            {
                gained += cluster.Gained;
                lost += cluster.Lost;
                all += cluster.Pairs;
            }
        }
        return new(gained, lost, all);
    }
}
