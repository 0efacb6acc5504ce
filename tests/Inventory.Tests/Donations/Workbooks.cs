using System.IO.Compression;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;

namespace BetterConnections.Inventory.Tests.Donations;

/// <summary>Workbooks as donors send them.</summary>
static class Workbooks
{
    public static Cell Text(string text) => new() { DataType = CellValues.InlineString, InlineString = new InlineString(new Text(text)) };
    public static Cell Number(double number) => new() { CellValue = new CellValue(number) };
    public static Cell Date(DateTime date) => new() { CellValue = new CellValue(date.ToOADate()), StyleIndex = 1 };
    public static Cell Formula(string formula, string result) =>
        new() { CellFormula = new CellFormula(formula), CellValue = new CellValue(result), DataType = CellValues.String };

    /// <summary>A workbook; each sheet is rows by their number, so that rows may be left out.</summary>
    public static MemoryStream Workbook(params (int Row, Cell[] Cells)[][] sheets)
    {
        var content = new MemoryStream();
        using (var document = SpreadsheetDocument.Create(content, SpreadsheetDocumentType.Workbook))
        {
            var workbook = document.AddWorkbookPart();
            workbook.Workbook = new Workbook(new Sheets());
            var styles = workbook.AddNewPart<WorkbookStylesPart>();
            styles.Stylesheet = new Stylesheet(
                new Fonts(new Font()), new Fills(new Fill()), new Borders(new Border()), new CellStyleFormats(new CellFormat()),
                new CellFormats(new CellFormat(), new CellFormat { NumberFormatId = 14, ApplyNumberFormat = true }));
            for (var i = 0; i < sheets.Length; i++)
            {
                var sheet = workbook.AddNewPart<WorksheetPart>();
                sheet.Worksheet = new Worksheet(new SheetData(sheets[i].Select(row => new Row(row.Cells) { RowIndex = (uint)row.Row })));
                workbook.Workbook.Sheets!.Append(new Sheet { Id = workbook.GetIdOfPart(sheet), SheetId = (uint)i + 1, Name = $"Sheet{i + 1}" });
            }
        }
        content.Position = 0;
        return content;
    }

    /// <summary>A small file whose one sheet unpacks to very much.</summary>
    public static byte[] Unpacking(int toMegabytes)
    {
        var content = new MemoryStream();
        content.Write(Workbook([(1, [Text("Serial")])]).ToArray());
        using (var zip = new ZipArchive(content, ZipArchiveMode.Update, leaveOpen: true))
        using (var padding = zip.CreateEntry("xl/worksheets/sheet9.xml").Open())
            for (var i = 0; i < toMegabytes; i++) padding.Write(new byte[1024 * 1024]);
        return content.ToArray();
    }
}
