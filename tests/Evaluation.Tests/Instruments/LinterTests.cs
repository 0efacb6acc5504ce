using BetterConnections.Evaluation.Instruments;
using BetterConnections.Evaluation.Results.Definitions;

namespace BetterConnections.Evaluation.Tests.Instruments;

public class LinterTests
{
    private static readonly Item Age = Forms.Ask("age");

    /// <summary>A spoilt form, and the one problem it should be found to have.</summary>
    public static readonly TheoryData<string, string?, InstrumentDefinition> Spoilt = new()
    {
        { "text_missing", "age", Forms.Of(Age with { Label = new() { ["en"] = "Age?" } }) },
        { "text_missing", "age", Forms.Of(Age with { Label = new() { ["en"] = "Age?", ["ar"] = " " } }) },
        { "text_missing", "age", Forms.Of(Age with { Hint = new() { ["ar"] = "بالسنوات" } }) },
        { "text_missing", "YN/yes", Forms.Of(Forms.Choose("a")) with { Scales = [new("YN", [new("yes", new() { ["en"] = "Yes" }), Forms.YesNo.Choices[1]])] } },
        { "text_missing", "age", Forms.Of(Age with { Constraint = ". > 1", ConstraintMessage = new() { ["en"] = "Too low" } }) },
        { "text_not_xml", "age", Forms.Of(Age with { Label = Forms.Text("bell \a") }) },
        { "text_not_xml", "age", Forms.Of(Age with { Label = new() { ["en"] = "half a sign \ud83d", ["ar"] = "س" } }) },
        { "text_not_fixed", "age", Forms.Of(Age with { Label = Forms.Text("You said ${age}") }) },
        { "language_unknown", null, Forms.Of() with { Languages = ["en", "xx"], Items = [Age with { Label = new() { ["en"] = "a", ["xx"] = "b" } }], Scales = [] } },
        { "language_missing", null, Forms.Of(Age) with { Languages = [] } },
        { "language_twice", null, Forms.Of(Age) with { Languages = ["en", "ar", "en"] } },
        { "question_missing", null, Forms.Of(new Item(ItemType.Note, "hello", Forms.Text("Hello"))) },
        { "name_taken", "age", Forms.Of(Age, new Item(ItemType.Group, "g", Items: [Age])) },
        { "name_taken", "Age", Forms.Of(Age, Forms.Ask("Age")) },
        { "name_not_valid", "1st", Forms.Of(Forms.Ask("1st")) },
        { "name_not_valid", "العمر", Forms.Of(Forms.Ask("العمر")) },
        { "name_not_valid", "meta", Forms.Of(Forms.Ask("meta")) },
        { "scale_unknown", "a", Forms.Of(Forms.Choose("a")) with { Scales = [] } },
        { "scale_misplaced", "age", Forms.Of(Age with { Scale = "YN" }) },
        { "scale_twice", "YN", Forms.Of(Forms.Choose("a")) with { Scales = [Forms.YesNo, Forms.YesNo] } },
        { "scale_name_not_valid", "Y-N", Forms.Of(Age) with { Scales = [Forms.YesNo with { Name = "Y-N" }] } },
        { "choice_twice", "YN/yes", Forms.Of(Age) with { Scales = [new("YN", [.. Forms.YesNo.Choices, Forms.YesNo.Choices[0]])] } },
        { "choice_value_not_valid", "YN/oh yes", Forms.Of(Age) with { Scales = [new("YN", [Forms.YesNo.Choices[0] with { Value = "oh yes" }])] } },
        { "choice_missing", "YN", Forms.Of(Age) with { Scales = [new("YN", [])] } },
        { "file_unknown", "f", Forms.Of(Forms.Ask("f", ItemType.SelectOneFromFile) with { File = "employers.csv" }) },
        { "file_unknown", "age", Forms.Of(Age with { Relevant = "pulldata('secrets', 'name', 'card', 1) = 1" }) },
        { "file_column_unknown", "age", Forms.Of(Age with { Relevant = "pulldata('workers', 'salary', 'card', 1) = 1" }) },
        { "file_misplaced", "age", Forms.Of(Age with { File = "facilities.csv" }) },
        { "reference_unknown", "age", Forms.Of(Age with { Relevant = "${height} > 1" }) },
        { "reference_without_value", "age", Forms.Of(Age with { Relevant = "${n} = ''" }, new Item(ItemType.Note, "n", Forms.Text("Hello"))) },
        { "expression_not_valid", "age", Forms.Of(Age with { Relevant = "position(.) = 1" }) },
        { "expression_not_valid", null, Forms.Of(Age) with { InstanceName = "concat(" } },
        { "expression_circular", "age", Forms.Of(Age with { Relevant = "${age} > 1" }) },
        { "expression_circular", "inner", Forms.Of(new Item(ItemType.Group, "g", Relevant: "${inner} = 1", Items: [Forms.Ask("inner")])) },
        { "calculation_misplaced", "age", Forms.Of(Age with { Calculation = "1" }) },
        { "calculation_misplaced", "c", Forms.Of(Age, new Item(ItemType.Calculate, "c")) },
        { "constraint_missing", "age", Forms.Of(Age with { ConstraintMessage = Forms.Text("No") }) },
        { "required_misplaced", "n", Forms.Of(Age, new Item(ItemType.Note, "n", Forms.Text("Hello"), Required: true)) },
        { "group_empty", "g", Forms.Of(Age, new Item(ItemType.Group, "g", Items: [])) },
        { "group_empty", "age", Forms.Of(Age with { Items = [Forms.Ask("inner")] }) },
        { "topic_unknown", "age", Forms.Of(Age with { Topic = "cooking" }) },
        { "audio_misplaced", "c", Forms.Of(Age, new Item(ItemType.Calculate, "c", Calculation: "1", Audio: new() { ["en"] = "c.mp3" })) },
        { "language_unknown", "age", Forms.Of(Age with { Audio = new() { ["xx"] = "age.mp3" } }) },
        { "indicator_unknown", "age", Forms.Of(Age with { Indicators = ["happiness"] }) },
        { "form_too_large", null, Forms.Of([.. Enumerable.Range(0, 1001).Select(i => Forms.Ask($"q{i}"))]) },
    };

    [Theory]
    [MemberData(nameof(Spoilt), DisableDiscoveryEnumeration = true)]
    public void Each_fault_is_found_and_named_by_item(string code, string? item, InstrumentDefinition form) =>
        Assert.Contains(Linter.Check(form), p => (p.Code, p.Item) == (code, item) && p.Sentence.Length > 0);

    [Fact]
    public void A_fault_is_reported_once_and_with_its_language()
    {
        var problem = Assert.Single(Linter.Check(Forms.Of(Age with { Label = new() { ["en"] = "Age?" } })));
        Assert.Equal(("text_missing", "age", "ar"), (problem.Code, problem.Item, problem.Language));
    }

    /// <summary>A worker questionnaire of which lab-access is computed, as it was and as it shall be.</summary>
    public static readonly TheoryData<string, string, string, InstrumentDefinition> AgainstIndicators = new()
    {
        { "indicator_item_missing", "AC1", "items", Forms.Of(Age) },
        { "indicator_item_missing", "AC1", "items", Forms.Of(Age, Forms.Choose("AC1")) with { Respondent = RespondentGroup.Champion } },
        { "indicator_item_changed", "AC1", "type", Forms.Of(Forms.Ask("AC1")) },
        { "indicator_item_changed", "AC1", "scale", Forms.Of(Forms.Ask("AC1", ItemType.SelectMultiple) with { Scale = "YN" }) },
        { "indicator_item_changed", "AC1", "scale", Forms.Of(Forms.Choose("AC1")) with { Scales = [new("YN", [.. Forms.YesNo.Choices, new("sometimes", Forms.Text("Sometimes"))])] } },
        { "indicator_item_changed", "AC1", "scale", Forms.Of(Forms.Choose("AC1")) with { Scales = [new("YN", [Forms.YesNo.Choices[0]])] } },
        { "indicator_item_changed", "AC2", "scale", Forms.Of(Forms.Choose("AC1"), Forms.Choose("AC2") with { Scale = "F5" }) with { Scales = [Forms.YesNo, Frequency(4)] } },
        { "indicator_item_changed", "AC2", "type", Forms.Of(Forms.Choose("AC1"), Forms.Ask("AC2", ItemType.Text)) },
    };

    [Theory]
    [MemberData(nameof(AgainstIndicators), DisableDiscoveryEnumeration = true)]
    public void What_an_indicator_could_not_be_computed_from_any_more_is_named_with_it(string code, string item, string member, InstrumentDefinition next)
    {
        var problem = Assert.Single(Linter.Check(next, Standard), p => p.Indicator is not null);
        Assert.Equal((code, item, member, "lab-access"), (problem.Code, problem.Item, problem.Member, problem.Indicator));
        Assert.Contains("lab-access", problem.Sentence);
        Assert.Contains(item, problem.Sentence);
    }

    [Theory]
    [InlineData("WB2", "improvement.wellbeing-score")] // added up
    [InlineData("CD2", "confidence-computers.score")] // averaged
    [InlineData("AI-a", "improvement.family-and-friends")] // a rise is an improvement
    public void An_item_whose_good_end_is_the_other_one_is_not_counted_the_wrong_way_round(string name, string measure)
    {
        var indicator = Standard.Indicators.Single(i => i.Measures.Any(m => m.Code == measure));
        var item = Forms.Choose(name) with { Scale = "N" };
        var form = Forms.Of(item) with { Scales = [new("N", [.. Enumerable.Range(name == "WB2" ? 0 : 1, name == "WB2" ? 6 : 5).Select(n => new Choice($"{n}", Forms.Text($"{n}")))])] };
        Assert.Empty(Linter.Check(form, Standard with { Before = null }));

        var problems = Linter.Check(form with { Items = [item with { Polarity = Polarity.Negative }] }, Standard with { Before = null });

        var problem = Assert.Single(problems, p => p.Indicator == indicator.Code);
        Assert.Equal(("indicator_item_changed", name, "polarity"), (problem.Code, problem.Item, problem.Member));
    }

    [Fact]
    public void An_item_of_an_indicator_may_get_reasons_for_no_answer_and_its_neighbours_may_go()
    {
        Scale withReasons = new("YN", [.. Forms.YesNo.Choices, new(MissingReasons.Refused, Forms.Text("Rather not")), new(MissingReasons.DontKnow, Forms.Text("I don't know"))]);
        Assert.Empty(Linter.Check(Forms.Of(Forms.Choose("AC1"), Forms.Choose("AC2") with { Scale = "F5" }, Forms.Choose("new")) with { Scales = [withReasons, Frequency(5)] }, Standard));
        // Whom nobody asked it before need not be asked now, and another group's item of this name is its own.
        Assert.Empty(Linter.Check(Forms.Of(Age), Standard with { Before = null }));
        Assert.Empty(Linter.Check(Forms.Of(Forms.Ask("AC1")) with { Respondent = RespondentGroup.Employer }, Standard with { Before = null }));
    }

    private static Standard Standard { get; } = new(Forms.Of(Age, Forms.Choose("AC1")), ShippedIndicators.Read(), []);

    private static Scale Frequency(int most) => new("F5", [.. Enumerable.Range(0, most + 1).Select(n => new Choice($"{n}", Forms.Text($"{n} times")))]);

    [Fact]
    public void A_circle_names_everyone_in_it_and_nobody_outside()
    {
        var form = Forms.Of(
            Forms.Ask("a") with { Relevant = "${b} = 1" }, Forms.Ask("b") with { Relevant = "${c} = 1" }, Forms.Ask("c") with { Relevant = "${a} = 1" },
            Forms.Ask("after") with { Relevant = "${a} = 1" }, Forms.Ask("free") with { Constraint = ". < 5", ConstraintMessage = Forms.Text("Less") });
        Assert.Equal(["a", "b", "c"], Linter.Check(form).Where(p => p.Code == "expression_circular").Select(p => p.Item).Order());
    }

    [Fact]
    public void A_text_in_a_language_that_is_not_offered_yet_may_be_unfinished() =>
        Assert.Empty(Linter.Check(Forms.Of(Age with { Label = new() { ["en"] = "Age?", ["ar"] = "العمر؟", ["hi"] = "आयु?" } }, Forms.Choose("a"))));
}
