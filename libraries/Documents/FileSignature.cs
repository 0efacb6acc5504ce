using System.Text;

namespace BetterConnections.Documents;

/// <summary>The media type that a file's first bytes tell, whatever its name or its sender say. SVG and HTML are not among them: they can hold scripts.</summary>
public static class FileSignature
{
    /// <summary>How many bytes of a file have to be seen to know its type.</summary>
    public const int Length = 64;

    /// <param name="start">The first <see cref="Length"/> bytes, or all there are.</param>
    /// <returns>Null for every other type.</returns>
    public static string? TypeOf(ReadOnlySpan<byte> start) => start switch
    {
        [0xFF, 0xD8, 0xFF, ..] => "image/jpeg",
        [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A, ..] => "image/png",
        [(byte)'G', (byte)'I', (byte)'F', (byte)'8', (byte)'7' or (byte)'9', (byte)'a', ..] => "image/gif",
        [(byte)'R', (byte)'I', (byte)'F', (byte)'F', _, _, _, _, .. var form] => form.StartsWith("WEBP"u8) ? "image/webp" : form.StartsWith("WAVE"u8) ? "audio/wav" : null,
        [(byte)'%', (byte)'P', (byte)'D', (byte)'F', (byte)'-', ..] => "application/pdf",
        [(byte)'I', (byte)'D', (byte)'3', ..] or [0xFF, 0xFB or 0xF3 or 0xF2 or 0xFA, ..] => "audio/mpeg",
        [(byte)'O', (byte)'g', (byte)'g', (byte)'S', ..] => "audio/ogg",
        [(byte)'#', (byte)'!', (byte)'A', (byte)'M', (byte)'R', ..] => "audio/amr",
        [_, _, _, _, (byte)'f', (byte)'t', (byte)'y', (byte)'p', .. var brand] => brand.StartsWith("M4A"u8) ? "audio/mp4" : brand.StartsWith("qt"u8) ? null : "video/mp4",
        [0x1A, 0x45, 0xDF, 0xA3, ..] => Encoding.Latin1.GetString(start).Contains("webm", StringComparison.Ordinal) ? "video/webm" : null,
        _ => null,
    };
}
