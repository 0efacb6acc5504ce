namespace BetterConnections.Inventory.Donations;

/// <summary>A manifest that was imported. The same content again for the same donation is answered with it and changes nothing.</summary>
public sealed class ManifestImport
{
    public Guid Id { get; init; }
    public Guid DonationId { get; init; }
    /// <summary>Of the file's bytes, lower-case hexadecimal.</summary>
    public required string Sha256 { get; init; }
    public string? FileName { get; init; }
    public required string By { get; init; }
    public DateTimeOffset At { get; init; }
    public required string[] Headings { get; init; }
    public int Rows { get; set; }
    /// <summary>Rows that became devices.</summary>
    public int Accepted { get; set; }
    /// <summary>Rows in order whose serial some device had already.</summary>
    public int AlreadyKnown { get; set; }
    /// <summary>How often each of <see cref="ManifestErrors"/> was found; a row may have several.</summary>
    public IReadOnlyDictionary<string, int> RejectedByCode { get; set; } = new Dictionary<string, int>();
}

/// <summary>A row that was refused, as the donor wrote it, kept so that it can be mended.</summary>
public sealed class RejectedRow
{
    public Guid ImportId { get; init; }
    /// <summary>As the donor's own tool counts it, from 1.</summary>
    public int Row { get; init; }
    public required string[] Cells { get; init; }
    /// <summary>JSON of <see cref="RowError"/>s.</summary>
    public required string Errors { get; init; }
}
