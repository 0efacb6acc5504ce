namespace BetterConnections.Contracts;

// Published by Training. A learner is a worker, or a volunteer in a train-the-trainer course, named by id.

/// <summary>A volunteer passed a train-the-trainer course and may teach.</summary>
/// <param name="CertificateId">A renewal is a new certificate.</param>
/// <param name="Topics">Slugs of the toolkit topics the certificate covers.</param>
/// <param name="ValidUntil">Null where the certificate does not expire.</param>
public sealed record VolunteerCertified(Guid VolunteerId, Guid CertificateId, IReadOnlyList<string> Topics, DateTimeOffset? ValidUntil, DateTimeOffset At);

/// <summary>A certificate, of a worker or a volunteer, no longer counts.</summary>
/// <param name="LearnerId">The worker or volunteer.</param>
public sealed record CertificateRevoked(Guid CertificateId, Guid LearnerId, DateTimeOffset At);

/// <summary>A session took place and its attendance is closed.</summary>
/// <param name="FacilityId">Null for a session held elsewhere, such as the training of volunteers.</param>
/// <param name="TrainerId">The volunteer; null where the training partner taught itself.</param>
/// <param name="Audience"><c>workers</c>, <c>champions</c> or <c>volunteers</c>.</param>
/// <param name="Attended">People who were there, each once.</param>
/// <param name="PersonMinutes">Minutes attended, all people together.</param>
/// <param name="Late">A correction after an attendance that came late: the figures replace those said before.</param>
public sealed record SessionDelivered(Guid SessionId, Guid? FacilityId, Guid? TrainerId, string Topic, string Language, string Audience,
    int Attended, int Minutes, int PersonMinutes, bool Late, DateTimeOffset At);

/// <summary>A learner met the completion rule of a course, for the first time.</summary>
/// <param name="LearnerId">The worker or volunteer.</param>
/// <param name="FacilityId">Where most of it was attended; null for a course held elsewhere.</param>
/// <param name="Minutes">Minutes the learner attended in it.</param>
public sealed record CourseCompleted(Guid CourseId, Guid LearnerId, Guid? FacilityId, string Audience, IReadOnlyList<string> Topics, int Minutes, DateTimeOffset At);
