using System.Security.Claims;
using BetterConnections.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Volunteers.SiteReports;

public static class ReadSitePhoto
{
    /// <summary>As an attachment: somebody else uploaded it, so a browser is told neither to open it as a page nor to guess.</summary>
    public static async Task<FileContentHttpResult> Handle(Guid id, Guid photoId, VolunteerDb db, ClaimsPrincipal user, HttpResponse response, CancellationToken cancel)
    {
        var photo = await db.SiteReportsSeenBy(user).Where(r => r.Id == id).SelectMany(r => r.Photos).SingleOrDefaultAsync(p => p.Id == photoId, cancel)
            ?? throw new NotThere("photo_unknown", "There is no such photo.");
        response.Headers.XContentTypeOptions = "nosniff";
        return TypedResults.File(photo.Content, photo.ContentType, photo.ContentType == "image/png" ? $"{photo.Id}.png" : $"{photo.Id}.jpg", lastModified: photo.AddedAt);
    }
}
