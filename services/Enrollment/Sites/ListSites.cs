using System.Security.Claims;
using BetterConnections.Postgres;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Enrollment.Sites;

public sealed record SiteFilter(Guid? EmployerId = null, string? Zone = null, string? After = null, int Limit = 50) : Paging(After, Limit);

public static class ListSites
{
    /// <summary>In the order in which they were added.</summary>
    public static Task<Page<SiteView>> Handle([AsParameters] SiteFilter filter, EnrollmentDb db, ClaimsPrincipal user, CancellationToken cancel)
    {
        var sites = db.Sites.AsNoTracking().SeenBy(user);
        if (filter.EmployerId is { } employer) sites = sites.Where(s => s.EmployerId == employer);
        if (filter.Zone is { } zone) sites = sites.Where(s => s.Zone == zone);
        return sites.PageAsync(s => s.Id, filter, SiteView.Of, cancel: cancel);
    }
}
