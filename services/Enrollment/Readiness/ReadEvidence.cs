using System.Security.Claims;
using BetterConnections.Enrollment.Facilities;
using BetterConnections.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Enrollment.Readiness;

public static class ReadEvidence
{
    /// <summary>The file as an attachment: somebody else uploaded it, so a browser is told neither to show nor to guess.</summary>
    public static async Task<FileContentHttpResult> Handle(Guid id, Guid evidenceId, EnrollmentDb db, ClaimsPrincipal user, HttpResponse response, CancellationToken cancel)
    {
        var facility = await db.Facilities.AsNoTracking().SeenBy(user).OneAsync(id, cancel);
        var evidence = await db.Evidence.AsNoTracking().SingleOrDefaultAsync(e => e.Id == evidenceId && e.FacilityId == facility.Id, cancel)
            ?? throw new NotThere("evidence_unknown", "There is no such evidence.");
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.CacheControl = "private, no-store"; // else the browser would keep it beyond the sign-out
        return TypedResults.File(evidence.Content, evidence.ContentType, evidence.FileName ?? $"{facility.Code}-{evidence.Item}", lastModified: evidence.UploadedAt);
    }
}
