using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using BetterConnections.Postgres;
using BetterConnections.ServiceDefaults;

namespace BetterConnections.Enrollment.Facilities;

/// <param name="Times">All of them; what is left out is closed.</param>
public sealed record OpeningHours([Required, MaxLength(28)] IReadOnlyList<OpeningTime>? Times);

public static class SetOpeningHours
{
    /// <summary>By the employer or the office; everybody may read them (<c>/api/enrollment/public/facilities</c>). Needs <c>If-Match</c>.</summary>
    public static async Task<FacilityView> Handle(Guid id, OpeningHours request, EnrollmentDb db, ClaimsPrincipal user, TimeProvider clock, HttpContext http,
        CancellationToken cancel)
    {
        var facility = await db.Facilities.SeenBy(user).OneAsync(id, cancel);
        http.Request.RequireMatch(facility.Version);
        facility.OpenAt(OpeningTime.Week(request.Times!), new Act(user.Subject(), clock.GetUtcNow(), "opening hours"));
        await db.SaveChangesAsync(cancel);
        http.Response.SetETag(facility.Version);
        return FacilityView.From(facility);
    }
}
