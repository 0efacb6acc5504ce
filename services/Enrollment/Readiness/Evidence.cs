using BetterConnections.Documents;

namespace BetterConnections.Enrollment.Readiness;

/// <summary>
/// A photograph or document of one item. Its bytes are a <c>bytea</c> column, at most 10 MiB each: so a database backup is
/// complete by itself, and nothing else reads them but the inspector. The content is read by its own query, never with a list.
/// </summary>
public sealed class Evidence
{
    public const int LargestBytes = 10 * 1024 * 1024;
    public const int MostPerItem = 10;

    public Guid Id { get; init; }
    public Guid FacilityId { get; init; }
    public required string Item { get; init; }
    public string? FileName { get; init; }
    /// <summary>As the bytes say, whatever the upload declared.</summary>
    public required string ContentType { get; init; }
    public required byte[] Content { get; init; }
    public int Bytes { get; init; }
    /// <summary>By which the same file sent twice is recognised.</summary>
    public required byte[] Sha256 { get; init; }
    public DateTimeOffset UploadedAt { get; init; }
    public required string UploadedBy { get; init; }

    /// <summary>JPEG, PNG or PDF by the first bytes; null for everything else.</summary>
    public static string? TypeOf(ReadOnlySpan<byte> content) =>
        FileSignature.TypeOf(content[..Math.Min(content.Length, FileSignature.Length)]) is ("image/jpeg" or "image/png" or "application/pdf") and var type ? type : null;
}
