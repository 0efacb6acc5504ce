using System.Linq.Expressions;
using BetterConnections.Training.Courses;
using BetterConnections.Training.Toolkits;

namespace BetterConnections.Training.Certificates;

/// <summary>A certificate as the training partner and its holder see it.</summary>
/// <param name="Holder">Card code or volunteer number.</param>
/// <param name="Course">The course's code.</param>
/// <param name="Number">Ascending with the time of issue.</param>
public sealed record CertificateView(Guid Id, int Number, string Course, int CourseVersion, Audience Audience, Guid LearnerId, string Holder, DateTimeOffset IssuedAt,
    DateTimeOffset? ValidUntil, DateTimeOffset? RevokedAt, string? RevocationReason)
{
    public static readonly Expression<Func<CertificateOfCourse, CertificateView>> Of = x => new CertificateView(x.Certificate.Id, x.Certificate.StatusIndex, x.Course.Code,
        x.Certificate.CourseVersion, x.Certificate.Audience, x.Certificate.LearnerId, x.Certificate.Holder, x.Certificate.IssuedAt, x.Certificate.ValidUntil,
        x.Certificate.RevokedAt, x.Certificate.RevocationReason);
}

public sealed class CertificateOfCourse
{
    public required Certificate Certificate { get; init; }
    public required Course Course { get; init; }
}
