using System.Globalization;
using BetterConnections.Evaluation.Account.Figures;
using BetterConnections.Evaluation.Results.Definitions;
using BetterConnections.Evaluation.Results.Engine;
using BetterConnections.Statistics;

namespace BetterConnections.Evaluation.Sampling;

/// <summary>Facilities are what is permuted, so too few of them end in no significant result, whatever the workers say.</summary>
/// <param name="Code"><see cref="Obstacle.AlphaOutOfReach"/>.</param>
/// <param name="LeastP">The smallest p that a test of so many facilities can give.</param>
/// <param name="Tests">Planned tests, by which Holm multiplies the smallest p of them.</param>
/// <param name="LeastFacilities">From so many on one of them can become significant; null where no number is enough.</param>
public sealed record ClusterWarning(string Code, int Facilities, double LeastP, int Tests, int? LeastFacilities, Words Sentence)
{
    /// <summary>The planned tests of the indicators as they ship.</summary>
    public static readonly int PlannedTests = ShippedIndicators.Read().SelectMany(d => d.Measures).Count(m => m.Family == Family.Confirmatory);

    /// <returns>Null where there is nothing to warn of, or no facility.</returns>
    public static ClusterWarning? Of(long facilities, int? tests = null, double alpha = Honesty.Alpha)
    {
        if (facilities is 0 or > SignFlip.ExactUpTo) return null; // from twenty on other tests are used, or so many flips that alpha is in reach
        var (family, leastP) = (tests ?? PlannedTests, SignFlip.LeastP((int)facilities));
        var least = SignFlip.LeastClusters(alpha, family);
        if (facilities >= least) return null;
        var (p, a) = (SentenceParts.P(Math.Min(1, family * leastP)), alpha.ToString(CultureInfo.InvariantCulture));
        return new(nameof(Obstacle.AlphaOutOfReach), (int)facilities, leastP, family, least, least is null
            ? new($"With {facilities} facilities and {family} planned tests no number of facilities brings a significant result at {a} by permutation.", $"مع {family} اختبارًا مخططًا لا يكفي أي عدد من المراكز لنتيجة دالة عند {a}.")
            : new($"With {facilities} facilities no change, however great, can become significant: the smallest value that {family} planned tests can give is {p}. At least {least} facilities are needed.",
                $"مع مراكز عددها {facilities} لا يمكن لأي تغير، مهما كبر، أن يكون ذا دلالة: فأصغر قيمة تعطيها الاختبارات المخططة وعددها {family} هي {p}. يلزم {least} مراكز على الأقل."));
    }
}
