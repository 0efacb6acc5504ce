using System.Globalization;
using System.Numerics;
using System.Text;
using BetterConnections.Evaluation.Results.Definitions;
using BetterConnections.Evaluation.Results.Engine;
using BetterConnections.Statistics;

namespace BetterConnections.Evaluation.Tests.Results;

/// <summary>Poor data get a clear answer, small groups none, and no sentence says more than was found.</summary>
public class HonestyTests
{
    [Fact]
    public void When_nobody_changed_there_is_no_p_value_and_no_talk_of_no_effect()
    {
        var (before, after) = Given.Pairs("IU1", Enumerable.Range(0, 100).Select(i => (i / 10, i % 3 == 0, i % 3 == 0)));
        var overall = ResultsEngine.Compute(Given.Analysis(before, after)).Measure("independent-users").Overall;

        Assert.Equal((null, "NoChange"), (overall.Change!.Test.P.Value, overall.Change.Test.P.Reason));
        Assert.Contains("No test is given: nobody's answer changed", overall.Sentence!.En);
    }

    [Fact]
    public void When_nobody_was_found_again_it_says_so()
    {
        var (before, after) = Given.Pairs("IU1", Enumerable.Range(0, 60).Select(i => (i / 10, i % 3 == 0, i % 2 == 0)));
        var others = after with { Interviews = [.. after.Interviews.Select(i => i with { Respondent = $"{i.Respondent}-new" })] };
        var overall = ResultsEngine.Compute(Given.Analysis(before, others)).Measure("independent-users").Overall;

        Assert.Equal((60, 60, 0), (overall.NPre, overall.NPost, overall.NMatched));
        Assert.Equal(0.5, overall.Estimate!.Value.Value);
        Assert.Contains("Nobody was found in both waves", overall.Sentence!.En);
        Assert.Contains("لم يُعثر على أحد في الجولتين", overall.Sentence.Ar);
    }

    [Theory]
    [InlineData(1, "OneCluster")]
    [InlineData(4, "TooFewClusters")]
    public void Few_facilities_get_an_estimate_and_no_test(int facilities, string reason)
    {
        var (before, after) = Given.Pairs("IU1", Enumerable.Range(0, 80).Select(i => (i % facilities, i % 3 == 0, i % 4 != 0)));
        var overall = ResultsEngine.Compute(Given.Analysis(before, after)).Measure("independent-users").Overall;

        Assert.Equal(reason, overall.Change!.Test.P.Reason);
        Assert.NotNull(overall.Estimate!.Low.Value);
        Assert.Null(overall.Change.Test.Adjusted);
    }

    /// <summary>Everybody gained at every facility, and still no test of seven could have shown it with eight of them.</summary>
    [Theory]
    [InlineData(8, true, 0.0078125, 0.0546875), InlineData(9, true, 0.00390625, 0.02734375), InlineData(5, false, 0.0625, 0.0625)]
    public void With_few_facilities_a_result_says_what_the_test_could_have_found_at_best(int facilities, bool isPlanned, double least, double adjusted)
    {
        var simulation = new Simulation(1, facilities, each: 15, spread: 0);
        var results = ResultsEngine.Compute(Given.Analysis(simulation.Wave("I1", 0.02), simulation.Wave("I3", 0.98, better: 1), isPlanned));

        var overall = results.Measure("independent-users").Overall;
        var test = overall.Change!.Test;
        Assert.Equal((least, least, adjusted), (test.P.Value!.Value, test.Reach!.LeastP.Value!.Value, test.Reach.LeastAdjusted.Value!.Value));
        Assert.Equal(adjusted < 0.05 ? (true, null) : ((bool?)null, "AlphaOutOfReach"), (test.IsSignificant, test.Reach.Gate));
        Assert.Equal(adjusted >= 0.05, overall.Sentence!.En.Contains("No test can tell: with so few facilities", StringComparison.Ordinal));
        Assert.Equal(adjusted >= 0.05, overall.Sentence.Ar.Contains("لا يمكن لأي اختبار أن يحسم الأمر", StringComparison.Ordinal));
        Assert.DoesNotContain("Chance may explain", overall.Sentence.En);
    }

    [Fact]
    public void A_result_that_is_not_significant_says_how_small_its_p_could_have_been()
    {
        var simulation = new Simulation(2, facilities: 10, each: 15);
        var overall = ResultsEngine.Compute(Given.Analysis(simulation.Wave("I1", 0.5), simulation.Wave("I3", 0.5))).Measure("independent-users").Overall;

        Assert.False(overall.Change!.Test.IsSignificant);
        Assert.Contains("planned beforehand; with so many facilities it can be as small as p\u00A0=\u00A00.014)", overall.Sentence!.En);
    }

    [Fact]
    public void Results_say_whether_they_are_weighted_and_why_not()
    {
        var wave = new Simulation(4).Wave("I2", 0.6);
        (Estimated Estimate, string Sentence, IReadOnlyList<Caution> Cautions) Of(Func<Interview, double?> chance)
        {
            var results = ResultsEngine.Compute(Given.Analysis(null, wave with { Interviews = [.. wave.Interviews.Select(i => i with { Probability = chance(i) })] }));
            var overall = results.Measure("independent-users").Overall;
            Assert.Equal("IsMedian", results.Measure("lab-access.frequency").Overall.Estimate!.NotWeighted);
            return (overall.Estimate!, overall.Sentence!.En, results[0].Cautions!);
        }

        var (unequal, equal, nobody, some) = (Of(i => i.Number % 2 == 0 ? 0.1 : 0.2), Of(_ => 0.1), Of(_ => null), Of(i => i.Number <= 25 ? null : i.Number % 2 == 0 ? 0.1 : 0.2));

        Assert.Equal((null, true), (unequal.Estimate.NotWeighted, unequal.Sentence.Contains("Weighted by everybody's chance to be drawn it is")));
        Assert.Equal(("EqualChances", null), (equal.Estimate.NotWeighted, equal.Estimate.Weighted));
        Assert.Equal(("NobodyDrawn", true), (nobody.Estimate.NotWeighted, nobody.Sentence.Contains("Nobody was drawn for it")));
        Assert.Equal(("NotAllDrawn", true), (some.Estimate.NotWeighted, some.Sentence.Contains("It is not weighted, because not all of those asked had been drawn")));
        Assert.Empty(nobody.Cautions);
        var caution = Assert.Single(some.Cautions);
        Assert.Equal(("not_drawn_accepted", 25), (caution.Code, caution.Interviews.Value));
        Assert.StartsWith("25 interviews of people who had not been drawn", caution.Sentence.En);
    }

    [Fact]
    public void What_a_freeze_left_out_stands_with_the_results_and_few_are_not_counted()
    {
        var wave = new Simulation(4).Wave("I2", 0.6);

        var cautions = ResultsEngine.Compute(Given.Analysis(wave with { UnknownCards = 8, NotDrawn = 5 }, wave with { UnknownCards = 4 }))[3].Cautions!;

        Assert.Equal([("unknown_card_left_out", 12), ("not_drawn_left_out", null)], cautions.Select(c => (c.Code, c.Interviews.Value)));
        Assert.Equal("Fewer than ten interviews are left out: whom they asked had not been drawn for the sample.", cautions[1].Sentence.En);
        Assert.All(cautions, c => Assert.NotEmpty(c.Sentence.Ar));
    }

    [Fact]
    public void An_impossible_answer_is_missing_and_counted_as_that()
    {
        var wave = new Simulation(4).Wave("I2", 0.6);
        var some = wave with { Interviews = [.. wave.Interviews.Select(i => i.Number <= 20 ? i with { Impossible = ["IU1"] } : i)] };

        var overall = ResultsEngine.Compute(Given.Analysis(null, some)).Measure("independent-users").Overall;

        Assert.Equal((460, 20, 0), (overall.NPost, overall.Missing!.Impossible!.Value, overall.Missing.Technical.Value));
    }

    [Fact]
    public void When_everyone_refused_there_is_no_number_but_a_count_of_refusals()
    {
        var wave = new Simulation(1).Wave("I2", 0.5);
        var refused = wave with { Interviews = [.. wave.Interviews.Select(i => i with { Answers = new Dictionary<string, string?> { ["IU1"] = "refused" } })] };
        var results = ResultsEngine.Compute(Given.Analysis(null, refused));

        var overall = results.Measure("independent-users").Overall;
        Assert.Equal((0, "NoObservations", 480), (overall.NPost, overall.Estimate!.Value.Reason, overall.Missing!.Refused.Value));
        Assert.Equal("There are no answers to this.", overall.Sentence!.En);
        Assert.All(results.SelectMany(r => r.Measures), m => Assert.NotEmpty(m.Overall.Sentence!.Ar));
    }

    [Fact]
    public void Nothing_of_fewer_than_ten_people_is_told()
    {
        var (before, after) = Given.Pairs("IU1", Enumerable.Range(0, 9).Select(i => (i, false, true)));
        var overall = ResultsEngine.Compute(Given.Analysis(before, after)).Measure("independent-users").Overall;

        Assert.True(overall.Withheld);
        Assert.Equal((null, null, null), (overall.NPost, (object?)overall.Estimate, (object?)overall.Change));
        Assert.Contains("fewer than ten people", overall.Sentence!.En);
    }

    [Fact]
    public void A_few_found_again_among_many_get_no_change_and_no_count_but_a_level()
    {
        var (before, after) = Given.Pairs("IU1", Enumerable.Range(0, 60).Select(i => (i / 10, i % 3 == 0, i % 2 == 0)));
        var others = after with { Interviews = [.. after.Interviews.Select((w, i) => w with { Respondent = i < 5 ? w.Respondent : $"{w.Respondent}-new" })] };
        var overall = ResultsEngine.Compute(Given.Analysis(before, others)).Measure("independent-users").Overall;

        Assert.Equal((null, 0.5), (overall.NMatched, overall.Estimate!.Value.Value));
        Assert.Equal(("FewerThanTen", "FewerThanTen"), (overall.Change!.After.Reason, overall.Change.Test.P.Reason));
        Assert.Equal((null, true), (overall.Attrition!.Lost.Value, overall.Attrition.Announce)); // of 60 lost 55 would tell of 5
    }

    [Fact]
    public void A_small_group_takes_the_next_smallest_with_it_so_that_neither_can_be_worked_out()
    {
        var wave = new Simulation(1).Wave("I2", 0.5);
        string Language(int i) => i < 4 ? "si" : i < 60 ? "ta" : i < 200 ? "ne" : "hi";
        var results = ResultsEngine.Compute(Given.Analysis(null, wave with { Interviews = [.. wave.Interviews.Select((w, i) => w with { Language = Language(i) })] }));

        var cells = results.Measure("independent-users").ByLanguage;
        Assert.Equal(["hi", "ne", "si", "ta"], cells.Select(c => c.Key));
        Assert.Equal([false, false, true, true], cells.Select(c => c.Withheld));
        Assert.All(cells.Where(c => c.Withheld), c => Assert.Null(c.NPost));
    }

    [Fact]
    public void Two_small_groups_need_no_third_when_they_hold_ten_together()
    {
        var wave = new Simulation(1).Wave("I2", 0.5);
        string Language(int i) => i < 6 ? "si" : i < 13 ? "ta" : "hi";
        var results = ResultsEngine.Compute(Given.Analysis(null, wave with { Interviews = [.. wave.Interviews.Select((w, i) => w with { Language = Language(i) })] }));

        Assert.Equal([false, true, true], results.Measure("independent-users").ByLanguage.Select(c => c.Withheld));
    }

    [Fact]
    public void A_few_who_were_asked_only_once_are_left_out_of_the_level_and_of_the_counts()
    {
        var simulation = new Simulation(1);
        var results = ResultsEngine.Compute(Given.Analysis(simulation.Wave("I1", 0.5), simulation.Wave("I2", 0.5, isAsked: worker => worker > 3)));

        var overall = results.Measure("independent-users").Overall;
        Assert.Equal((476, 476, 476), (overall.NPre, overall.NPost, overall.NMatched));
        Assert.Equal(overall.Change!.Before.Value, overall.Before!.Value.Value);
        Assert.Equal((null, "FewerThanTen"), (overall.Attrition!.Lost.Value, overall.Attrition.Lost.Reason));
    }

    /// <summary>Languages of all sizes, people lost and new ones, some who say now that they speak another language: whatever is taken from what, ten people are left or none.</summary>
    [Fact]
    public void No_few_people_can_be_worked_out_by_subtraction_within_a_breakdown()
    {
        IReadOnlyList<IndicatorDefinition> definitions = [.. new[] { "independent-users", "support", "six-month-improvement", "areas-of-improvement" }.Select(Given.Definition)
            .Select(d => d with { Measures = [d.Measures[0] with { Alternatives = null, Observed = null }] })];
        var (told, withheld) = (0, 0);
        for (var seed = 1UL; seed <= 250; seed++)
        {
            var random = new SeededRandom(seed);
            var simulation = new Simulation(seed, facilities: 6, each: 5 + (int)random.Below(30));
            var (lost, fresh, languages) = (random.Below(30), random.Below(30), 2 + (int)random.Below(6));
            string Language(Interview i, int change) => $"l{Math.Min(languages - 1, BitOperations.TrailingZeroCount(i.Facility!.Value.ToByteArray()[0] * 31 + int.Parse(i.Respondent![2..], CultureInfo.InvariantCulture) + 1))}{((int)random.Below(100) < change ? "x" : "")}"; // each half as many as the one before
            Side Spoken(Side side, int change) => side with { Interviews = [.. side.Interviews.Select(i => i with { Language = Language(i, change) })] };
            var before = Spoken(simulation.Wave("I3", 0.5, isAsked: _ => random.Below(100) >= fresh), 0);
            var after = Spoken(simulation.Wave("I3", 0.6, isAsked: _ => random.Below(100) >= lost), 3);

            foreach (var measure in ResultsEngine.Compute(Given.Analysis(before, after, definitions: definitions)).SelectMany(r => r.Measures))
            {
                foreach (var parts in (IReadOnlyList<Cell>[])[measure.ByLanguage, measure.ByZone]) AssertTenOrNone(measure.Overall, parts, $"{seed} {measure.Measure}");
                told += measure.ByLanguage.Count(c => !c.Withheld);
                withheld += measure.ByLanguage.Count(c => c.Withheld);
            }
        }
        Assert.True(told > 1000 && withheld > 1000, $"{told} told, {withheld} withheld"); // neither extreme would prove anything
    }

    private static void AssertTenOrNone(Cell overall, IReadOnlyList<Cell> parts, string where)
    {
        var shown = parts.Where(p => !p.Withheld).ToList();
        foreach (var cell in shown.Prepend(overall).Where(c => !c.Withheld))
            Each(cell.NPre, cell.NPost, cell.NMatched, cell.NPre - cell.NMatched, cell.NPost - cell.NMatched, cell.NPre * cell.Attrition?.Lost.Value is { } lost ? (int)Math.Round(lost) : null);
        if (overall.Withheld) Assert.Empty(shown);
        else if (parts.Count > 0)
        {
            var (pre, post, matched) = (overall.NPre - shown.Sum(c => c.NPre), overall.NPost - shown.Sum(c => c.NPost), overall.NMatched - shown.Sum(c => c.NMatched));
            Each(pre, post, matched, pre - matched, post - matched);
            Assert.NotEqual(1, parts.Count(p => p.Withheld));
        }
        void Each(params int?[] people) => Assert.All(people, n => Assert.False(n is > -10 and < 0 or > 0 and < 10, $"{where}: {n} people"));
    }

    [Fact]
    public void What_is_told_of_a_group_is_the_share_among_as_many_as_it_says()
    {
        var simulation = new Simulation(3);
        var results = ResultsEngine.Compute(Given.Analysis(simulation.Wave("I1", 0.5), simulation.Wave("I2", 0.5, isAsked: worker => worker % 9 > 0)));

        var measure = results.Measure("independent-users");
        Assert.All(measure.ByLanguage.Concat(measure.ByZone).Prepend(measure.Overall), c =>
        {
            Assert.Equal(0, Fraction(c.Estimate!.Value.Value!.Value * c.NPost!.Value), 6);
            Assert.Equal(0, Fraction(c.Before!.Value.Value!.Value * c.NPre!.Value), 6);
        });
        Assert.Equal(measure.Overall.NMatched, measure.ByLanguage.Sum(c => c.NPost));
        static double Fraction(double x) => Math.Abs(x - Math.Round(x));
    }

    [Fact]
    public void No_sentence_speaks_of_causes_or_of_no_effect_and_all_say_when_respondents_are_made_up()
    {
        var simulation = new Simulation(2, facilities: 8, each: 15);
        var results = ResultsEngine.Compute(Given.Analysis(simulation.Wave("I1", 0.5), simulation.Wave("I3", 0.55), isSimulated: true));

        var sentences = results.SelectMany(r => r.Measures).SelectMany(m => m.ByLanguage.Concat(m.ByZone).Prepend(m.Overall)).Select(c => c.Sentence!).ToList();
        Assert.All(sentences, s => Assert.StartsWith("Simulated", s.En));
        Assert.All(sentences, s => Assert.StartsWith("بيانات محاكاة", s.Ar));
        foreach (var word in (string[])["no effect", "because of", "caused", "thanks to", "led to", "NaN", "∞"]) Assert.DoesNotContain(sentences, s => s.En.Contains(word, StringComparison.OrdinalIgnoreCase));
        Assert.Contains(sentences, s => s.En.Contains("this does not show that nothing changed"));
    }

    [Fact]
    public void No_answer_is_NaN_whatever_the_answers_are()
    {
        var wave = new Simulation(1, facilities: 3, each: 5).Wave("I3", 0.5);
        string?[] odd = ["", "NaN", "-1", "1e400", "banana", null, "dont_know", "5 4"];
        var broken = wave with { Interviews = [.. wave.Interviews.Select((w, i) => w with { Answers = w.Answers.ToDictionary(a => a.Key, _ => odd[i % odd.Length]) })] };

        foreach (var result in ResultsEngine.Compute(Given.Analysis(wave, broken)))
            Assert.DoesNotContain("NaN", Encoding.UTF8.GetString(ResultsEngine.Write(result)));
    }
}
