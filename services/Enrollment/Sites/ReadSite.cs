using System.Security.Claims;
using BetterConnections.Contracts;
using BetterConnections.Postgres;
using BetterConnections.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Enrollment.Sites;

public static class ReadSite
{
    public static async Task<SiteView> Handle(Guid id, EnrollmentDb db, ClaimsPrincipal user, HttpResponse response, CancellationToken cancel)
    {
        var site = await db.Sites.AsNoTracking().SeenBy(user).OneAsync(id, cancel);
        response.SetETag(site.Version);
        return SiteView.From(site);
    }

    /// <summary>An employer's account sees its own organisation's sites and no others.</summary>
    public static IQueryable<Site> SeenBy(this IQueryable<Site> sites, ClaimsPrincipal user)
    {
        if (user.IsInRole(Roles.ProgrammeOffice) || user.IsInRole(Roles.Logistics) || user.HasScope("enrollment.read")) return sites;
        var own = user.RequiredOrganisation();
        return sites.Where(s => s.EmployerId == own);
    }

    public static async Task<Site> OneAsync(this IQueryable<Site> sites, Guid id, CancellationToken cancel) =>
        await sites.SingleOrDefaultAsync(s => s.Id == id, cancel) ?? throw new NotThere("site_unknown", "There is no such site.");
}
