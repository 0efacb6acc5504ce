using System.Text;
using BetterConnections.ServiceDefaults;

namespace BetterConnections.Enrollment.Workers.Import;

/// <summary>Tells which encoding a spreadsheet saved its CSV in.</summary>
internal static class TextEncoding
{
    static TextEncoding() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <summary>
    /// A byte order mark decides, then the zero bytes of UTF-16, then UTF-8 if the whole file is valid in it; else Windows-1256,
    /// the code page of Arabic Windows. Reads the stream and rewinds it.
    /// </summary>
    /// <exception cref="BadInput">file_not_text; encoding_not_valid: the file is damaged in the encoding that its mark names.</exception>
    public static async Task<Encoding> DetectAsync(Stream content, CancellationToken cancel)
    {
        var buffer = new byte[64 * 1024];
        var start = await content.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancel);
        content.Position = 0;
        var encoding = MarkedOrZeroed(buffer.AsSpan(0, start));
        if (encoding is null && buffer.AsSpan(0, start).IndexOfAnyInRange((byte)0, (byte)8) >= 0)
            throw new BadInput("file_not_text", "The file is no CSV. From a spreadsheet, save it as CSV UTF-8.");
        var valid = await IsValidAsync(content, encoding ?? Encoding.UTF8, buffer, cancel);
        content.Position = 0;
        if (valid) return encoding ?? Encoding.UTF8;
        return encoding is null ? Encoding.GetEncoding(1256)
            : throw new BadInput("encoding_not_valid", $"The file says it is {encoding.WebName} but holds bytes that are not. Save it as CSV UTF-8.");
    }

    private static Encoding? MarkedOrZeroed(ReadOnlySpan<byte> start) => start switch
    {
        [0xEF, 0xBB, 0xBF, ..] => Encoding.UTF8,
        [0xFF, 0xFE, ..] => Encoding.Unicode,
        [0xFE, 0xFF, ..] => Encoding.BigEndianUnicode,
        // The headings' letters or separators are ASCII, whose other byte is zero.
        [not 0, 0, not 0, 0, ..] => Encoding.Unicode,
        [0, not 0, 0, not 0, ..] => Encoding.BigEndianUnicode,
        _ => null,
    };

    private static async Task<bool> IsValidAsync(Stream content, Encoding encoding, byte[] buffer, CancellationToken cancel)
    {
        var decoder = Encoding.GetEncoding(encoding.CodePage, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback).GetDecoder();
        var letters = new char[buffer.Length + 2];
        try
        {
            int read;
            do
            {
                read = await content.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancel);
                decoder.GetChars(buffer, 0, read, letters, 0, flush: read < buffer.Length);
            }
            while (read == buffer.Length);
            return true;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }
}
