using System.Security.Claims;
using BetterConnections.Contracts;
using BetterConnections.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Volunteers.SiteReports;

public static class ReadSitePhoto
{
    /// <summary>As an attachment: somebody else uploaded it, so a browser is told neither to open it as a page nor to guess.</summary>
    public static async Task<FileContentHttpResult> Handle(Guid id, Guid photoId, VolunteerDb db, ClaimsPrincipal user, HttpResponse response, CancellationToken cancel)
    {
        // A picture can show faces, as no number does: an evaluator who is also a volunteer opens only those of reports of their own.
        var reports = user.IsInRole(Roles.ProgrammeOffice) ? db.SiteReports.AsNoTracking() : db.SiteReportsOf(user);
        var photo = await reports.Where(r => r.Id == id).SelectMany(r => r.Photos).SingleOrDefaultAsync(p => p.Id == photoId, cancel)
            ?? throw new NotThere("photo_unknown", "There is no such photo.");
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.CacheControl = "private, no-store"; // else the browser would keep it beyond the sign-out
        return TypedResults.File(photo.Content, photo.ContentType, photo.ContentType == "image/png" ? $"{photo.Id}.png" : $"{photo.Id}.jpg", lastModified: photo.AddedAt);
    }
}
