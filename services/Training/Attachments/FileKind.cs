namespace BetterConnections.Training.Attachments;

/// <summary>What may be attached, by the ending of its name; its <see cref="Documents.FileSignature"/> has to say the same.</summary>
public sealed record FileKind(string ContentType, int Limit)
{
    /// <summary>Null for what may not be attached.</summary>
    public static FileKind? Named(string name, AttachmentLimits limits) => Path.GetExtension(name).ToLowerInvariant() switch
    {
        ".jpg" or ".jpeg" => new("image/jpeg", limits.Picture),
        ".png" => new("image/png", limits.Picture),
        ".gif" => new("image/gif", limits.Picture),
        ".webp" => new("image/webp", limits.Picture),
        ".pdf" => new("application/pdf", limits.Document),
        ".mp3" => new("audio/mpeg", limits.Audio),
        ".ogg" => new("audio/ogg", limits.Audio),
        ".wav" => new("audio/wav", limits.Audio),
        ".m4a" => new("audio/mp4", limits.Audio),
        ".mp4" => new("video/mp4", limits.Video),
        ".webm" => new("video/webm", limits.Video),
        _ => null,
    };
}
