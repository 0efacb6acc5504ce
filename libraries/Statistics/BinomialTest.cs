namespace BetterConnections.Statistics;

public enum Alternative { TwoSided, Greater, Less }

/// <summary>Exact tests of counts.</summary>
public static class BinomialTest
{
    // Probabilities that are equal in truth may differ in the last digits (the same allowance as R's binom.test).
    private const double Ties = 1 + 1e-7;

    /// <summary>
    /// The share against a target. Two-sided: the probability of all counts that are no more likely than the one seen (Sterne 1954).
    /// The statistic is the count of successes.
    /// </summary>
    /// <param name="target">Between 0 and 1, neither of them: no count could speak for those.</param>
    public static Outcome<TestResult> Against(int successes, int n, double target, Alternative alternative = Alternative.TwoSided)
    {
        Require.Counts(successes, n);
        if (target is not (> 0 and < 1)) throw new ArgumentOutOfRangeException(nameof(target), target, "A target lies between 0 and 1.");
        if (n == 0) return Obstacle.NoObservations;
        var probabilities = Distributions.Binomial(n, target);
        var p = Moments.Sum(alternative switch
        {
            Alternative.TwoSided => probabilities.Where(x => x <= probabilities[successes] * Ties),
            Alternative.Greater => probabilities.Skip(successes),
            Alternative.Less => probabilities.Take(successes + 1),
            _ => throw new ArgumentOutOfRangeException(nameof(alternative)),
        });
        return new TestResult(successes, null, Math.Min(1, p));
    }

    /// <summary>
    /// The sign test (Arbuthnott 1710): were the changed as often improved as worsened? Those who stayed the same say nothing.
    /// For clusters use <see cref="SignFlip"/> with improved − worsened of each.
    /// </summary>
    public static Outcome<TestResult> Sign(Changes changes)
    {
        var changed = changes.Improved + changes.Worse;
        return changed == 0 ? Obstacle.NoChange : Against(changes.Improved, changed, 0.5);
    }
}
