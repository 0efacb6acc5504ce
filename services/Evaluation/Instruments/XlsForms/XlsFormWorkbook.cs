using System.Globalization;
using System.IO.Compression;
using System.Text;
using BetterConnections.ServiceDefaults;
using ExcelDataReader;

namespace BetterConnections.Evaluation.Instruments.XlsForms;

/// <summary>A row below the headings.</summary>
/// <param name="Number">As the spreadsheet counts it.</param>
/// <param name="Cells">By heading, in lower case where a heading is one of XLSForm's words; only those that hold something.</param>
internal sealed record XlsRow(int Number, IReadOnlyDictionary<string, string> Cells)
{
    /// <summary>A word or name, without the blanks that people type around it.</summary>
    public string Word(string heading) => Cells.GetValueOrDefault(heading, "").Trim();

    /// <summary>Null where the cell is empty.</summary>
    public string? Text(string heading) => Cells.GetValueOrDefault(heading);
}

/// <summary>The sheets of an <c>.xlsx</c> as rows of texts.</summary>
internal static class XlsFormWorkbook
{
    public const string ContentType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    public const int Largest = 5 * 1024 * 1024;
    private const long LargestUnpacked = 50L * 1024 * 1024;
    private const int MostRows = 20_000, MostColumns = 200;

    /// <param name="content">Can seek.</param>
    public static Dictionary<string, List<XlsRow>> Read(Stream content)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance); // the reader asks for one even where it is not used
        try
        {
            using (var zip = new ZipArchive(content, ZipArchiveMode.Read, leaveOpen: true))
                if (zip.Entries.Sum(e => e.Length) > LargestUnpacked)
                    throw new Refused(StatusCodes.Status413PayloadTooLarge, "file_too_large", "The workbook unpacks to more than 50 MB.");
            content.Position = 0;
            using var reader = ExcelReaderFactory.CreateOpenXmlReader(content);
            var sheets = new Dictionary<string, List<XlsRow>>();
            do
                sheets[reader.Name.Trim().ToLowerInvariant()] = [.. Rows(reader)];
            while (reader.NextResult());
            return sheets;
        }
        catch (Exception unreadable) when (unreadable is not Refusal) // the library throws whatever its parsers met
        {
            throw new BadInput("file_not_readable", "The file is no Excel workbook (.xlsx), or it is damaged or locked with a password.");
        }
    }

    private static IEnumerable<XlsRow> Rows(IExcelDataReader reader)
    {
        string[]? headings = null;
        while (reader.Read())
        {
            if (reader.Depth >= MostRows) throw new Refused(StatusCodes.Status413PayloadTooLarge, "file_too_large", $"A sheet has at most {MostRows} rows.");
            var cells = Enumerable.Range(0, Math.Min(reader.FieldCount, MostColumns)).Select(i => Text(reader.GetValue(i))).ToArray();
            if (cells.All(string.IsNullOrWhiteSpace)) continue;
            if (headings is null)
            {
                headings = [.. cells.Select(Heading)];
                for (var i = headings.Length - 1; i >= 0; i--)
                    if (Array.IndexOf(headings, headings[i]) < i) headings[i] = ""; // the second column of a name would overwrite the first
                continue;
            }
            var filled = new Dictionary<string, string>();
            // What stands under no heading is named by its column, so that it can be refused.
            for (var i = 0; i < cells.Length; i++)
                if (!string.IsNullOrWhiteSpace(cells[i])) filled[i < headings.Length && headings[i].Length > 0 ? headings[i] : $"column {i + 1}"] = cells[i];
            yield return new(reader.Depth + 1, filled);
        }
    }

    /// <summary><c>Label :: English (en)</c> is <c>label::English (en)</c>, and <c>media::audio</c> is <c>audio</c>.</summary>
    private static string Heading(string cell)
    {
        var parts = cell.Split("::", StringSplitOptions.TrimEntries);
        if (parts.Length > 1 && (parts[0].ToLowerInvariant(), parts[1].ToLowerInvariant()) == ("media", "audio")) parts = parts[1..];
        parts[0] = parts[0].ToLowerInvariant();
        return string.Join("::", parts);
    }

    private static string Text(object? value) => value switch
    {
        null => "",
        DateTime date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        double number when Math.Abs(number) < 1e15 => ((decimal)number).ToString("0.##########", CultureInfo.InvariantCulture),
        IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };
}
