using System.Text.RegularExpressions;
using System.Xml;
using BetterConnections.Evaluation.Results.Definitions;

namespace BetterConnections.Evaluation.Instruments;

/// <summary>One thing that keeps an instrument from being published.</summary>
/// <param name="Item">The item, the scale or <c>scale/choice</c>; null where it is the instrument as a whole.</param>
/// <param name="Member">Of the definition's JSON, where it stands: <c>relevant</c>, <c>label</c>, <c>instanceName</c>, …; <c>scales</c> for a scale.</param>
/// <param name="Language">Where it is one language's text.</param>
/// <param name="Indicator">Code of the one that could not be computed any more.</param>
public sealed record Problem(string Code, string? Item, string Member, string? Language, string Sentence, string? Indicator = null);

/// <summary>What a version is held against beside the rules for every form.</summary>
/// <param name="Before">The version published before it; null where it is the first.</param>
/// <param name="Indicators">As they are computed now.</param>
/// <param name="Recordings">Names of those that are there to go with it.</param>
public sealed record Standard(InstrumentDefinition? Before, IReadOnlyList<IndicatorDefinition> Indicators, IReadOnlyList<string> Recordings);

/// <summary>
/// Finds everything that survey apps would stumble over, or pass over in silence (a missing translation, a reference to nothing),
/// before a form reaches a phone.
/// </summary>
public sealed partial class Linter
{
    private const int LongestText = 4000, MostItems = 1000;

    [GeneratedRegex(@"^[A-Za-z_][A-Za-z0-9_-]{0,63}$")]
    private static partial Regex NodeName();

    [GeneratedRegex(@"^[A-Za-z0-9_]{1,32}$")]
    private static partial Regex ListName();

    private readonly InstrumentDefinition _form;
    private readonly Standard? _standard;
    private readonly List<PlacedItem> _items;
    private readonly List<Problem> _problems = [];

    private Linter(InstrumentDefinition form, Standard? standard)
    {
        (_form, _standard) = (form, standard);
        _items = [.. form.Placed()];
    }

    /// <summary>Every problem there is, in the order of the form; none means that the form can be rendered.</summary>
    /// <param name="standard">Null where it is not to be published, only looked at.</param>
    public static IReadOnlyList<Problem> Check(InstrumentDefinition form, Standard? standard = null)
    {
        var linter = new Linter(form, standard);
        linter.CheckForm();
        if (linter._items.Count > MostItems) return linter._problems;
        linter.CheckScales();
        foreach (var placed in linter._items) linter.CheckItem(placed.Item);
        linter._problems.AddRange(ExpressionLinter.Check(form, linter._items));
        if (standard is not null) linter._problems.AddRange(IndicatorLinter.Check(form, standard));
        return linter._problems;
    }

    private void Add(string code, string? item, string member, string sentence, string? language = null) => _problems.Add(new(code, item, member, language, sentence));

    private void CheckForm()
    {
        if (_form.Languages.Count == 0) Add("language_missing", null, "languages", "The form is complete in no language.");
        foreach (var language in _form.Languages.Where(l => !FormLanguages.IsKnown(l)))
            Add("language_unknown", null, "languages", $"'{language}' is none of the programme's languages.", language);
        foreach (var twice in _form.Languages.GroupBy(l => l).Where(g => g.Count() > 1))
            Add("language_twice", null, "languages", $"'{twice.Key}' is named twice.", twice.Key);
        CheckCharacters(_form.Title, null, "title", null);
        if (_items.Count > MostItems) Add("form_too_large", null, "items", $"A form has at most {MostItems} items.");
        if (_items.All(i => i.Item.IsHidden || i.Item.Type is ItemType.Group or ItemType.Note)) Add("question_missing", null, "items", "The form asks nothing.");
        foreach (var twice in _items.GroupBy(i => i.Item.Name).Where(g => g.Count() > 1))
            Add("name_taken", twice.Key, "name", $"{twice.Count()} items are called {twice.Key}; a name is unique in the whole form.");
        // CSV exports, OData and older databases do not tell AC1 from ac1.
        foreach (var near in _items.Select(i => i.Item.Name).Distinct().GroupBy(n => n, StringComparer.OrdinalIgnoreCase).Where(g => g.Count() > 1))
            Add("name_taken", near.Last(), "name", $"{string.Join(" and ", near)} differ in nothing but capitals.");
    }

    private void CheckScales()
    {
        foreach (var twice in _form.Scales.GroupBy(s => s.Name).Where(g => g.Count() > 1))
            Add("scale_twice", twice.Key, "scales", $"There are {twice.Count()} scales called {twice.Key}.");
        foreach (var scale in _form.Scales)
        {
            var name = scale.Name;
            if (!ListName().IsMatch(name) || ExternalFiles.OfInstance(name) is not null)
                Add("scale_name_not_valid", name, "scales", "A scale's name is letters, digits and underscores, and not that of a list that goes with the form.");
            if (scale.Choices.Count == 0) Add("choice_missing", name, "scales", "The scale has no choices.");
            foreach (var twice in scale.Choices.GroupBy(c => c.Value).Where(g => g.Count() > 1))
                Add("choice_twice", $"{name}/{twice.Key}", "value", $"{twice.Key} is there {twice.Count()} times.");
            foreach (var choice in scale.Choices)
            {
                var item = $"{name}/{choice.Value}";
                if (!NodeName().IsMatch("_" + choice.Value) || choice.Value.Length == 0) // blanks separate the answers of a select_multiple
                    Add("choice_value_not_valid", item, "value", "A choice's value is letters, digits, - and _, without blanks.");
                CheckText(choice.Label, item, "label", isNeeded: true);
                CheckAudio(choice.Audio, choice.Label, item);
            }
        }
    }

    private void CheckItem(Item item)
    {
        if (!NodeName().IsMatch(item.Name)) Add("name_not_valid", item.Name, "name", "A name begins with a letter and goes on with letters, digits, - and _.");
        if (item.Name is "meta") Add("name_not_valid", item.Name, "name", "meta is the form's own.");
        CheckText(item.Label, item.Name, "label", isNeeded: !item.IsHidden && item.Type != ItemType.Group);
        CheckAudio(item.Audio, item.Label, item.Name);
        CheckText(item.Hint, item.Name, "hint", isNeeded: false);
        CheckText(item.ConstraintMessage, item.Name, "constraintMessage", isNeeded: item.Constraint is not null);
        CheckChoices(item);
        if ((item.Type == ItemType.Calculate) != (item.Calculation is not null))
            Add("calculation_misplaced", item.Name, "calculation", "A calculate item has a calculation, and no other item has.");
        if ((item.Type == ItemType.Group) != (item.Items is { Count: > 0 })) Add("group_empty", item.Name, "items", "A group holds items, and nothing else does.");
        if (item.Required && (item.IsHidden || item.Type is ItemType.Group or ItemType.Note))
            Add("required_misplaced", item.Name, "required", "Only a question can be required.");
        if (item.ConstraintMessage is not null && item.Constraint is null) Add("constraint_missing", item.Name, "constraint", "There is a message, but no constraint.");
        if (item.Topic is { } topic && !Indicators.Topics.Contains(topic)) Add("topic_unknown", item.Name, "topic", $"'{topic}' is no topic of the toolkits.");
        foreach (var indicator in item.Indicators ?? [])
            if (!Indicators.Names.ContainsKey(indicator)) Add("indicator_unknown", item.Name, "indicators", $"'{indicator}' is none of the indicators.");
    }

    private void CheckChoices(Item item)
    {
        var fromList = item.Type is ItemType.SelectOne or ItemType.SelectMultiple;
        if (fromList && _form.ScaleNamed(item.Scale) is null) Add("scale_unknown", item.Name, "scale", $"There is no scale '{item.Scale}'.");
        if (!fromList && item.Scale is not null) Add("scale_misplaced", item.Name, "scale", "Only a select has a scale.");
        if (item.Type == ItemType.SelectOneFromFile && (item.File is null || !ExternalFiles.Columns.ContainsKey(item.File)))
            Add("file_unknown", item.Name, "file", $"'{item.File}' does not go with the form.");
        if (item.Type != ItemType.SelectOneFromFile && (item.File ?? item.ChoiceFilter) is not null)
            Add("file_misplaced", item.Name, item.File is null ? "choiceFilter" : "file", "Only a select from a file names one, or filters it.");
    }

    private void CheckText(Dictionary<string, string>? texts, string? item, string member, bool isNeeded)
    {
        foreach (var language in _form.Languages.Distinct())
        {
            var there = texts is not null && texts.TryGetValue(language, out var text) && !string.IsNullOrWhiteSpace(text);
            // What is said in one language is said in all of them.
            if (!there && (isNeeded || texts is { Count: > 0 })) Add("text_missing", item, member, $"The text is missing in {language}.", language);
        }
        foreach (var (language, text) in texts ?? [])
        {
            if (!FormLanguages.IsKnown(language)) Add("language_unknown", item, member, $"'{language}' is none of the programme's languages.", language);
            CheckCharacters(text, item, member, language);
        }
    }

    private void CheckAudio(Dictionary<string, string>? audio, Dictionary<string, string>? label, string item)
    {
        foreach (var (language, name) in audio ?? [])
        {
            if (!FormLanguages.IsKnown(language)) Add("language_unknown", item, "audio", $"'{language}' is none of the programme's languages.", language);
            if (label is not { Count: > 0 }) Add("audio_misplaced", item, "audio", "There is no label to be read aloud.", language);
            if (_standard?.Recordings.Contains(name) == false) Add("audio_unknown", item, "audio", $"There is no recording {name} with the instrument.", language);
        }
    }

    private void CheckCharacters(string? text, string? item, string member, string? language)
    {
        if (text is null) return;
        if (text.Length > LongestText) Add("text_too_long", item, member, $"A text has at most {LongestText} characters.", language);
        if (text.Contains("${", StringComparison.Ordinal)) Add("text_not_fixed", item, member, "A text is fixed; it cannot show another item's value.", language);
        try
        {
            XmlConvert.VerifyXmlChars(text);
        }
        catch (XmlException)
        {
            Add("text_not_xml", item, member, "The text holds a control character.", language);
        }
    }
}
