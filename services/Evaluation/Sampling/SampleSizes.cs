using System.ComponentModel.DataAnnotations;
using BetterConnections.ServiceDefaults;
using BetterConnections.Statistics;

namespace BetterConnections.Evaluation.Sampling;

/// <summary>What every plan has: shares, margins and rates are 0 to 1.</summary>
/// <param name="PerCluster">Workers at each facility.</param>
/// <param name="Correlation">Of two workers of one facility (ICC).</param>
/// <param name="Response">Share of those invited who answer.</param>
/// <param name="Retention">Share of those who answered who answer again.</param>
public sealed record ClusterPlan(
    [property: Range(1, 10_000)] int PerCluster = 20,
    [property: Range(0d, 1d)] double Correlation = SampleSize.UsualCorrelation,
    [property: Range(0.01, 1d)] double Response = 1,
    [property: Range(0.01, 1d)] double Retention = 1);

/// <param name="Needed">So many must be there at the end.</param>
/// <param name="Invited">So many must be asked at the start.</param>
/// <param name="Facilities">At which they are asked.</param>
public sealed record PlannedSize(double Correlation, double DesignEffect, long Needed, long Invited, long Facilities);

/// <param name="Simple">Of a simple random sample, unrounded.</param>
/// <param name="ForPopulation">With the finite population correction.</param>
/// <param name="Others">The same for other correlations: the true one is not known before.</param>
public sealed record ShareSize(double Simple, double ForPopulation, PlannedSize Planned, IReadOnlyList<PlannedSize> Others);

/// <param name="Effective">Respondents of a simple random sample that would tell as much.</param>
/// <param name="Margin">Half the width of the interval.</param>
public sealed record ExpectedMargin(double Correlation, double DesignEffect, double Effective, double Margin);

public sealed record MarginView(double Simple, ExpectedMargin Expected, IReadOnlyList<ExpectedMargin> Others);

/// <param name="Pairs">For McNemar's test, unrounded and without the design effect.</param>
/// <param name="Warning">So many workers would be at too few facilities for the test to find anything; null where they are not.</param>
public sealed record ChangeSize(double Pairs, PlannedSize Planned, IReadOnlyList<PlannedSize> Others, ClusterWarning? Warning = null);

/// <summary>How many to ask, and what an answer from so many is worth.</summary>
public static class SampleSizes
{
    private static readonly double[] Shown = [0.02, 0.05, 0.10];

    /// <summary>To tell a share to within a margin.</summary>
    public static ShareSize ForShare([AsParameters] ClusterPlan plan, [Range(0.0001, 0.5)] double margin = 0.05, [Range(1L, 1_000_000_000L)] long population = 1_500_000,
        [Range(0.001, 0.999)] double share = 0.5, [Range(0.5, 0.9999)] double level = 0.95)
    {
        var simple = SampleSize.Plan(margin, population, share: share, level: level);
        return new(simple.Simple, simple.ForPopulation, Of(plan.Correlation), [.. Shown.Select(Of)]);

        PlannedSize Of(double correlation)
        {
            var effect = SampleSize.DesignEffect(plan.PerCluster, correlation);
            var size = SampleSize.Plan(margin, population, effect, plan.Response, plan.Retention, share, level);
            return new(correlation, effect, size.Needed, size.Invited, Facilities(size.Invited, plan));
        }
    }

    /// <summary>The margin that so many respondents give.</summary>
    public static MarginView MarginOf([AsParameters] ClusterPlan plan, [Range(1, 1_000_000_000)] int respondents, [Range(0.001, 0.999)] double share = 0.5,
        [Range(0.5, 0.9999)] double level = 0.95)
    {
        return new(SampleSize.Margin(respondents, share: share, level: level), Of(plan.Correlation), [.. Shown.Select(Of)]);

        ExpectedMargin Of(double correlation)
        {
            var effect = SampleSize.DesignEffect(plan.PerCluster, correlation);
            return new(correlation, effect, respondents / effect, SampleSize.Margin(respondents, effect, share, level));
        }
    }

    /// <summary>To find a change between two waves of the same respondents (Connor 1987).</summary>
    /// <param name="difference">Change of the share to be found.</param>
    /// <param name="discordance">Share of respondents who change either way.</param>
    /// <param name="tests">In the family that is corrected by Holm; without it, the planned tests of the programme's indicators.</param>
    /// <exception cref="BadInput">discordance_below_difference</exception>
    public static ChangeSize ForChange([AsParameters] ClusterPlan plan, [Range(0.001, 1d)] double difference, [Range(0.001, 1d)] double discordance,
        [Range(0.5, 0.999)] double power = 0.8, [Range(0.0001, 0.5)] double alpha = Honesty.Alpha,
        [Range(1, 1000)] int? tests = null)
    {
        if (discordance < difference) throw new BadInput("discordance_below_difference", "A share cannot change by more than the share of those who change.");
        var pairs = SampleSize.Connor(difference, discordance, power, alpha);
        var planned = Of(plan.Correlation);
        return new(pairs, planned, [.. Shown.Select(Of)], plan.PerCluster == 1 ? null : ClusterWarning.Of(planned.Facilities, tests, alpha)); // one worker at each: nothing is permuted

        PlannedSize Of(double correlation)
        {
            var effect = SampleSize.DesignEffect(plan.PerCluster, correlation);
            var needed = SampleSize.RoundUp(pairs * effect);
            var invited = SampleSize.Invited(needed, plan.Response, plan.Retention);
            return new(correlation, effect, needed, invited, Facilities(invited, plan));
        }
    }

    private static long Facilities(long invited, ClusterPlan plan) => (invited + plan.PerCluster - 1) / plan.PerCluster;
}
