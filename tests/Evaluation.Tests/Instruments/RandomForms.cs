using BetterConnections.Evaluation.Instruments;
using FsCheck;
using FsCheck.Fluent;

namespace BetterConnections.Evaluation.Tests.Instruments;

/// <summary>Sound forms of any shape: nested groups, every type, texts with whatever a spreadsheet or XML might trip over.</summary>
internal static class RandomForms
{
    private static readonly string[] Pieces =
        ["a", "Hello", " ", "  ", "=1+1", "-2", "+", "@", "'", "\"", "<b>", "&amp;", "\n", "\t", "1", "007", "TRUE", "1e5", "_x0041_", "سؤال", "হ্যাঁ", "😀", "2026-11-22", "::", "]]>"];

    private static Gen<string> TextOf { get; } =
        from pieces in Gen.NonEmptyListOf(Gen.Elements(Pieces))
        let text = string.Concat(pieces)
        select string.IsNullOrWhiteSpace(text) ? "x" + text : text;

    private static Gen<Dictionary<string, string>> Texts { get; } =
        from en in TextOf
        from ar in TextOf
        from hi in Gen.OneOf(Gen.Constant<string?>(null), TextOf.Select(t => (string?)t))
        select hi is null ? new Dictionary<string, string> { ["en"] = en, ["ar"] = ar } : new() { ["en"] = en, ["ar"] = ar, ["hi"] = hi };

    private static Gen<Dictionary<string, string>?> MaybeTexts { get; } = Gen.OneOf(Gen.Constant<Dictionary<string, string>?>(null), Texts.Select(t => (Dictionary<string, string>?)t));

    private static Gen<Item> Leaf { get; } =
        from type in Gen.Elements(Enum.GetValues<ItemType>().Except([ItemType.Group]).ToArray())
        from label in Texts
        from hint in MaybeTexts
        from message in Texts
        from required in Gen.Elements(true, false)
        from constrained in Gen.Elements(true, false)
        from indicator in Gen.Elements([null, .. Indicators.Names.Keys])
        from polarity in Gen.Elements(Polarity.Positive, Polarity.Negative)
        let shown = new Item(type, "?", label, hint, Polarity: polarity, Indicators: indicator is null ? null : [indicator, Indicators.Support])
        select type switch
        {
            ItemType.Calculate => new Item(type, "?", Calculation: "concat('=', \"<\", ${first})"),
            _ when shown.IsHidden => new Item(type, "?"),
            ItemType.Note => shown,
            ItemType.SelectOne or ItemType.SelectMultiple => shown with { Scale = "YN", Required = required, Appearance = required ? "minimal" : null },
            ItemType.SelectOneFromFile => shown with { File = "workers.csv", ChoiceFilter = constrained ? "facility = ${first}" : null },
            _ => shown with { Required = required, Constraint = constrained ? ". != '-1'" : null, ConstraintMessage = constrained ? message : null },
        };

    private static Gen<Item> Any(int depth) => depth == 0 ? Leaf : Gen.Frequency((4, Leaf), (1,
        from label in MaybeTexts
        from items in Gen.NonEmptyListOf(Any(depth - 1)).Resize(4)
        select new Item(ItemType.Group, "?", label, Relevant: "${first} = 'yes'", Items: [.. items])));

    public static Arbitrary<InstrumentDefinition> Sound { get; } = (
        from items in Gen.ListOf(Any(3)).Resize(12)
        from title in TextOf
        from yes in Texts
        select Forms.Of([Forms.Choose("first"), .. Named([.. items])]) with
        {
            Title = title.Trim(),
            Scales = [new("YN", [new("yes", yes), Forms.YesNo.Choices[1]])],
            InstanceName = "concat('#', ${first})",
        }).ToArbitrary();

    /// <summary>Each item a name of its own, in the order of the form.</summary>
    private static IReadOnlyList<Item> Named(IReadOnlyList<Item> items)
    {
        var number = 0;
        return Name(items);

        IReadOnlyList<Item> Name(IReadOnlyList<Item> some) =>
            [.. some.Select(i => i with { Name = $"q-{++number}", Items = i.Items is null ? null : Name(i.Items) })];
    }
}
