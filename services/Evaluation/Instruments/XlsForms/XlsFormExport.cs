using System.Text.RegularExpressions;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;

namespace BetterConnections.Evaluation.Instruments.XlsForms;

/// <summary>
/// Writes a definition as an XLSForm that <see cref="XlsFormImport"/> reads back to the same form, and that other tools of the
/// field read too: our own columns begin with <c>bc_</c>, which they pass over.
/// </summary>
internal static partial class XlsFormExport
{
    /// <summary>In a workbook <c>_x0041_</c> stands for the character of that number; where it is meant as it stands, its first sign is escaped (ECMA-376, ST_Xstring).</summary>
    [GeneratedRegex("_(?=x[0-9A-Fa-f]{4}_)")]
    private static partial Regex LooksEscaped();

    /// <param name="formVersion">For the reader's eye; an import ignores it, since publishing gives a version.</param>
    public static byte[] Write(InstrumentDefinition form, string? formVersion)
    {
        var placed = form.Placed().ToList();
        var texts = placed.SelectMany(p => new[] { p.Item.Label, p.Item.Hint, p.Item.ConstraintMessage }).Concat(form.Scales.SelectMany(s => s.Choices).Select(c => c.Label));
        string[] languages = [.. form.Languages.Concat(texts.OfType<Dictionary<string, string>>().SelectMany(t => t.Keys).Order(StringComparer.Ordinal)).Where(FormLanguages.IsKnown).Distinct()];

        using var bytes = new MemoryStream();
        using (var document = SpreadsheetDocument.Create(bytes, SpreadsheetDocumentType.Workbook))
        {
            var workbook = document.AddWorkbookPart();
            workbook.Workbook = new Workbook(new Sheets());
            AddSheet(workbook, XlsFormTypes.Survey, Survey(form, languages));
            AddSheet(workbook, XlsFormTypes.Choices, Choices(form, languages));
            AddSheet(workbook, XlsFormTypes.Settings, Settings(form, formVersion));
        }
        return bytes.ToArray();
    }

    private static IEnumerable<string?[]> Survey(InstrumentDefinition form, string[] languages)
    {
        yield return ["type", "name", .. Headings("label"), .. Headings("media::audio"), .. Headings("hint"), "required", "relevant", "constraint", .. Headings("constraint_message"),
            "calculation", "appearance", "choice_filter", "bc_topic", "bc_indicators", "bc_polarity"];
        foreach (var row in Rows(form.Items)) yield return row;

        IEnumerable<string> Headings(string what) => languages.Select(l => $"{what}::{FormLanguages.NameOf(l)}");
        IEnumerable<string?> Of(Dictionary<string, string>? texts) => languages.Select(l => texts?.GetValueOrDefault(l));

        IEnumerable<string?[]> Rows(IEnumerable<Item> items)
        {
            foreach (var item in items)
            {
                yield return [XlsFormTypes.Write(item), item.Name, .. Of(item.Label), .. Of(item.Audio), .. Of(item.Hint), item.Required ? "yes" : null, item.Relevant, item.Constraint,
                    .. Of(item.ConstraintMessage), item.Calculation, item.Appearance, item.ChoiceFilter, item.Topic,
                    item.Indicators is { } indicators ? string.Join(' ', indicators) : null, item.Polarity == Polarity.Positive ? null : item.Polarity.ToString()];
                if (item.Type != ItemType.Group) continue;
                foreach (var row in Rows(item.Items ?? [])) yield return row;
                yield return ["end group", item.Name];
            }
        }
    }

    private static IEnumerable<string?[]> Choices(InstrumentDefinition form, string[] languages)
    {
        yield return ["list_name", "name", .. languages.Select(l => $"label::{FormLanguages.NameOf(l)}"), .. languages.Select(l => $"media::audio::{FormLanguages.NameOf(l)}")];
        foreach (var scale in form.Scales)
            foreach (var choice in scale.Choices)
                yield return [scale.Name, choice.Value, .. languages.Select(l => choice.Label.GetValueOrDefault(l)), .. languages.Select(l => choice.Audio?.GetValueOrDefault(l))];
    }

    private static IEnumerable<string?[]> Settings(InstrumentDefinition form, string? formVersion) =>
    [
        ["form_title", "form_id", "version", "default_language", "instance_name", "bc_code", "bc_respondent", "bc_languages", "bc_description"],
        [form.Title, form.FormId, formVersion, form.Languages.Where(FormLanguages.IsKnown).Select(FormLanguages.NameOf).FirstOrDefault(), form.InstanceName,
            form.Code, form.Respondent.ToString(), string.Join(' ', form.Languages), form.Description],
    ];

    private static void AddSheet(WorkbookPart workbook, string name, IEnumerable<string?[]> rows)
    {
        var part = workbook.AddNewPart<WorksheetPart>();
        part.Worksheet = new Worksheet(new SheetData(rows.Select(cells => new Row(cells.Select(Cell)))));
        var sheets = workbook.Workbook.Sheets!;
        sheets.Append(new Sheet { Id = workbook.GetIdOfPart(part), SheetId = (uint)sheets.Count() + 1, Name = name });
    }

    /// <summary>Typed as text, so that no spreadsheet runs it as a formula.</summary>
    private static OpenXmlElement Cell(string? text) => string.IsNullOrEmpty(text) ? new Cell()
        : new Cell(new InlineString(new Text(LooksEscaped().Replace(text, "_x005F_")) { Space = SpaceProcessingModeValues.Preserve })) { DataType = CellValues.InlineString };
}
