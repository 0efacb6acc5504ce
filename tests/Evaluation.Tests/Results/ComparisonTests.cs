using BetterConnections.Evaluation.Results.Engine;

namespace BetterConnections.Evaluation.Tests.Results;

/// <summary>Facilities that opened between two waves against those that waited in both.</summary>
public class ComparisonTests
{
    private static readonly Simulation Opened = new(11, 18), Always = new(12, 10), Waiting = new(13, 12);

    [Fact]
    public void Facilities_that_opened_between_the_waves_are_compared_with_those_that_waited_in_both()
    {
        var before = All(Opened.Wave("I1", 0.4, waiting: true), As(1, Waiting.Wave("I1", 0.4, waiting: true)));
        var after = All(Same(Opened.Wave("I3", 0.8)), As(1, Waiting.Wave("I1", 0.5, waiting: true)));

        var measure = ResultsEngine.Compute(Given.Analysis(before, after)).Measure("independent-users");

        Assert.Equal((18, 12), (measure.Comparison!.Open, measure.Comparison.Waiting));
        Assert.InRange(0.3, measure.Comparison.Low.Value!.Value, measure.Comparison.High.Value!.Value);
        Assert.True(measure.Comparison.Test.IsSignificant);
        Assert.Contains("This points to an effect of the facilities", measure.Overall.Sentence!.En);
    }

    [Fact]
    public void Facilities_that_were_open_all_the_time_are_in_neither_arm()
    {
        var before = All(Opened.Wave("I1", 0.4, waiting: true), As(1, Waiting.Wave("I1", 0.4, waiting: true)), As(2, Always.Wave("I3", 0.5)));
        var after = All(Same(Opened.Wave("I3", 0.8)), As(1, Waiting.Wave("I1", 0.5, waiting: true)), As(2, Always.Wave("I3", 0.95)));
        var without = ResultsEngine.Compute(Given.Analysis(before with { Interviews = Of(before, 0, 1), Instrument = "I3" }, after with { Interviews = Of(after, 0, 1), Instrument = "I3" }));

        var results = ResultsEngine.Compute(Given.Analysis(before with { Instrument = "I3" }, after with { Instrument = "I3" }));

        Assert.Equal(without.Measure("independent-users").Comparison!.Value, results.Measure("independent-users").Comparison!.Value);
        Assert.Equal((18, 12), (results.Measure("independent-users").Comparison!.Open, results.Measure("independent-users").Comparison!.Waiting));
    }

    [Fact]
    public void A_baseline_finds_nobody_trained_so_that_who_had_just_opened_counts_as_not_yet_treated()
    {
        var before = All(Opened.Wave("I1", 0.4), As(1, Waiting.Wave("I1", 0.4, waiting: true)));
        var after = All(Opened.Wave("I2", 0.8), As(1, Waiting.Wave("I1", 0.5, waiting: true)));

        Assert.Null(ResultsEngine.Compute(Given.Analysis(before, after)).Measure("independent-users").Comparison);
        var baseline = ResultsEngine.Compute(Given.Analysis(before with { IsBaseline = true }, after)).Measure("independent-users").Comparison!;
        Assert.Equal((18, 12), (baseline.Open, baseline.Waiting));
    }

    /// <summary>Early batches do better whether they open or not, and most of those that opened are early ones.</summary>
    [Fact]
    public void Only_facilities_of_one_zone_and_one_delivery_batch_are_compared()
    {
        var (early, late) = (new Simulation(21, 12, spread: 0), new Simulation(22, 12, spread: 0));
        bool Opens(Interview i, int of) => i.Facility!.Value.ToByteArray()[0] % 12 < of; // the first facilities of a batch
        Side Batch(Simulation batch, string month, string instrument, double level, int open, bool isAfter)
        {
            var side = batch.Wave(instrument, level, waiting: true);
            return side with { Interviews = [.. side.Interviews.Select(i => i with { Batch = month, Zone = "Zone 1", Waiting = !isAfter || !Opens(i, open), Instrument = isAfter && Opens(i, open) ? "I3" : "I1" })] };
        }
        var before = All(Batch(early, "2026-01", "I1", 0.2, 9, false), As(1, Batch(late, "2026-02", "I1", 0.2, 3, false)));
        var after = All(Batch(early, "2026-01", "I1", 0.9, 9, true), As(1, Batch(late, "2026-02", "I1", 0.2, 3, true))) with { Instrument = "I3" };
        Side Unbatched(Side side) => side with { Interviews = [.. side.Interviews.Select(i => i with { Batch = null })] };

        var within = ResultsEngine.Compute(Given.Analysis(before, after)).Measure("independent-users").Comparison!;
        var across = ResultsEngine.Compute(Given.Analysis(Unbatched(before), Unbatched(after))).Measure("independent-users").Comparison!;

        Assert.InRange(within.Value.Value!.Value, -0.1, 0.1);
        Assert.InRange(across.Value.Value!.Value, 0.25, 0.6);
        Assert.Equal("permutation of facilities within zones and delivery batches", within.Test.Method);
        Assert.False(within.Test.IsSignificant);
    }

    [Fact]
    public void Where_no_batch_has_both_arms_it_says_that_there_is_nothing_to_compare()
    {
        Side In(string month, Side side) => side with { Interviews = [.. side.Interviews.Select(i => i with { Batch = month })] };
        var before = All(In("2026-01", Opened.Wave("I1", 0.4, waiting: true)), In("2026-02", As(1, Waiting.Wave("I1", 0.4, waiting: true))));
        var after = All(Same(Opened.Wave("I3", 0.8)), As(1, Waiting.Wave("I1", 0.5, waiting: true)));

        var comparison = ResultsEngine.Compute(Given.Analysis(before, after)).Measure("independent-users").Comparison!;

        Assert.Equal((null, "NothingToCompare"), (comparison.Value.Value, comparison.Value.Reason));
    }

    [Fact]
    public void A_handful_of_people_in_one_arm_is_not_compared()
    {
        var few = new Simulation(14, 3, each: 3);
        var before = All(Opened.Wave("I1", 0.4, waiting: true), As(1, few.Wave("I1", 0.4, waiting: true)));
        var after = All(Same(Opened.Wave("I3", 0.8)), As(1, few.Wave("I1", 0.5, waiting: true)));

        Assert.Null(ResultsEngine.Compute(Given.Analysis(before, after)).Measure("independent-users").Comparison);
    }

    private static Side All(params Side[] sides) => sides[0] with { Interviews = [.. sides.SelectMany(s => s.Interviews)] };

    /// <summary>Other facilities with other people; simulations number theirs alike.</summary>
    private static Side As(byte group, Side side) => side with
    {
        Interviews = [.. side.Interviews.Select(i => i with { Respondent = $"{i.Respondent}-{group}", Facility = Guid.Parse($"{i.Facility}"[..^2] + $"{group:x2}") })],
    };

    /// <summary>The people and places that waited before, now open.</summary>
    private static Side Same(Side side) => side with
    {
        Interviews = [.. side.Interviews.Select((i, n) => i with { Respondent = i.Respondent!.Replace("R-", "R-W", StringComparison.Ordinal), Facility = Simulation.Facility(n / 20 + 1000) })],
    };

    private static IReadOnlyList<Interview> Of(Side side, params byte[] groups) =>
        [.. side.Interviews.Where(i => groups.Contains(i.Facility!.Value.ToByteArray()[15] is 1 or 2 ? i.Facility.Value.ToByteArray()[15] : (byte)0))];
}
