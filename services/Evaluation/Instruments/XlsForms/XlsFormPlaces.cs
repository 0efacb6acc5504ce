namespace BetterConnections.Evaluation.Instruments.XlsForms;

/// <summary>Where in a workbook stands what is wrong with the definition that was read from it.</summary>
internal sealed class XlsFormPlaces(Dictionary<string, List<XlsRow>> sheets, string defaultLanguage)
{
    /// <summary>Headings of members that are not called the same.</summary>
    private static readonly Dictionary<string, string> Headings = new()
    {
        ["constraintMessage"] = "constraint_message",
        ["choiceFilter"] = "choice_filter",
        ["scale"] = "type",
        ["file"] = "type",
        ["items"] = "type",
        ["topic"] = "bc_topic",
        ["indicators"] = "bc_indicators",
        ["polarity"] = "bc_polarity",
        ["scales"] = "list_name",
        ["value"] = "name",
        ["code"] = "bc_code",
        ["formId"] = "form_id",
        ["title"] = "form_title",
        ["description"] = "bc_description",
        ["instanceName"] = "instance_name",
        ["languages"] = "bc_languages",
    };

    public XlsFormError Of(Problem problem)
    {
        var (sheet, row) = RowOf(problem);
        return new(sheet, row?.Number, row is null ? null : Heading(sheet, problem.Member, problem.Language), problem.Code, problem.Sentence);
    }

    /// <summary>A setting, by the name of the member that it became.</summary>
    public XlsFormError OfSetting(string member, string code, string sentence) =>
        Of(new(code, null, char.ToLowerInvariant(member[0]) + member[1..], null, sentence));

    private (string Sheet, XlsRow? Row) RowOf(Problem problem) => problem switch
    {
        { Item: null, Member: "items" } => (XlsFormTypes.Survey, null),
        { Item: null } => (XlsFormTypes.Settings, Rows(XlsFormTypes.Settings).FirstOrDefault()),
        { Member: "scales" } => (XlsFormTypes.Choices, Rows(XlsFormTypes.Choices).FirstOrDefault(r => r.Word("list_name") == problem.Item)),
        _ when Rows(XlsFormTypes.Survey).FirstOrDefault(r => r.Word("name") == problem.Item && !XlsFormTypes.IsEndOfGroup(r.Word("type"))) is { } item => (XlsFormTypes.Survey, item),
        _ when problem.Item.Split('/', 2) is [var list, var value] => (XlsFormTypes.Choices, Rows(XlsFormTypes.Choices).FirstOrDefault(r => (r.Word("list_name"), r.Word("name")) == (list, value))),
        _ => (XlsFormTypes.Survey, null), // it is not there, which is what is wrong
    };

    private List<XlsRow> Rows(string sheet) => sheets.GetValueOrDefault(sheet, []);

    /// <summary>As its author wrote it, <c>label::Arabic (ar)</c>; where there is no such column, as it would be called.</summary>
    private string Heading(string sheet, string member, string? language)
    {
        var heading = Headings.GetValueOrDefault(member, member);
        if (language is null || sheet == XlsFormTypes.Settings) return heading;
        return Rows(sheet).SelectMany(r => r.Cells.Keys).FirstOrDefault(k => k.Split("::") is var parts && parts[0] == heading && LanguageOf(parts) == language)
            ?? $"{heading}::{(FormLanguages.IsKnown(language) ? FormLanguages.NameOf(language) : language)}";
    }

    /// <summary>The language of a heading <c>label::Arabic (ar)</c>, or of <c>label</c> alone; null where it is none of the programme's.</summary>
    public string? LanguageOf(string[] parts) => parts.Length == 1 ? defaultLanguage : FormLanguages.CodeIn(parts[1]);
}
