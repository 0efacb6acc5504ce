using BetterConnections.Documents;
using BetterConnections.ServiceDefaults;

namespace BetterConnections.Evaluation.Submissions;

/// <summary>What may come with a form: pictures, recordings, and the log of how it was filled in (CSV). Phones may not know a type; they may not tell a wrong one.</summary>
internal static class AttachmentTypes
{
    private const string Csv = "text/csv";

    /// <param name="declared">Media type without parameters; null where none was given.</param>
    /// <param name="start">The first <see cref="FileSignature.Length"/> bytes, or all there are.</param>
    /// <returns>The type that the content has.</returns>
    /// <exception cref="Refused">415 attachment_type_not_taken</exception>
    public static string Of(string? declared, ReadOnlySpan<byte> start)
    {
        var family = declared?.Split('/')[0].ToLowerInvariant() is { } given and not ("application" or "*" or "") ? given : null;
        return (FileSignature.TypeOf(start), family) switch
        {
            ({ } type, null or "image") when type.StartsWith("image/", StringComparison.Ordinal) => type,
            ({ } type, null or "audio") when type.StartsWith("audio/", StringComparison.Ordinal) => type,
            // A recording without a film has the same container, and Android's says no more of itself.
            ("video/mp4", "audio") => "audio/mp4",
            ("video/webm", "audio") => "audio/webm",
            (null, "text") when string.Equals(declared, Csv, StringComparison.OrdinalIgnoreCase) && IsText(start) => Csv,
            _ => throw new Refused(StatusCodes.Status415UnsupportedMediaType, "attachment_type_not_taken", "A file is not what it says, or no picture, recording or log."),
        };
    }

    private static bool IsText(ReadOnlySpan<byte> start)
    {
        foreach (var b in start)
            if (b < ' ' && b is not ((byte)'\t' or (byte)'\r' or (byte)'\n')) return false;
        return true;
    }
}
