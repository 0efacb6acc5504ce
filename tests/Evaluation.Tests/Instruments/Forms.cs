using BetterConnections.Evaluation.Instruments;

namespace BetterConnections.Evaluation.Tests.Instruments;

/// <summary>Small sound forms for tests to use and to spoil.</summary>
internal static class Forms
{
    public static Dictionary<string, string> Text(string english, string? arabic = null) => new() { ["en"] = english, ["ar"] = arabic ?? english + " (ع)" };

    public static Scale YesNo { get; } = new("YN", [new("yes", Text("Yes", "نعم")), new("no", Text("No", "لا"))]);

    public static Item Ask(string name, ItemType type = ItemType.Integer) => new(type, name, Text($"What is {name}?"));

    public static Item Choose(string name) => Ask(name, ItemType.SelectOne) with { Scale = "YN", Required = true };

    /// <summary>An instrument of its own each time: code and form id are used by no other.</summary>
    public static InstrumentDefinition Of(params Item[] items)
    {
        var unique = Guid.NewGuid().ToString("n")[..9].ToUpperInvariant();
        return new($"T{unique}", $"test-{unique}", "A test form", RespondentGroup.Worker, ["en", "ar"], [YesNo], items);
    }
}
