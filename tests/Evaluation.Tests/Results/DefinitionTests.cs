using BetterConnections.Evaluation.Instruments;
using BetterConnections.Evaluation.Results.Definitions;

namespace BetterConnections.Evaluation.Tests.Results;

public class DefinitionTests
{
    private static readonly IReadOnlyList<InstrumentDefinition> Instruments = ShippedInstruments.Read();

    private static IEnumerable<Measure> All => Given.Shipped.SelectMany(d => d.Measures).SelectMany(m => (IEnumerable<Measure>)[m, .. m.Alternatives ?? [], .. m.Observed is { } o ? [o] : (IEnumerable<Measure>)[]]);

    [Fact]
    public void There_are_eleven_under_the_names_they_always_had()
    {
        Assert.Equal(Enumerable.Range(1, 11), Given.Shipped.Select(d => d.Number));
        Assert.Equal(Indicators.Names.OrderBy(n => n.Key).ToDictionary(), Given.Shipped.OrderBy(d => d.Code).ToDictionary(d => d.Code, d => d.Name.En));
        Assert.All(Given.Shipped, d => Assert.NotEmpty(d.Name.Ar));
    }

    [Fact]
    public void Every_item_and_every_answer_that_counts_is_in_an_instrument_for_those_who_are_asked()
    {
        foreach (var measure in All)
        {
            foreach (var name in measure.Items)
            {
                var item = Instruments.Where(i => i.Respondent == measure.Asked).SelectMany(i => i.Placed().Select(p => (Instrument: i, p.Item))).FirstOrDefault(p => p.Item.Name == name);
                Assert.True(item.Item is not null, $"{measure.Code}: no {measure.Asked} is asked {name}");
                var answers = item.Instrument.ScaleNamed(item.Item.Scale)?.Choices.Select(c => c.Value).Except([MissingReasons.DontKnow, MissingReasons.Refused]).ToList();
                if (measure.Scoring is Scoring.OneOf or Scoring.Every or Scoring.Count)
                {
                    Assert.Equal(answers!.Order(), measure.Of!.Order());
                    Assert.Subset(measure.Of!.ToHashSet(), measure.Counts!.ToHashSet());
                }
                else Assert.True(measure.Least < measure.Most, measure.Code);
            }
        }
    }

    [Fact]
    public void The_planned_family_is_the_headline_of_2_4_5_10_and_11_and_two_of_6()
    {
        var confirmatory = Given.Shipped.SelectMany(d => d.Measures.Where(m => m.Family == Family.Confirmatory).Select(m => (d.Number, m.Code)));

        Assert.Equal([(2, "learning-materials"), (4, "confidence-computers"), (5, "confidence-internet"), (6, "improvement.family-and-friends"), (6, "improvement.mood-and-wellbeing"),
            (10, "independent-users"), (11, "six-months.happiness")], confirmatory);
    }

    [Fact]
    public void Tests_fit_what_is_estimated_and_codes_are_unique()
    {
        Assert.Distinct(Given.Shipped.SelectMany(d => d.Measures).Select(m => m.Code));
        foreach (var measure in All)
        {
            Assert.True(measure.Test switch
            {
                MeasureTest.McNemar => measure.Kind == MeasureKind.Share,
                MeasureTest.Wilcoxon => measure.Kind is MeasureKind.Median or MeasureKind.Mean,
                MeasureTest.Sign => measure.Kind is MeasureKind.ShareImproved or MeasureKind.ShareBetter,
                MeasureTest.Target => measure.Target is > 0 and < 1,
                _ => true,
            }, measure.Code);
            Assert.Equal(measure.Kind is MeasureKind.Median or MeasureKind.Mean, measure.Unit is not null);
            if (measure.Topic is { } topic) Assert.Contains(topic, Indicators.Topics);
        }
    }
}
