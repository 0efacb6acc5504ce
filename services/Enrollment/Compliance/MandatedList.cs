using System.Runtime.CompilerServices;
using System.Text;
using BetterConnections.Enrollment.Employers;
using BetterConnections.ServiceDefaults;
using CsvHelper;

namespace BetterConnections.Enrollment.Compliance;

/// <param name="Line">As a text editor counts; the heading is line 1.</param>
/// <param name="Code">Null where the row is good: then number and name are set.</param>
public sealed record MandatedRow(int Line, string RegistrationNumber, string Name, string? Code = null, string? Sentence = null);

/// <summary>Reads the regulator's list as it streams in: CSV with comma, semicolon or tab, headings in English or Arabic, in UTF-8 or with a byte order mark.</summary>
public static class MandatedList
{
    private const int LongestName = 200;

    private static readonly CsvReaderOptions Csv = new()
    {
        HasHeader = false, // the first record is, but its names are ours to recognise
        TrackLineNumbers = true,
        MaxRecordSize = 64 * 1024,
        OnMalformedRecord = RefuseOpenQuote,
    };

    private static readonly string[] NumberHeadings =
        ["registrationnumber", "commercialregistration", "commercialregistrationnumber", "crnumber", "crno", "cr", "رقمالسجلالتجاري", "السجلالتجاري", "رقمالسجل"];

    private static readonly string[] NameHeadings = ["name", "company", "companyname", "employer", "اسمالشركة", "الشركة", "الاسم", "اسمالمنشأة", "المنشأة"];

    /// <exception cref="BadInput">heading_missing, encoding_not_readable, csv_not_readable</exception>
    public static async IAsyncEnumerable<MandatedRow> ReadAsync(Stream content, [EnumeratorCancellation] CancellationToken cancel)
    {
        using var text = new StreamReader(content, new UTF8Encoding(false, throwOnInvalidBytes: true), leaveOpen: true);
        await using var csv = CsvReader.Create(text, Csv);
        if (!await AskAsync(csv.ReadAsync(cancel))) throw new BadInput("file_empty", "The file holds nothing.");
        var headings = csv.Current.ToArray();
        var (number, name) = (Column(headings, NumberHeadings, "registration number"), Column(headings, NameHeadings, "company name"));

        var seen = new HashSet<string>();
        while (await AskAsync(csv.ReadAsync(cancel)))
            yield return Check((int)csv.LineNumber, Field(csv, number), Field(csv, name), seen);
    }

    private static string Field(CsvReader csv, int column) => column < csv.FieldCount ? csv.GetString(column).Trim() : "";

    private static MandatedRow Check(int line, string number, string name, HashSet<string> seen) => RegistrationNumber.Normalise(number) switch
    {
        _ when number.Length == 0 => new(line, number, name, "registration_number_missing", "The registration number is empty."),
        null => new(line, number, name, "registration_number_not_valid", $"'{number}' is not a registration number."),
        _ when name.Length == 0 => new(line, number, name, "name_missing", "The company's name is empty."),
        _ when name.Length > LongestName => new(line, number, name[..LongestName], "name_too_long", $"A name has at most {LongestName} letters."),
        { } normal when !seen.Add(normal) => new(line, normal, name, "twice_in_file", $"{normal} stands in the file before; the first counts."),
        { } normal => new(line, normal, name),
    };

    private static int Column(string[] headings, string[] known, string what)
    {
        var column = Array.FindIndex(headings, h => known.Contains(string.Concat(h.Where(char.IsLetterOrDigit)).ToLowerInvariant()));
        return column >= 0 ? column : throw new BadInput("heading_missing", $"No column is headed as the {what}.").With("found", headings);
    }

    /// <summary>A quotation mark inside a name is text, but one never closed would swallow the rows after it unseen.</summary>
    private static void RefuseOpenQuote(CsvMalformedRecord record)
    {
        if (record.Reason == CsvMalformedReason.UnterminatedQuote) throw NotReadable(record.LineNumber);
    }

    private static BadInput NotReadable(long line) => new("csv_not_readable", $"The file cannot be read on from line {line}; is a quotation mark not closed?");

    private static async Task<bool> AskAsync(ValueTask<bool> read)
    {
        try
        {
            return await read;
        }
        catch (DecoderFallbackException)
        {
            throw new BadInput("encoding_not_readable", "The file is not in UTF-8. Save it as 'CSV UTF-8'.");
        }
        catch (CsvFormatException e)
        {
            throw NotReadable(e.LineNumber);
        }
    }
}
