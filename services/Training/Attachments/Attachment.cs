namespace BetterConnections.Training.Attachments;

/// <summary>A file of a version under the name by which lessons show it: <c>![The button](attachments/button.png)</c>.</summary>
public sealed class Attachment
{
    public Guid VersionId { get; init; }
    public required string Name { get; init; }
    public required byte[] Sha256 { get; init; }
    public AttachmentContent Content { get; init; } = null!;
    public DateTimeOffset AddedAt { get; init; }
    public required string AddedBy { get; init; }
}

/// <summary>
/// The bytes of a file, kept once whatever versions show them and never changed. They are read by <see cref="ContentStream"/>
/// only, so this entity does not have them.
/// </summary>
public sealed class AttachmentContent
{
    public required byte[] Sha256 { get; init; }
    /// <summary>As the bytes say.</summary>
    public required string ContentType { get; init; }
    public int Bytes { get; init; }
}
