using System.Runtime.CompilerServices;
using System.Text;
using BetterConnections.ServiceDefaults;
using CsvHelper;

namespace BetterConnections.Enrollment.Workers.Import;

/// <param name="Line">In the file, from 1; the headings are usually line 1.</param>
internal sealed record WorkerLine(int Line, IReadOnlyList<string> Cells);

/// <summary>A CSV of workers: commas, semicolons or tabs, headings in its first line.</summary>
internal sealed class WorkerFile
{
    private const int LongestRecord = 64 * 1024;
    private static readonly char[] Separators = [',', ';', '\t'];
    private readonly Stream _content;
    private readonly char _separator;

    private WorkerFile(Stream content, Encoding encoding, char separator, ImportColumns columns) =>
        (_content, Encoding, _separator, Columns) = (content, encoding, separator, columns);

    public Encoding Encoding { get; }
    public ImportColumns Columns { get; }

    /// <param name="content">Can seek, and stays open until the lines are read.</param>
    /// <exception cref="BadInput">The file as a whole is refused.</exception>
    public static async Task<WorkerFile> OpenAsync(Stream content, CancellationToken cancel)
    {
        if (content.Length == 0) throw new BadInput("file_empty", "The file is empty.");
        var encoding = await TextEncoding.DetectAsync(content, cancel);
        var beginning = new char[LongestRecord];
        using var text = new StreamReader(content, encoding, detectEncodingFromByteOrderMarks: true, leaveOpen: true);
        var first = new string(beginning, 0, await text.ReadBlockAsync(beginning, cancel));

        // The separator by which most headings are known is the file's.
        var (columns, separator) = Separators.Select(s => (Columns: Headings(first, s), Separator: s)).MaxBy(c => c.Columns.Read.Count);
        if (!columns.Has(ImportColumn.Languages))
            throw new BadInput("column_missing", "The first line names the columns, and one of them is the languages.").With("column", "languages");
        return new(content, encoding, separator, columns);
    }

    /// <summary>The lines under the headings, blank ones left out, one at a time: memory does not grow with the file.</summary>
    public async IAsyncEnumerable<WorkerLine> LinesAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        _content.Position = 0;
        using var text = new StreamReader(_content, Encoding, detectEncodingFromByteOrderMarks: true, bufferSize: 64 * 1024, leaveOpen: true);
        using var csv = CsvReader.Create(text, Options(_separator) with { MaxRecordSize = LongestRecord, OnMalformedRecord = RefuseOpenQuote });
        var headings = true;
        while (await ReadAsync(csv, cancel))
        {
            var cells = csv.Current.ToArray();
            if (cells.All(string.IsNullOrWhiteSpace)) continue;
            if (!headings) yield return new((int)csv.LineNumber, cells);
            headings = false;
        }
    }

    private static async ValueTask<bool> ReadAsync(CsvReader csv, CancellationToken cancel)
    {
        try
        {
            return await csv.ReadAsync(cancel);
        }
        catch (CsvFormatException broken)
        {
            throw new BadInput("file_not_readable", $"The CSV cannot be read from line {broken.LineNumber}; is a quote not closed?");
        }
    }

    private static ImportColumns Headings(string beginning, char separator)
    {
        using var csv = CsvReader.FromText(beginning, Options(separator));
        while (csv.Read())
            if (csv.Current.ToArray() is var cells && !cells.All(string.IsNullOrWhiteSpace)) return new(cells);
        return new([]);
    }

    private static CsvReaderOptions Options(char separator) => new() { Separator = separator, HasHeader = false, TrackLineNumbers = true };

    /// <summary>A quote never closed would swallow the rows after it unseen.</summary>
    private static void RefuseOpenQuote(CsvMalformedRecord record)
    {
        if (record.Reason == CsvMalformedReason.UnterminatedQuote)
            throw new BadInput("file_not_readable", $"The quote opened on line {record.LineNumber} is never closed.");
    }
}
