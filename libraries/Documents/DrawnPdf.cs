using System.Globalization;
using System.IO.Compression;
using System.Text;
using QRCoder;

namespace BetterConnections.Documents;

/// <summary>
/// A PDF (1.4) of black rectangles and single lines of text on white pages, which is all that labels and certificates are.
/// A few lines of the format serve here better than a library: the one at hand is AGPL-3.0 or paid, and asks for font files besides.
/// </summary>
/// <param name="pageWidth">In millimetres.</param>
/// <param name="pageHeight">In millimetres.</param>
public sealed class DrawnPdf(double pageWidth, double pageHeight)
{
    private const double PointsPerMillimetre = 72 / 25.4;
    private static readonly Encoding WinAnsi = CodePagesEncodingProvider.Instance.GetEncoding(1252, new EncoderReplacementFallback("?"), DecoderFallback.ReplacementFallback)!;
    private readonly List<(StringBuilder Rectangles, StringBuilder Texts)> _pages = [];

    public void AddPage() => _pages.Add((new(), new()));

    /// <summary>Fills a rectangle of the last page; millimetres from its left top.</summary>
    public void Fill(double x, double y, double width, double height) =>
        _pages[^1].Rectangles.Append(CultureInfo.InvariantCulture, $"{x:0.####} {y:0.####} {width:0.####} {height:0.####} re\n");

    /// <summary>
    /// One line in Helvetica, which every reader of PDF brings along. It has the signs of Windows-1252; others print as a
    /// question mark, so what may be in Arabic or an Indic script is given as HTML too.
    /// </summary>
    /// <param name="y">Of the base line.</param>
    /// <param name="size">In points.</param>
    public void Text(double x, double y, double size, string text, bool bold = false)
    {
        var escaped = text.Replace(@"\", @"\\").Replace("(", @"\(").Replace(")", @"\)").ReplaceLineEndings(" ");
        _pages[^1].Texts.Append(CultureInfo.InvariantCulture,
            $"BT /{(bold ? "B" : "R")} {size:0.##} Tf {x * PointsPerMillimetre:0.###} {(pageHeight - y) * PointsPerMillimetre:0.###} Td ({escaped}) Tj ET\n");
    }

    /// <summary>A QR code with its quiet zone, <paramref name="width"/> millimetres square.</summary>
    public void Qr(string text, double left, double top, double width)
    {
        using var generator = new QRCodeGenerator();
        using var data = generator.CreateQrCode(text, QRCodeGenerator.ECCLevel.M);
        var modules = data.ModuleMatrix; // with its quiet zone of four modules
        var size = width / modules.Count;
        for (var row = 0; row < modules.Count; row++)
            for (var column = 0; column < modules.Count; column++)
            {
                if (!modules[row][column]) continue;
                // Neighbours in one rectangle keep the file small.
                var first = column;
                while (column + 1 < modules.Count && modules[row][column + 1]) column++;
                Fill(left + first * size, top + row * size, (column - first + 1) * size, size);
            }
    }

    /// <summary>Whether <see cref="Text"/> has every sign of it.</summary>
    public static bool CanWrite(string text) => WinAnsi.GetString(WinAnsi.GetBytes(text)) == text;

    public byte[] ToArray()
    {
        using var pdf = new MemoryStream();
        var offsets = new List<long>();
        void Write(string text) => pdf.Write(Encoding.Latin1.GetBytes(text));
        void Object(string dictionary, byte[]? stream = null)
        {
            offsets.Add(pdf.Position);
            Write($"{offsets.Count} 0 obj\n{dictionary}\n");
            if (stream is not null)
            {
                Write("stream\n");
                pdf.Write(stream);
                Write("\nendstream\n");
            }
            Write("endobj\n");
        }

        // The second line is four bytes above 127: a sign to programs that copy files not to take this for text.
        Write("%PDF-1.4\n%\u00E2\u00E3\u00CF\u00D3\n");
        Object("<< /Type /Catalog /Pages 2 0 R >>");
        var kids = string.Join(' ', _pages.Select((_, page) => $"{3 + 2 * page} 0 R"));
        Object(string.Create(CultureInfo.InvariantCulture,
            $"<< /Type /Pages /Kids [{kids}] /Count {_pages.Count} /MediaBox [0 0 {pageWidth * PointsPerMillimetre:0.####} {pageHeight * PointsPerMillimetre:0.####}] /Resources << /Font << /R {Font("Helvetica")} /B {Font("Helvetica-Bold")} >> >> >>"));
        foreach (var page in _pages)
        {
            Object($"<< /Type /Page /Parent 2 0 R /Contents {offsets.Count + 2} 0 R >>");
            var content = Deflate(Content(page.Rectangles, page.Texts));
            Object($"<< /Length {content.Length} /Filter /FlateDecode >>", content);
        }

        var table = pdf.Position;
        Write($"xref\n0 {offsets.Count + 1}\n0000000000 65535 f \n");
        foreach (var offset in offsets) Write($"{offset:D10} 00000 n \n");
        Write($"trailer\n<< /Size {offsets.Count + 1} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n");
        return pdf.ToArray();
    }

    // PDF counts points from the left bottom. One fill for the whole page leaves no hairlines between neighbours.
    private string Content(StringBuilder rectangles, StringBuilder texts) => string.Create(CultureInfo.InvariantCulture,
        $"q {PointsPerMillimetre:0.########} 0 0 {-PointsPerMillimetre:0.########} 0 {pageHeight * PointsPerMillimetre:0.####} cm\n{rectangles}f Q\n{texts}");

    private static string Font(string name) => $"<< /Type /Font /Subtype /Type1 /BaseFont /{name} /Encoding /WinAnsiEncoding >>";

    private static byte[] Deflate(string content)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Optimal)) zlib.Write(WinAnsi.GetBytes(content));
        return packed.ToArray();
    }
}
