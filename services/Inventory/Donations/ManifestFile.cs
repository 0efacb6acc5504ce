using System.Globalization;
using System.IO.Compression;
using System.Text;
using CsvHelper;
using ExcelDataReader;

namespace BetterConnections.Inventory.Donations;

/// <summary>A line of the file before anything is known of its columns. Cells are cleaned.</summary>
/// <param name="Sheet">The sheet, from 0; always 0 in a CSV.</param>
/// <param name="Number">The line of the CSV, or the row of the sheet, from 1.</param>
public sealed record ManifestLine(int Sheet, int Number, IReadOnlyList<string> Cells)
{
    public bool IsBlank => Cells.All(cell => cell.Length == 0);
}

/// <summary>The lines of a CSV, XLSX or XLS, one at a time.</summary>
public static class ManifestFile
{
    private const int LongestRecord = 256 * 1024;
    /// <summary>A heading line is looked for in so many lines; donors put titles above it.</summary>
    public const int LinesBeforeHeadings = 10;
    /// <summary>Far more than a national programme's list; what is beyond is a mistake or an attack.</summary>
    private const int MostLines = 200_000;
    /// <summary>Columns beyond are not looked at: a stray cell in column XFD would make every row 16,384 cells.</summary>
    private const int MostColumns = 200;
    private const long LargestUnpacked = 256L * 1024 * 1024;
    private const long LargestSharedStrings = 64L * 1024 * 1024; // these are held in memory
    private static readonly char[] Separators = [',', ';', '\t', '|'];

    /// <summary>Tells the format by the content, since an .xls is as often text; reads lazily, so the stream must stay open.</summary>
    public static IEnumerable<ManifestLine> Lines(Stream content)
    {
        if (!content.CanSeek) throw new ArgumentException("The manifest is read twice; its stream must be able to seek.", nameof(content));
        var start = new byte[8];
        var length = content.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        content.Position = 0;
        return start.AsSpan(0, length) switch
        {
            [] => throw new ManifestUnreadable(ManifestErrors.FileEmpty, "The file is empty."),
            [0x50, 0x4B, 0x03, 0x04, ..] => SheetLines(content, isXlsx: true),
            [0xD0, 0xCF, 0x11, 0xE0, ..] => SheetLines(content, isXlsx: false),
            _ => CsvLines(content),
        };
    }

    private static IEnumerable<ManifestLine> CsvLines(Stream content)
    {
        var encoding = ManifestEncoding.Detect(content);
        var options = Csv(SeparatorOf(content, encoding)) with { MaxRecordSize = LongestRecord, OnMalformedRecord = RefuseOpenQuote };
        content.Position = 0;
        using var text = new StreamReader(content, encoding, leaveOpen: true);
        using var csv = CsvReader.Create(text, options);
        while (Read(csv))
            yield return new ManifestLine(0, Counted((int)csv.LineNumber), Array.ConvertAll(csv.Current.ToArray(), ManifestText.Clean));
    }

    private static int Counted(int line) => line <= MostLines ? line
        : throw new ManifestUnreadable(ManifestErrors.FileTooLarge, $"The list goes beyond line {MostLines}. Is there a stray cell far below it? Else split it.");

    private static bool Read(CsvReader csv)
    {
        try { return csv.Read(); }
        catch (CsvFormatException unreadable)
        {
            throw new ManifestUnreadable(ManifestErrors.FileNotReadable, $"The CSV cannot be read from line {unreadable.LineNumber}; is a quote not closed?", unreadable);
        }
    }

    private static CsvReaderOptions Csv(char separator) => new() { Separator = separator, HasHeader = false, TrackLineNumbers = true };

    /// <summary>A quote inside a cell (14" screen) is text, but one never closed would swallow the rows after it unseen.</summary>
    private static void RefuseOpenQuote(CsvMalformedRecord record)
    {
        if (record.Reason == CsvMalformedReason.UnterminatedQuote)
            throw new ManifestUnreadable(ManifestErrors.FileNotReadable, $"The quote opened on line {record.LineNumber} is never closed.");
    }

    /// <summary>The separator by which some line of the first ones has the most headings we know, then the most cells.</summary>
    private static char SeparatorOf(Stream content, Encoding encoding)
    {
        var start = new char[64 * 1024];
        content.Position = 0;
        using var text = new StreamReader(content, encoding, leaveOpen: true);
        var beginning = new string(start, 0, text.ReadBlock(start, 0, start.Length));
        return Separators.MaxBy(separator =>
        {
            using var csv = CsvReader.FromText(beginning, Csv(separator));
            var best = (Recognised: 0, Cells: 0);
            for (var i = 0; i < LinesBeforeHeadings && csv.Read(); i++)
            {
                var line = (new ManifestColumns(csv.Current.ToArray()).Recognised, csv.FieldCount);
                if (line.CompareTo(best) > 0) best = line;
            }
            return best;
        });
    }

    private static IEnumerable<ManifestLine> SheetLines(Stream content, bool isXlsx)
    {
        using var reader = Workbook(content, isXlsx);
        var sheet = 0;
        do
        {
            // A hidden sheet is the donor's own business.
            while (reader.VisibleState == "visible" && Read(reader))
                yield return new ManifestLine(sheet, Counted(reader.Depth + 1),
                    Enumerable.Range(0, Math.Min(reader.FieldCount, MostColumns)).Select(column => ManifestText.Clean(Text(reader.GetValue(column)))).ToList());
            sheet++;
        }
        while (reader.NextResult());
    }

    private static IExcelDataReader Workbook(Stream content, bool isXlsx)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance); // XLS names a code page
        try
        {
            if (isXlsx)
            {
                using var zip = new ZipArchive(content, ZipArchiveMode.Read, leaveOpen: true);
                if (zip.Entries.Sum(entry => entry.Length) > LargestUnpacked)
                    throw new ManifestUnreadable(ManifestErrors.FileTooLarge, "The workbook unpacks to more than 256 MB.");
                if (zip.GetEntry("xl/sharedStrings.xml")?.Length > LargestSharedStrings)
                    throw new ManifestUnreadable(ManifestErrors.FileTooLarge, "The workbook's texts unpack to more than 64 MB.");
                content.Position = 0;
            }
            return ExcelReaderFactory.CreateReader(content, new ExcelReaderConfiguration { LeaveOpen = true });
        }
        catch (Exception unreadable) when (unreadable is not ManifestUnreadable) { throw NotAWorkbook(unreadable); }
    }

    private static bool Read(IExcelDataReader reader)
    {
        try { return reader.Read(); }
        catch (Exception unreadable) { throw NotAWorkbook(unreadable); }
    }

    // The library throws whatever its parsers met (zip, XML, index errors); to the donor they are one thing.
    private static ManifestUnreadable NotAWorkbook(Exception inner) =>
        new(ManifestErrors.FileNotReadable, "The workbook is damaged, locked with a password, or no Excel workbook.", inner);

    /// <summary>The stored value as text: of a formula its last result, of a date the ISO form.</summary>
    private static string Text(object? value) => value switch
    {
        null => "",
        DateTime date => date.ToString(date.TimeOfDay == TimeSpan.Zero ? "yyyy-MM-dd" : "yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture),
        // Not in exponents: a serial of digits is often stored as a number.
        double number when Math.Abs(number) < 1e15 => ((decimal)number).ToString("0.##########", CultureInfo.InvariantCulture),
        IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };
}
