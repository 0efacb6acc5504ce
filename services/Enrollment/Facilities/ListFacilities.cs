using System.Security.Claims;
using BetterConnections.Postgres;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Enrollment.Facilities;

/// <param name="Code">The beginning of a code: <c>F01</c>.</param>
/// <param name="Search">The beginning of a code, or a part of the name of its site or employer.</param>
public sealed record FacilityFilter(FacilityState? State = null, string? Zone = null, Guid? EmployerId = null, Guid? SiteId = null, string? Code = null,
    string? Search = null, string? After = null, int Limit = 50) : Paging(After, Limit);

public static class ListFacilities
{
    /// <summary>By number, oldest first; to whoever accepts <c>application/geo+json</c> all of it as a map.</summary>
    public static async Task<Results<Ok<Page<FacilityView>>, EmptyHttpResult>> Handle([AsParameters] FacilityFilter filter, EnrollmentDb db, ClaimsPrincipal user,
        HttpContext http, CancellationToken cancel)
    {
        if (http.Request.GetTypedHeaders().Accept.Any(a => a.MediaType == "application/geo+json"))
        {
            await MapOfFacilities.Handle(filter, db, user, http.Response, cancel);
            return TypedResults.Empty;
        }
        return TypedResults.Ok(await db.Facilities.AsNoTracking().SeenBy(user).Matching(filter, db).PageAsync(f => f.Number, filter, FacilityView.Of, cancel: cancel));
    }

    /// <summary>For <c>ILike</c> with <c>\</c> as its escape.</summary>
    internal static string Containing(string part) => $"%{part.Replace(@"\", @"\\").Replace("%", @"\%").Replace("_", @"\_")}%";

    public static IQueryable<Facility> Matching(this IQueryable<Facility> facilities, FacilityFilter filter, EnrollmentDb db)
    {
        if (filter.State is { } state) facilities = facilities.Where(f => f.State == state);
        if (filter.Zone is { } zone) facilities = facilities.Where(f => f.Site.Zone == zone);
        if (filter.EmployerId is { } employer) facilities = facilities.Where(f => f.EmployerId == employer);
        if (filter.SiteId is { } site) facilities = facilities.Where(f => f.SiteId == site);
        if (filter.Code?.Trim().ToUpperInvariant() is { Length: > 0 } code) facilities = facilities.Where(f => f.Code.StartsWith(code));
        if (filter.Search?.Trim() is { Length: > 0 } search)
        {
            var (begins, part) = (search.ToUpperInvariant(), Containing(search));
            facilities = facilities.Where(f => f.Code.StartsWith(begins)
                || db.Sites.Where(s => EF.Functions.ILike(s.Name, part, @"\")).Select(s => s.Id).Contains(f.SiteId)
                || db.Employers.Where(e => EF.Functions.ILike(e.Name, part, @"\")).Select(e => e.Id).Contains(f.EmployerId));
        }
        return facilities;
    }
}
