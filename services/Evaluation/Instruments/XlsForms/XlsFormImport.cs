namespace BetterConnections.Evaluation.Instruments.XlsForms;

/// <summary>What in a workbook is not understood, by the place its author sees.</summary>
/// <param name="Row">As the spreadsheet counts; null where it is the sheet as a whole.</param>
public sealed record XlsFormError(string Sheet, int? Row, string? Column, string Code, string Sentence);

/// <summary>Reads an XLSForm into a definition. Nothing is skipped: what it does not know is an error with sheet, row and column.</summary>
internal sealed class XlsFormImport
{
    private static readonly string[] Translated = ["label", "hint", "constraint_message", "audio"];
    private static readonly HashSet<string> SurveyColumns =
        ["type", "name", "required", "relevant", "constraint", "calculation", "appearance", "choice_filter", "bc_topic", "bc_indicators", "bc_polarity"];
    private static readonly HashSet<string> ChoiceColumns = ["list_name", "name"];
    private static readonly HashSet<string> SettingColumns =
        ["form_title", "form_id", "version", "default_language", "instance_name", "bc_code", "bc_respondent", "bc_languages", "bc_description"];

    private readonly Dictionary<string, List<XlsRow>> _sheets;
    private readonly List<XlsFormError> _errors = [];
    private readonly List<string> _languages = [];
    private readonly XlsRow _settings;
    private readonly XlsFormPlaces _places;

    private XlsFormImport(Dictionary<string, List<XlsRow>> sheets)
    {
        _sheets = sheets;
        _settings = sheets.GetValueOrDefault(XlsFormTypes.Settings)?.FirstOrDefault() ?? new(1, new Dictionary<string, string>());
        _places = new(sheets, DefaultLanguage);
    }

    /// <summary>The form's id, by which a known instrument is recognised.</summary>
    public static string FormIdOf(Dictionary<string, List<XlsRow>> sheets) => new XlsFormImport(sheets)._settings.Word("form_id");

    /// <param name="code">The instrument's code, where the settings do not say.</param>
    /// <param name="respondent">Who is asked, where the settings do not say.</param>
    /// <returns>Nothing but errors where anything is not understood; with a definition, where its parts stand.</returns>
    public static (InstrumentDefinition? Definition, IReadOnlyList<XlsFormError> Errors, XlsFormPlaces Places) Read(Dictionary<string, List<XlsRow>> sheets, string? code,
        RespondentGroup? respondent)
    {
        var import = new XlsFormImport(sheets);
        var definition = import.Read(code, respondent);
        return import._errors.Count > 0 ? (null, import._errors, import._places) : (definition, [], import._places);
    }

    private void Error(string sheet, int? row, string? column, string code, string sentence) => _errors.Add(new(sheet, row, column, code, sentence));

    private void SettingError(string column, string code, string sentence) =>
        Error(XlsFormTypes.Settings, Sheet(XlsFormTypes.Settings).Count > 0 ? _settings.Number : null, column, code, sentence);

    private List<XlsRow> Sheet(string name) => _sheets.GetValueOrDefault(name, []);

    private InstrumentDefinition Read(string? code, RespondentGroup? respondent)
    {
        foreach (var name in _sheets.Keys.Where(n => XlsFormTypes.UnsupportedSheets.Contains(n) && Sheet(n).Count > 0))
            Error(name, null, null, "sheet_unsupported", $"The sheet {name} is not supported.");
        if (Sheet(XlsFormTypes.Survey).Count == 0) Error(XlsFormTypes.Survey, null, null, "sheet_missing", "There is no survey sheet, or nothing on it.");
        if (Sheet(XlsFormTypes.Settings).Count > 1) Error(XlsFormTypes.Settings, Sheet(XlsFormTypes.Settings)[1].Number, null, "row_unsupported", "Settings are one row.");
        CheckColumns(XlsFormTypes.Settings, SettingColumns, []);
        CheckColumns(XlsFormTypes.Survey, SurveyColumns, Translated);
        CheckColumns(XlsFormTypes.Choices, ChoiceColumns, ["label", "audio"]);

        code = Setting("bc_code") ?? code;
        if (code is null) SettingError("bc_code", "code_missing", "Say which instrument it is: bc_code in the settings, or code in the address.");
        if (FormLanguages.CodeIn(Setting("default_language") ?? "en") is null)
            SettingError("default_language", "language_unknown", "The default language is none of the programme's; end it with (en), (ar), …");
        if (Setting("form_id") is null) SettingError("form_id", "form_id_missing", "The settings have no form_id.");
        if (Setting("bc_respondent") is not null) respondent = OfWord<RespondentGroup>(XlsFormTypes.Settings, _settings, "bc_respondent");
        if (respondent is null) SettingError("bc_respondent", "respondent_missing", "Say who is asked: bc_respondent in the settings, or respondent in the address.");

        var scales = Scales();
        var items = Items();
        var languages = Setting("bc_languages")?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [.. _languages.OrderByDescending(l => l == DefaultLanguage)];
        return new(code ?? "", Setting("form_id") ?? "", Setting("form_title") ?? Setting("form_id") ?? "", respondent ?? default, languages, scales, items,
            Setting("bc_description"), _settings.Text("instance_name"));
    }

    private string? Setting(string name) => _settings.Word(name) is { Length: > 0 } text ? text : null;

    private string DefaultLanguage => FormLanguages.CodeIn(Setting("default_language") ?? "en") ?? "en";

    private void CheckColumns(string sheet, HashSet<string> known, string[] translated)
    {
        foreach (var row in Sheet(sheet))
            foreach (var column in row.Cells.Keys.Where(c => !known.Contains(c)))
            {
                var parts = column.Split("::");
                if (!translated.Contains(parts[0])) Error(sheet, row.Number, column, "column_unsupported", $"The column {column} is not supported.");
                else if (_places.LanguageOf(parts) is not { } language) Error(sheet, row.Number, column, "language_unknown", $"{column} names none of the programme's languages; end it with (en), (ar), …");
                else if (!_languages.Contains(language)) _languages.Add(language);
            }
    }

    private Dictionary<string, string>? Texts(XlsRow row, string what)
    {
        var texts = new Dictionary<string, string>();
        foreach (var (column, text) in row.Cells)
            if (column.Split("::") is var parts && parts[0] == what && _places.LanguageOf(parts) is { } language) texts[language] = text;
        return texts.Count > 0 ? texts : null;
    }

    private List<Scale> Scales()
    {
        foreach (var row in Sheet(XlsFormTypes.Choices))
            foreach (var needed in ChoiceColumns.Where(c => row.Word(c).Length == 0))
                Error(XlsFormTypes.Choices, row.Number, needed, "cell_missing", $"The choice has no {needed}.");
        RefuseTwice(XlsFormTypes.Choices, Sheet(XlsFormTypes.Choices).Where(r => r.Word("name").Length > 0), r => (r.Word("list_name"), r.Word("name")), "choice_twice", "The list has this choice already");
        return [.. Sheet(XlsFormTypes.Choices).GroupBy(r => r.Word("list_name"))
            .Select(list => new Scale(list.Key, [.. list.Select(r => new Choice(r.Word("name"), Texts(r, "label") ?? [], Texts(r, "audio")))]))];
    }

    private List<Item> Items()
    {
        var groups = new Stack<(XlsRow Begin, List<Item> Outer)>();
        var items = new List<Item>();
        foreach (var row in Sheet(XlsFormTypes.Survey))
        {
            var type = row.Word("type");
            if (XlsFormTypes.IsEndOfGroup(type))
            {
                if (!groups.TryPop(out var group))
                {
                    Error(XlsFormTypes.Survey, row.Number, "type", "group_not_begun", "No group is open here.");
                    continue;
                }
                group.Outer.Add(ItemOf(group.Begin, ItemType.Group, null, items));
                items = group.Outer;
            }
            else if (XlsFormTypes.Read(type) is not { } read)
                Error(XlsFormTypes.Survey, row.Number, "type", "type_unsupported", type.Length == 0 ? "The row has no type." : $"The type '{type}' is not supported.");
            else if (read.Type == ItemType.Group)
            {
                groups.Push((row, items));
                items = [];
            }
            else items.Add(ItemOf(row, read.Type, read.List, null));
        }
        var named = Sheet(XlsFormTypes.Survey).Where(r => !XlsFormTypes.IsEndOfGroup(r.Word("type"))).ToList();
        foreach (var row in named.Where(r => r.Word("name").Length == 0)) Error(XlsFormTypes.Survey, row.Number, "name", "cell_missing", "The row has no name.");
        RefuseTwice(XlsFormTypes.Survey, named.Where(r => r.Word("name").Length > 0), r => r.Word("name"), "name_taken", "This name is taken already");
        foreach (var (begin, _) in groups) Error(XlsFormTypes.Survey, begin.Number, "type", "group_not_ended", "The group that begins here never ends.");
        return items;
    }

    /// <summary>Later nothing could tell the two rows apart.</summary>
    private void RefuseTwice<T>(string sheet, IEnumerable<XlsRow> rows, Func<XlsRow, T> key, string code, string sentence)
    {
        foreach (var same in rows.GroupBy(key))
            foreach (var row in same.Skip(1)) Error(sheet, row.Number, "name", code, $"{sentence}, in row {same.First().Number}.");
    }

    private Item ItemOf(XlsRow row, ItemType type, string? list, List<Item>? items)
    {
        var isFromFile = type == ItemType.SelectOneFromFile;
        return new(type, row.Word("name"), Texts(row, "label"), Texts(row, "hint"), isFromFile ? null : list, isFromFile ? list : null, Required(row),
            row.Text("relevant"), row.Text("constraint"), Texts(row, "constraint_message"), row.Text("calculation"), row.Text("choice_filter"),
            Appearance(row), OfWord<Polarity>(XlsFormTypes.Survey, row, "bc_polarity"), row.Word("bc_topic") is { Length: > 0 } topic ? topic : null,
            row.Text("bc_indicators")?.Split(' ', StringSplitOptions.RemoveEmptyEntries), items, Texts(row, "audio"));
    }

    private string? Appearance(XlsRow row)
    {
        var text = row.Text("appearance");
        if (text?.Length > Item.LongestAppearance) Error(XlsFormTypes.Survey, row.Number, "appearance", "value_unsupported", $"appearance has at most {Item.LongestAppearance} characters.");
        return text;
    }

    private bool Required(XlsRow row)
    {
        switch (row.Word("required").ToLowerInvariant())
        {
            case "yes" or "true" or "true()":
                return true;
            case "" or "no" or "false" or "false()":
                return false;
            default:
                Error(XlsFormTypes.Survey, row.Number, "required", "value_unsupported", "required is yes or no.");
                return false;
        }
    }

    private T OfWord<T>(string sheet, XlsRow row, string column) where T : struct, Enum
    {
        if (row.Word(column) is not { Length: > 0 } word) return default;
        if (Enum.TryParse<T>(word, ignoreCase: true, out var value) && Enum.IsDefined(value)) return value;
        Error(sheet, row.Number, column, "value_unsupported", $"{column} is one of {string.Join(", ", Enum.GetNames<T>())}.");
        return default;
    }
}
