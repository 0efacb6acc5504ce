namespace BetterConnections.Enrollment.Partners;

public enum PartnerKind { Cash, Hardware, Licences, Connectivity, Transport, Refurbishment, Recycler, Training, Research, Other }

/// <summary>An organisation that gives something to the programme. It has no account; the programme office writes for it.</summary>
public sealed class Partner
{
    public Guid Id { get; init; }
    /// <summary>Ascending in the order of entry; lists are paged by it.</summary>
    public long Number { get; init; }
    public required string Name { get; set; }
    public PartnerKind Kind { get; set; }
    public DateTimeOffset AddedAt { get; init; }
    public uint Version { get; init; }
}
