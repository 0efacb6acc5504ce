using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace BetterConnections.Evaluation.Instruments;

public enum RespondentGroup { Worker, Volunteer, Champion, Employer, Facility }

/// <summary>The question types of XLSForm that the instruments need; see <see cref="XlsForms.XlsFormTypes"/> for their names there.</summary>
public enum ItemType
{
    Text, Integer, Decimal, Date, Note, SelectOne, SelectMultiple, SelectOneFromFile, Barcode, Geopoint, Calculate, Group, Start, End, Today, DeviceId,
}

/// <summary>
/// Which end of an item's scale is the good one. Nothing turns the other way round: an indicator that adds such items up, or takes a rise for
/// better, does not accept it (<see cref="IndicatorLinter"/>).
/// </summary>
public enum Polarity { Positive, Negative }

/// <summary>A questionnaire as data: what the linter checks, XForms are rendered from and XLSForms are read into.</summary>
/// <param name="Code"><c>I1</c> to <c>I7</c> for the programme's own.</param>
/// <param name="FormId">How survey apps know the form, for all its versions.</param>
/// <param name="Title">One text in one or several languages: apps show it whatever language the form is filled in.</param>
/// <param name="Languages">ISO 639-1 codes in which every text is complete; the first is the default. Texts in others may stand in the items, but are not shown.</param>
/// <param name="Scales">The lists of choices; the items share them.</param>
/// <param name="InstanceName">An expression for what apps call a filled form.</param>
public sealed record InstrumentDefinition(
    [property: JsonRequired, RegularExpression("[A-Z][A-Z0-9]{0,9}")] string Code,
    [property: JsonRequired, RegularExpression("[A-Za-z][A-Za-z0-9_.-]{0,63}")] string FormId,
    [property: JsonRequired, StringLength(200, MinimumLength = 1)] string Title,
    [property: JsonRequired] RespondentGroup Respondent,
    [property: JsonRequired] IReadOnlyList<string> Languages,
    [property: JsonRequired] IReadOnlyList<Scale> Scales,
    [property: JsonRequired] IReadOnlyList<Item> Items,
    [property: StringLength(2000)] string? Description = null,
    [property: StringLength(1000)] string? InstanceName = null)
{
    /// <summary>Every item of the form with its place, groups before what they hold.</summary>
    public IEnumerable<PlacedItem> Placed() => Place(Items, "/data", []);

    /// <summary>Null where there is none of this name.</summary>
    public Scale? ScaleNamed(string? name) => Scales.FirstOrDefault(s => s.Name == name);

    private static IEnumerable<PlacedItem> Place(IEnumerable<Item> items, string under, IReadOnlyList<Item> groups)
    {
        foreach (var item in items)
        {
            var path = $"{under}/{item.Name}";
            yield return new(item, path, groups);
            foreach (var inner in Place(item.Items ?? [], path, [.. groups, item])) yield return inner;
        }
    }
}

/// <param name="Path">XPath of its node, <c>/data/interview/AC1</c>.</param>
/// <param name="Groups">The groups around it, outermost first.</param>
public sealed record PlacedItem(Item Item, string Path, IReadOnlyList<Item> Groups);

/// <summary>One question, note, calculation or group. Texts are by language; expressions are XPath with <c>${name}</c> for other items.</summary>
/// <param name="Name">The item's code and its node in the form; unique in the form, whatever group it is in.</param>
/// <param name="Scale">Of select items: the list of choices.</param>
/// <param name="File">Of <see cref="ItemType.SelectOneFromFile"/>: one of <see cref="ExternalFiles"/>.</param>
/// <param name="ChoiceFilter">Of a select from a file: which of its rows are offered.</param>
/// <param name="Indicators">Codes of <see cref="Indicators"/> that the item feeds.</param>
/// <param name="Topic">Slug of the toolkit topic whose success it tells of.</param>
/// <param name="Items">What a group holds.</param>
/// <param name="Audio">Names of recordings (<see cref="InstrumentFile"/>) of the label read aloud, by language; not every language needs one.</param>
public sealed record Item(
    [property: JsonRequired] ItemType Type,
    [property: JsonRequired] string Name,
    Dictionary<string, string>? Label = null,
    Dictionary<string, string>? Hint = null,
    string? Scale = null,
    string? File = null,
    bool Required = false,
    string? Relevant = null,
    string? Constraint = null,
    Dictionary<string, string>? ConstraintMessage = null,
    string? Calculation = null,
    string? ChoiceFilter = null,
    [property: StringLength(Item.LongestAppearance)] string? Appearance = null,
    Polarity Polarity = Polarity.Positive,
    string? Topic = null,
    IReadOnlyList<string>? Indicators = null,
    IReadOnlyList<Item>? Items = null,
    Dictionary<string, string>? Audio = null)
{
    public const int LongestAppearance = 100;

    public bool IsSelect => Type is ItemType.SelectOne or ItemType.SelectMultiple or ItemType.SelectOneFromFile;

    /// <summary>Filled by the app and never seen.</summary>
    public bool IsHidden => Type is ItemType.Calculate or ItemType.Start or ItemType.End or ItemType.Today or ItemType.DeviceId;

    /// <summary>The expressions that decide when its value is settled; a circle of these stops survey apps from opening a form.</summary>
    public IEnumerable<string> Dependencies => new[] { Relevant, Calculation, ChoiceFilter }.OfType<string>();

    /// <summary>Every expression by the member it stands in; a choice filter is about the rows of a list.</summary>
    public IEnumerable<(string Member, string Text, string? RowsOf)> Expressions =>
        from e in new[]
        {
            ("relevant", Relevant, null), ("constraint", Constraint, null), ("calculation", Calculation, null),
            ("choiceFilter", ChoiceFilter, File is null ? null : ExternalFiles.InstanceOf(File)),
        }
        where e.Item2 is not null
        select (e.Item1, e.Item2, e.Item3);
}

/// <summary>A list of choices that items share.</summary>
public sealed record Scale([property: JsonRequired] string Name, [property: JsonRequired] IReadOnlyList<Choice> Choices);

/// <param name="Value">What is stored; <see cref="MissingReasons"/> are no answers, but the reason for having none.</param>
/// <param name="Audio">As of an item.</param>
public sealed record Choice([property: JsonRequired] string Value, [property: JsonRequired] Dictionary<string, string> Label, Dictionary<string, string>? Audio = null);

/// <summary>The choices that say why there is no answer. "Not asked" is an absent node; "technical" is written by reviewers.</summary>
public static class MissingReasons
{
    public const string DontKnow = "dont_know";
    public const string Refused = "refused";
}
