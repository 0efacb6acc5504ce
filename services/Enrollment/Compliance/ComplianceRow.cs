namespace BetterConnections.Enrollment.Compliance;

/// <summary>How far a mandated company has come: on the list, approved as an employer, a facility open.</summary>
public enum ComplianceStage { Mandated, Enrolled, Open }

/// <summary>One line of the compliance board; a row of the database's view <c>compliance_board</c>.</summary>
public sealed class ComplianceRow
{
    public required string RegistrationNumber { get; init; }
    /// <summary>As the list of mandated companies has it.</summary>
    public required string Name { get; init; }
    public ComplianceStage Stage { get; init; }
    public DateTimeOffset MandatedAt { get; init; }
    /// <summary>When it registered itself, approved or not.</summary>
    public DateTimeOffset? RegisteredAt { get; init; }
    /// <summary>Applied for and neither closed nor withdrawn.</summary>
    public int Facilities { get; init; }
    public int OpenFacilities { get; init; }
}
