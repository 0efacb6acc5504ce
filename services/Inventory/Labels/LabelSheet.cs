using BetterConnections.Documents;
using BetterConnections.Inventory.Devices;

namespace BetterConnections.Inventory.Labels;

/// <summary>How a sheet of adhesive labels is cut, in millimetres. The default is A4, 3 × 8 labels of 70 × 37 mm.</summary>
public sealed record LabelGrid(
    double PageWidth = 210, double PageHeight = 297, int Columns = 3, int Rows = 8,
    double LabelWidth = 70, double LabelHeight = 37, double Left = 0, double Top = 0.5)
{
    public int LabelsPerPage => Columns * Rows;
}

/// <summary>Labels for devices as a PDF: on each a Code 128, a QR code, and the barcode to read.</summary>
public static class LabelSheet
{
    // Printers leave some 4 mm of the sheet blank, and Code 128 wants ten modules of quiet on either side.
    private const double Margin = 4.5, QuietModules = 10;
    private const double LeastWidth = 60, LeastHeight = 30;

    /// <param name="barcodes">In the order of printing.</param>
    /// <param name="grid">The sheet in the printer; labels of at least 60 × 30 mm, the smallest that the tests read back.</param>
    /// <param name="qrPrefix">
    /// Put before the barcode in the QR code: the address of the device's page ("https://host/d/"), so that any phone
    /// opens it, or empty.
    /// </param>
    /// <param name="used">Labels of the first sheet that are already gone.</param>
    public static byte[] Pdf(IReadOnlyList<Barcode> barcodes, LabelGrid grid, string qrPrefix, int used = 0)
    {
        ArgumentOutOfRangeException.ThrowIfZero(barcodes.Count);
        ArgumentOutOfRangeException.ThrowIfNegative(used);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(used, grid.LabelsPerPage);
        if (grid.LabelWidth < LeastWidth || grid.LabelHeight < LeastHeight)
            throw new ArgumentException($"A label is at least {LeastWidth} × {LeastHeight} mm.", nameof(grid));
        var pdf = new DrawnPdf(grid.PageWidth, grid.PageHeight);
        for (var i = 0; i < barcodes.Count; i++)
        {
            var at = (used + i) % grid.LabelsPerPage;
            if (i == 0 || at == 0) pdf.AddPage();
            Draw(pdf, grid, barcodes[i].ToString(), qrPrefix + barcodes[i],
                grid.Left + at % grid.Columns * grid.LabelWidth, grid.Top + at / grid.Columns * grid.LabelHeight);
        }
        return pdf.ToArray();
    }

    private static void Draw(DrawnPdf pdf, LabelGrid grid, string code, string qr, double left, double top)
    {
        var height = grid.LabelHeight - 2 * Margin;
        var (barsHeight, qrSize) = (0.4 * height, 0.6 * height);

        var bars = Code128.Encode(code);
        var module = (grid.LabelWidth - 2 * Margin) / (bars.Sum() + 2 * QuietModules);
        var x = left + Margin + QuietModules * module;
        for (var i = 0; i < bars.Count; x += bars[i++] * module)
            if (i % 2 == 0) pdf.Fill(x, top + Margin, bars[i] * module, barsHeight);

        var below = top + Margin + barsHeight;
        pdf.Qr(qr, left + Margin, below, qrSize);

        var textWidth = grid.LabelWidth - 2 * Margin - qrSize - 8;
        var dot = textWidth / DotMatrix.Width(code);
        foreach (var (column, row) in DotMatrix.Dots(code))
            pdf.Fill(left + grid.LabelWidth - Margin - textWidth + column * dot, below + (qrSize - DotMatrix.Rows * dot) / 2 + row * dot, dot, dot);
    }
}
