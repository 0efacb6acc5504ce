using System.Security.Claims;
using BetterConnections.Postgres;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Enrollment.Facilities;

/// <param name="Code">The beginning of a code: <c>F01</c>.</param>
public sealed record FacilityFilter(FacilityState? State = null, string? Zone = null, Guid? EmployerId = null, Guid? SiteId = null, string? Code = null,
    string? After = null, int Limit = 50) : Paging(After, Limit);

public static class ListFacilities
{
    /// <summary>By number, oldest first.</summary>
    public static Task<Page<FacilityView>> Handle([AsParameters] FacilityFilter filter, EnrollmentDb db, ClaimsPrincipal user, CancellationToken cancel) =>
        db.Facilities.AsNoTracking().SeenBy(user).Matching(filter).PageAsync(f => f.Number, filter, FacilityView.Of, cancel: cancel);

    public static IQueryable<Facility> Matching(this IQueryable<Facility> facilities, FacilityFilter filter)
    {
        if (filter.State is { } state) facilities = facilities.Where(f => f.State == state);
        if (filter.Zone is { } zone) facilities = facilities.Where(f => f.Site.Zone == zone);
        if (filter.EmployerId is { } employer) facilities = facilities.Where(f => f.EmployerId == employer);
        if (filter.SiteId is { } site) facilities = facilities.Where(f => f.SiteId == site);
        if (filter.Code?.Trim().ToUpperInvariant() is { Length: > 0 } code) facilities = facilities.Where(f => f.Code.StartsWith(code));
        return facilities;
    }
}
