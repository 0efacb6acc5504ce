using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;

namespace BetterConnections.Evaluation.Tests.Instruments;

/// <summary>An <c>.xlsx</c> as a person would save it, texts in shared strings.</summary>
internal static class Workbook
{
    public static byte[] Of(params (string Name, string[][] Rows)[] sheets)
    {
        using var bytes = new MemoryStream();
        using (var document = SpreadsheetDocument.Create(bytes, SpreadsheetDocumentType.Workbook))
        {
            var workbook = document.AddWorkbookPart();
            var strings = workbook.AddNewPart<SharedStringTablePart>();
            strings.SharedStringTable = new SharedStringTable();
            workbook.Workbook = new(new Sheets());
            foreach (var (name, rows) in sheets)
            {
                var part = workbook.AddNewPart<WorksheetPart>();
                part.Worksheet = new Worksheet(new SheetData(rows.Select((cells, i) => new Row(cells.Select(Cell)) { RowIndex = (uint)i + 1 })));
                var all = workbook.Workbook.Sheets!;
                all.Append(new Sheet { Id = workbook.GetIdOfPart(part), SheetId = (uint)all.Count() + 1, Name = name });
            }

            Cell Cell(string text)
            {
                if (text.Length == 0) return new();
                strings.SharedStringTable.Append(new SharedStringItem(new Text(text)));
                return new Cell { DataType = CellValues.SharedString, CellValue = new(strings.SharedStringTable.Count() - 1) };
            }
        }
        return bytes.ToArray();
    }
}
