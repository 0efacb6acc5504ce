using System.Text;

namespace BetterConnections.Inventory.Donations;

/// <summary>Tells which encoding a donor's system wrote a text file in.</summary>
public static class ManifestEncoding
{
    static ManifestEncoding() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <summary>
    /// A byte order mark decides; then UTF-16 by its zero bytes; then UTF-8 if the whole file is valid UTF-8; else the
    /// Windows code pages that spreadsheets write here: 1256 (Arabic) where bytes above 127 stand together, as Arabic
    /// letters do, 1252 where they stand alone among Latin letters. Reads the stream once and rewinds it.
    /// </summary>
    /// <exception cref="ManifestUnreadable">file_not_readable: not text. encoding_unknown: text in none of these.</exception>
    public static Encoding Detect(Stream content)
    {
        var counts = Count(content);
        content.Position = 0;
        if (counts.Mark is { } marked)
            return counts.IsValid ? marked : throw Unknown();
        if (counts.ZerosAtEven + counts.ZerosAtOdd > 0)
            return counts switch
            {
                { ZerosAtEven: 0 } when content.Length % 2 == 0 => Encoding.Unicode,
                { ZerosAtOdd: 0 } when content.Length % 2 == 0 => Encoding.BigEndianUnicode,
                _ => throw NotText(),
            };
        if (counts.Controls > 0) throw NotText();
        if (counts.IsValid) return Encoding.UTF8;
        if (counts.HighInRuns * 2 > counts.High) return Encoding.GetEncoding(1256);
        return counts.UndefinedIn1252 == 0 ? Encoding.GetEncoding(1252) : throw Unknown();
    }

    /// <param name="IsValid">The bytes are valid in the encoding of the mark, or in UTF-8 where there is none.</param>
    private sealed record Counts(Encoding? Mark, bool IsValid, long ZerosAtEven, long ZerosAtOdd, long Controls, long High, long HighInRuns, long UndefinedIn1252);

    private static Counts Count(Stream content)
    {
        var buffer = new byte[64 * 1024];
        var letters = new char[buffer.Length + 2];
        Encoding? mark = null;
        Decoder? decoder = null;
        var valid = true;
        long at = 0, zerosAtEven = 0, zerosAtOdd = 0, controls = 0, high = 0, highInRuns = 0, undefined = 0;
        byte previous = 0;
        int read;
        while ((read = content.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false)) > 0)
        {
            if (decoder is null)
            {
                mark = MarkOf(buffer.AsSpan(0, read));
                decoder = Strict(mark ?? Encoding.UTF8).GetDecoder();
            }
            if (valid)
            {
                try { decoder.GetChars(buffer, 0, read, letters, 0, flush: read < buffer.Length); }
                catch (DecoderFallbackException) { valid = false; }
            }
            foreach (var value in buffer.AsSpan(0, read))
            {
                if (value == 0 && at % 2 == 0) zerosAtEven++;
                else if (value == 0) zerosAtOdd++;
                // 0x1A ends a text file of DOS descent.
                else if (value < 0x20 && value is not ((byte)'\t' or (byte)'\n' or (byte)'\r' or 0x0C or 0x1A)) controls++;
                if (value >= 0x80) high++;
                if (value >= 0x80 && previous >= 0x80) highInRuns++;
                if (value is 0x81 or 0x8D or 0x8F or 0x90 or 0x9D) undefined++;
                previous = value;
                at++;
            }
        }
        return new Counts(mark, valid, zerosAtEven, zerosAtOdd, controls, high, highInRuns, undefined);
    }

    private static Encoding? MarkOf(ReadOnlySpan<byte> start) => start switch
    {
        [0xEF, 0xBB, 0xBF, ..] => Encoding.UTF8,
        [0xFF, 0xFE, ..] => Encoding.Unicode,
        [0xFE, 0xFF, ..] => Encoding.BigEndianUnicode,
        _ => null,
    };

    private static Encoding Strict(Encoding encoding) =>
        Encoding.GetEncoding(encoding.CodePage, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback);

    private static ManifestUnreadable NotText() =>
        new(ManifestErrors.FileNotReadable, "The file is neither text (CSV) nor an Excel workbook.");

    private static ManifestUnreadable Unknown() =>
        new(ManifestErrors.EncodingUnknown, "The file's encoding is not one of UTF-8, UTF-16, Windows-1256 or Windows-1252. Save it as CSV UTF-8.");
}
