namespace BetterConnections.Enrollment.Facilities;

/// <summary>What a volunteer does at a facility; the words of <see cref="Contracts.AssignmentRoles"/>. All of them see the facility.</summary>
public enum HelperRole { Assessor, Inspector, Installer, Trainer, Monitor }

/// <summary>A volunteer named for a facility, by hand or by an assignment it accepted: a volunteer sees and acts on no other facilities.</summary>
public sealed class FacilityHelper
{
    /// <summary>The assignment's, where one named it.</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public Guid FacilityId { get; init; }
    /// <summary>The volunteer's account (token subject).</summary>
    public required string Subject { get; init; }
    public HelperRole Role { get; init; }
    public DateTimeOffset NamedAt { get; init; }
    public required string NamedBy { get; init; }
    /// <summary>Whose account it is; null where it was named by hand.</summary>
    public Guid? VolunteerId { get; init; }
    /// <summary>The assignment is over. The row stays, so that news of its beginning that come after change nothing.</summary>
    public DateTimeOffset? EndedAt { get; set; }
}

/// <summary>A volunteer whose account is forgotten here, and is not taken up again by news that come late.</summary>
public sealed class ErasedVolunteer
{
    public Guid Id { get; init; }
    public DateTimeOffset ErasedAt { get; init; }
}
