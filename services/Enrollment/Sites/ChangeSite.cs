using System.Security.Claims;
using BetterConnections.Postgres;
using BetterConnections.ServiceDefaults;

namespace BetterConnections.Enrollment.Sites;

public static class ChangeSite
{
    /// <summary>Needs <c>If-Match</c>. Facilities already applied for stay, even where fewer residents would allow fewer.</summary>
    public static async Task<SiteView> Handle(Guid id, SiteDetails request, EnrollmentDb db, ProgrammeSettings programme, ClaimsPrincipal user,
        HttpContext http, CancellationToken cancel)
    {
        var site = await db.Sites.SeenBy(user).OneAsync(id, cancel);
        http.Request.RequireMatch(site.Version);
        site.Change(request, programme);
        await db.SaveChangesAsync(cancel);
        http.Response.SetETag(site.Version);
        return SiteView.From(site);
    }
}
