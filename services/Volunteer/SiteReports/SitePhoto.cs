namespace BetterConnections.Volunteers.SiteReports;

/// <summary>
/// What a volunteer saw. Its bytes are a <c>bytea</c> column, as evidence of a ready room is: a backup of the database is complete by itself.
/// It carries no name: neither the file's nor the sender's. It goes when the volunteer is erased.
/// </summary>
public sealed class SitePhoto
{
    public const int LargestBytes = 5 * 1024 * 1024;
    public const int MostPerReport = 5;

    public Guid Id { get; init; }
    public Guid ReportId { get; init; }
    /// <summary>As the bytes say, whatever the upload declared.</summary>
    public required string ContentType { get; init; }
    public required byte[] Content { get; init; }
    public int Bytes { get; init; }
    /// <summary>By which the same photo sent twice is recognised.</summary>
    public required byte[] Sha256 { get; init; }
    public DateTimeOffset AddedAt { get; init; }
}
