using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace BetterConnections.Inventory.Labels;

/// <summary>
/// A PDF (1.4) of black rectangles on white pages, which is all that a sheet of labels is. Forty lines of the format
/// serve here better than a library: the one at hand is AGPL-3.0 or paid, and asks for font files besides.
/// </summary>
/// <param name="pageWidth">In millimetres.</param>
/// <param name="pageHeight">In millimetres.</param>
sealed class RectanglePdf(double pageWidth, double pageHeight)
{
    const double PointsPerMillimetre = 72 / 25.4;
    readonly List<StringBuilder> _pages = [];

    public void AddPage() => _pages.Add(new StringBuilder());

    /// <summary>Fills a rectangle of the last page; millimetres from its left top.</summary>
    public void Fill(double x, double y, double width, double height) =>
        _pages[^1].Append(CultureInfo.InvariantCulture, $"{x:0.####} {y:0.####} {width:0.####} {height:0.####} re\n");

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
            $"<< /Type /Pages /Kids [{kids}] /Count {_pages.Count} /MediaBox [0 0 {pageWidth * PointsPerMillimetre:0.####} {pageHeight * PointsPerMillimetre:0.####}] /Resources << >> >>"));
        foreach (var page in _pages)
        {
            Object($"<< /Type /Page /Parent 2 0 R /Contents {offsets.Count + 2} 0 R >>");
            var content = Deflate(Content(page));
            Object($"<< /Length {content.Length} /Filter /FlateDecode >>", content);
        }

        var table = pdf.Position;
        Write($"xref\n0 {offsets.Count + 1}\n0000000000 65535 f \n");
        foreach (var offset in offsets) Write($"{offset:D10} 00000 n \n");
        Write($"trailer\n<< /Size {offsets.Count + 1} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n");
        return pdf.ToArray();
    }

    // PDF counts points from the left bottom. One fill for the whole page leaves no hairlines between neighbours.
    string Content(StringBuilder rectangles) => string.Create(CultureInfo.InvariantCulture,
        $"{PointsPerMillimetre:0.########} 0 0 {-PointsPerMillimetre:0.########} 0 {pageHeight * PointsPerMillimetre:0.####} cm\n{rectangles}f\n");

    static byte[] Deflate(string content)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Optimal)) zlib.Write(Encoding.Latin1.GetBytes(content));
        return packed.ToArray();
    }
}
