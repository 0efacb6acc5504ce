namespace BetterConnections.Enrollment.Facilities;

public enum MobileSignal { None, Weak, Fair, Good }

/// <summary>What an assessor found out with the employer, once, before the room is prepared.</summary>
public sealed class NeedsAssessment
{
    public Guid FacilityId { get; init; }
    /// <summary>ISO 639-1 codes, most spoken first.</summary>
    public required string[] Languages { get; init; }
    /// <summary>Residents who read at least one language, as estimated; 0 to 100.</summary>
    public int LiteratePercent { get; init; }
    public required string[] Topics { get; init; }
    public decimal RoomSquareMetres { get; init; }
    public string? Space { get; init; }
    public MobileSignal Signal { get; init; }
    public DateTimeOffset AssessedAt { get; init; }
    public required string AssessedBy { get; init; }
}
