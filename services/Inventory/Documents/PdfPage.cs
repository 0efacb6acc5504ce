using System.Globalization;
using System.Text;

namespace BetterConnections.Inventory.Documents;

/// <summary>
/// One A4 page of text and black rectangles as PDF 1.4, in millimetres from the left top. Text is in Helvetica, one of the
/// fonts every reader has, so that no font file is needed; signs outside Windows-1252 print as a question mark.
/// </summary>
public sealed class PdfPage
{
    private const double Point = 72 / 25.4, Width = 595.28, Height = 841.89;
    private static readonly Encoding WinAnsi = CodePagesEncodingProvider.Instance.GetEncoding(1252, new EncoderReplacementFallback("?"), DecoderFallback.ReplacementFallback)!;
    private readonly StringBuilder _drawing = new();

    /// <param name="y">Of the base line.</param>
    /// <param name="size">In points.</param>
    public void Text(double x, double y, double size, string text, bool bold = false)
    {
        var escaped = WinAnsi.GetString(WinAnsi.GetBytes(text)).Replace(@"\", @"\\").Replace("(", @"\(").Replace(")", @"\)").ReplaceLineEndings(" ");
        _drawing.Append(CultureInfo.InvariantCulture, $"BT /{(bold ? "B" : "R")} {size:0.##} Tf {x * Point:0.###} {Height - y * Point:0.###} Td ({escaped}) Tj ET\n");
    }

    public void Fill(double x, double y, double width, double height) =>
        _drawing.Append(CultureInfo.InvariantCulture, $"{x * Point:0.###} {Height - (y + height) * Point:0.###} {width * Point:0.###} {height * Point:0.###} re f\n");

    public byte[] ToPdf()
    {
        var drawing = _drawing.ToString();
        string[] objects =
        [
            "<< /Type /Catalog /Pages 2 0 R >>",
            "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            string.Create(CultureInfo.InvariantCulture, $"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {Width} {Height}] /Contents 4 0 R /Resources << /Font << /R 5 0 R /B 6 0 R >> >> >>"),
            $"<< /Length {drawing.Length} >>\nstream\n{drawing}endstream",
            "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
            "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding >>",
        ];
        // Windows-1252 has a byte for each sign, so lengths in characters are the offsets in bytes that the table wants.
        var pdf = new StringBuilder("%PDF-1.4\n");
        var offsets = new List<int>();
        foreach (var body in objects)
        {
            offsets.Add(pdf.Length);
            pdf.Append(CultureInfo.InvariantCulture, $"{offsets.Count} 0 obj\n{body}\nendobj\n");
        }
        var table = pdf.Length;
        pdf.Append(CultureInfo.InvariantCulture, $"xref\n0 {objects.Length + 1}\n0000000000 65535 f \n");
        foreach (var offset in offsets) pdf.Append(CultureInfo.InvariantCulture, $"{offset:D10} 00000 n \n");
        pdf.Append(CultureInfo.InvariantCulture, $"trailer\n<< /Size {objects.Length + 1} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n");
        return WinAnsi.GetBytes(pdf.ToString());
    }
}
