using System.ComponentModel.DataAnnotations;
using BetterConnections.Postgres;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Training.Certificates;

/// <param name="Holder">A card code or volunteer number.</param>
/// <param name="Course">A course's code.</param>
public sealed record CertificateFilter([property: StringLength(60)] string? Holder = null, [property: StringLength(60)] string? Course = null,
    Guid? LearnerId = null, CertificateState? State = null, string? After = null, int Limit = 50) : Paging(After, Limit);

public static class ListCertificates
{
    /// <summary>The latest first.</summary>
    public static Task<Page<CertificateView>> Handle([AsParameters] CertificateFilter filter, TrainingDb db, TimeProvider clock, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        return db.Certificates.AsNoTracking()
            .Where(c => filter.Holder == null || c.Holder == filter.Holder)
            .Where(c => filter.LearnerId == null || c.LearnerId == filter.LearnerId)
            .Where(c => filter.State == null
                || (filter.State == CertificateState.Revoked ? c.RevokedAt != null
                    : c.RevokedAt == null && (filter.State == CertificateState.Expired) == (c.ValidUntil != null && c.ValidUntil <= now)))
            .Join(db.Courses, c => c.CourseId, k => k.Id, (certificate, course) => new CertificateOfCourse { Certificate = certificate, Course = course })
            .Where(x => filter.Course == null || x.Course.Code == filter.Course)
            .PageAsync(x => x.Certificate.StatusIndex, filter, CertificateView.Of, descending: true, cancel);
    }
}
