namespace BetterConnections.Training.Courses;

/// <summary>
/// A learner met a course's rule. Each round has its certificate; a further round begins when a certificate is about to
/// expire or was revoked, and asks for the rule to be met anew.
/// </summary>
public sealed class Completion
{
    public Guid CourseId { get; init; }
    public int CourseVersion { get; init; }
    public Guid LearnerId { get; init; }
    /// <summary>1 for the first time.</summary>
    public int Round { get; init; }
    public Guid CertificateId { get; init; }
    /// <summary>Where most of it was attended; null for a course held elsewhere.</summary>
    public Guid? FacilityId { get; init; }
    /// <summary>Minutes attended in it.</summary>
    public int Minutes { get; init; }
    public DateTimeOffset CompletedAt { get; init; }
}
