namespace BetterConnections.Enrollment.Facilities;

public enum HelperRole { Assessor, Inspector }

/// <summary>A volunteer named for a facility: it is the only one that volunteer sees and may act on.</summary>
public sealed class FacilityHelper
{
    public Guid FacilityId { get; init; }
    /// <summary>The volunteer's account (token subject).</summary>
    public required string Subject { get; init; }
    public HelperRole Role { get; init; }
    public DateTimeOffset NamedAt { get; init; }
    public required string NamedBy { get; init; }
}
