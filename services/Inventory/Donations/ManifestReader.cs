namespace BetterConnections.Inventory.Donations;

/// <summary>
/// A donor's manifest: CSV in any delimiter and encoding, XLSX or XLS, columns in any order, headings in English or
/// Arabic, perhaps under a title.
/// </summary>
/// <param name="Columns">How the headings were understood, to show in the dry run.</param>
/// <param name="Rows">
/// Read lazily and once, in bounded memory (only serials are kept); blank lines are skipped. Throws
/// <see cref="ManifestUnreadable"/> where the file breaks off, or holds no row at all.
/// </param>
public sealed record Manifest(IReadOnlyList<ManifestColumn> Columns, IEnumerable<ManifestRow> Rows)
{
    /// <summary>The donor's heading; empty where the file has no such column.</summary>
    public string HeadingOf(ManifestField field) => Columns.FirstOrDefault(column => column.Field == field)?.Heading ?? "";
}

public static class ManifestReader
{
    private static readonly Dictionary<ManifestField, int> LongestText = new()
    {
        [ManifestField.Serial] = 64,
        [ManifestField.AssetTag] = 64,
        [ManifestField.Manufacturer] = 100,
        [ManifestField.Model] = 100,
        [ManifestField.Cpu] = 100,
        [ManifestField.Location] = 200,
        [ManifestField.Notes] = 1000,
    };

    /// <param name="content">Can seek, and stays open until the rows are read.</param>
    /// <param name="today">Nothing was bought after it.</param>
    /// <exception cref="ManifestUnreadable">The file as a whole is refused; see <see cref="ManifestUnreadable.Code"/>.</exception>
    public static Manifest Read(Stream content, DateOnly today)
    {
        var lines = ManifestFile.Lines(content).Where(line => !line.IsBlank).GetEnumerator();
        try
        {
            var columns = FindHeadings(lines, out var sheet);
            return new Manifest(columns.All, Rows(lines, sheet, columns, today));
        }
        catch
        {
            lines.Dispose();
            throw;
        }
    }

    /// <summary>The first line with a heading for the serial, among the first lines of each sheet.</summary>
    private static ManifestColumns FindHeadings(IEnumerator<ManifestLine> lines, out int sheet)
    {
        var any = false;
        while (lines.MoveNext())
        {
            any = true;
            sheet = lines.Current.Sheet;
            if (lines.Current.Number > ManifestFile.LinesBeforeHeadings) continue;
            var columns = new ManifestColumns(lines.Current.Cells);
            if (columns.HasSerial) return columns;
        }
        throw any
            ? new ManifestUnreadable(ManifestErrors.ColumnMissing, $"No column for the serial number was found in the first {ManifestFile.LinesBeforeHeadings} lines (\"Serial number\", \"S/N\", \"الرقم التسلسلي\").")
            : Empty();
    }

    private static IEnumerable<ManifestRow> Rows(IEnumerator<ManifestLine> lines, int sheet, ManifestColumns columns, DateOnly today)
    {
        using var _ = lines;
        var firstRowBySerial = new Dictionary<string, int>();
        var any = false;
        while (lines.MoveNext() && lines.Current.Sheet == sheet)
        {
            any = true;
            yield return Row(lines.Current, columns, firstRowBySerial, today);
        }
        if (!any) throw Empty();
    }

    private static ManifestRow Row(ManifestLine line, ManifestColumns columns, Dictionary<string, int> firstRowBySerial, DateOnly today)
    {
        var errors = new List<ManifestError>();
        string Cell(ManifestField field) => columns.Cell(line.Cells, field);
        void Check(ManifestField field, string? code, int? firstRow = null)
        {
            if (code is null) return;
            var cell = Cell(field);
            errors.Add(new ManifestError(field, columns.HeadingOf(field)!, code, cell.Length > 100 ? cell[..100] : cell, firstRow));
        }
        string? Text(ManifestField field) => Cell(field) is { Length: > 0 } text ? text : null;

        foreach (var (field, longest) in LongestText)
            if (Cell(field).Length > longest) Check(field, ManifestErrors.FieldTooLong);

        var serialError = ManifestValues.Serial(Cell(ManifestField.Serial), out var serial);
        Check(ManifestField.Serial, serialError);
        // A serial counts as seen even where its row is refused: the file names it twice either way.
        if (serialError is null && !firstRowBySerial.TryAdd(serial, line.Number))
            Check(ManifestField.Serial, ManifestErrors.DuplicateSerial, firstRowBySerial[serial]);

        Check(ManifestField.Kind, ManifestValues.Kind(Cell(ManifestField.Kind), out var kind));
        Check(ManifestField.Memory, ManifestValues.Memory(Cell(ManifestField.Memory), columns.MemoryInMegabytes, out var memory));
        Check(ManifestField.Storage, ManifestValues.Storage(Cell(ManifestField.Storage), out var storage, out var medium));
        Check(ManifestField.Purchased, ManifestValues.Purchased(Cell(ManifestField.Purchased), today, out var year, out var day));
        Check(ManifestField.BookValue, ManifestValues.Money(Cell(ManifestField.BookValue), out var value));

        var item = errors.Count > 0 ? null : new ManifestItem(serial, Text(ManifestField.AssetTag), Text(ManifestField.Manufacturer),
            Text(ManifestField.Model), kind, Text(ManifestField.Cpu), memory, storage, medium, year, day, value,
            Text(ManifestField.Location), Text(ManifestField.Notes));
        return new ManifestRow(line.Number, item, errors, line.Cells);
    }

    private static ManifestUnreadable Empty() => new(ManifestErrors.FileEmpty, "The file has no rows.");
}
