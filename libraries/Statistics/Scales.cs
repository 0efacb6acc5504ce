namespace BetterConnections.Statistics;

/// <summary>From items to scores.</summary>
public static class Scales
{
    /// <summary>The mean of the answered items, if at least two thirds of them were answered.</summary>
    public static Outcome<double> Mean(IReadOnlyList<double?> items)
    {
        var answered = items.OfType<double>().ToArray();
        Require.Finite(answered, nameof(items));
        if (answered.Length == 0) return Obstacle.NoObservations;
        return 3L * answered.Length < 2L * items.Count ? Obstacle.MissingItems : Moments.Mean(answered);
    }

    /// <summary>WHO-5 wellbeing (WHO 1998): five items of 0 (at no time) to 5 (all of the time), sum × 4, 0 worst to 100 best. All five.</summary>
    public static Outcome<double> Who5(IReadOnlyList<int?> items)
    {
        if (items.Count != 5) throw new ArgumentException("WHO-5 has five items.", nameof(items));
        foreach (var item in items)
        {
            if (item is < 0 or > 5) throw new ArgumentOutOfRangeException(nameof(items), item, "An item lies between 0 and 5.");
        }
        return items.Any(i => i is null) ? Obstacle.MissingItems : 4.0 * items.Sum(i => i!.Value);
    }

    /// <summary>
    /// Cronbach's alpha (1951), k/(k−1)·(1 − Σs²(item)/s²(sum)); at most 1, below 0 when items contradict each other. See
    /// <see cref="Honesty.LeastAlpha"/>.
    /// </summary>
    /// <param name="respondents">Only those who answered every item, all in the same order.</param>
    public static Outcome<double> CronbachAlpha(IReadOnlyList<IReadOnlyList<double>> respondents)
    {
        if (respondents.Count == 0) return Obstacle.NoObservations;
        var items = respondents[0].Count;
        if (items < 2) throw new ArgumentException("One item has nothing to agree with.", nameof(respondents));
        if (respondents.Any(r => r.Count != items)) throw new ArgumentException("Everybody answers the same items.", nameof(respondents));
        foreach (var respondent in respondents) Require.Finite(respondent);
        if (respondents.Count == 1) return Obstacle.TooFewObservations;
        var sums = respondents.Select(Moments.Sum).ToArray();
        if (Moments.AreEqual(sums)) return Obstacle.NoVariation;
        var ofItems = Moments.Sum(Enumerable.Range(0, items).Select(i => Moments.Variance([.. respondents.Select(r => r[i])])));
        return items / (items - 1.0) * (1 - ofItems / Moments.Variance(sums));
    }
}
