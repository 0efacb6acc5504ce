using System.Security.Claims;
using BetterConnections.Training.Learners;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Training.Certificates;

public static class ListOwnCertificates
{
    /// <summary>The caller's own, the latest first.</summary>
    public static async Task<IReadOnlyList<CertificateView>> Handle(TrainingDb db, ClaimsPrincipal user, CancellationToken cancel)
    {
        var me = await db.VolunteerAsync(user, cancel);
        return await db.Certificates.AsNoTracking().Where(c => c.LearnerId == me.Id).OrderByDescending(c => c.StatusIndex)
            .Join(db.Courses, c => c.CourseId, k => k.Id, (certificate, course) => new CertificateOfCourse { Certificate = certificate, Course = course })
            .Select(CertificateView.Of).ToListAsync(cancel);
    }
}
