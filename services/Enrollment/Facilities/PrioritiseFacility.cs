using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using BetterConnections.Postgres;
using BetterConnections.ServiceDefaults;

namespace BetterConnections.Enrollment.Facilities;

/// <param name="Priority">0 is ordinary; higher is served first when kits are short.</param>
public sealed record FacilityPriority([Range(0, 100)] int Priority, [Required, StringLength(500, MinimumLength = 3)] string Why);

public static class PrioritiseFacility
{
    /// <summary>Needs <c>If-Match</c>.</summary>
    public static async Task<FacilityView> Handle(Guid id, FacilityPriority request, EnrollmentDb db, ClaimsPrincipal user, TimeProvider clock,
        HttpContext http, CancellationToken cancel)
    {
        var facility = await db.Facilities.OneAsync(id, cancel);
        http.Request.RequireMatch(facility.Version);
        facility.Prioritise(request.Priority, new Act(user.Subject(), clock.GetUtcNow(), request.Why));
        await db.SaveChangesAsync(cancel);
        http.Response.SetETag(facility.Version);
        return FacilityView.From(facility);
    }
}
