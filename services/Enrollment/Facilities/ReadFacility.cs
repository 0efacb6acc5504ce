using System.Security.Claims;
using BetterConnections.Postgres;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Enrollment.Facilities;

public static class ReadFacility
{
    public static async Task<FacilityView> Handle(Guid id, EnrollmentDb db, ClaimsPrincipal user, HttpResponse response, CancellationToken cancel)
    {
        var facility = await db.Facilities.AsNoTracking().SeenBy(user).OneAsync(id, cancel);
        response.SetETag(facility.Version);
        return FacilityView.From(facility);
    }

    public static async Task<IReadOnlyList<FacilityEventView>> History(Guid id, EnrollmentDb db, ClaimsPrincipal user, CancellationToken cancel)
    {
        var facility = await db.Facilities.AsNoTracking().SeenBy(user).OneAsync(id, cancel);
        return await db.FacilityEvents.Where(e => e.FacilityId == facility.Id).OrderBy(e => e.Seq)
            .Select(e => new FacilityEventView(e.Seq, e.At, e.By, e.Why, e.FromState, e.ToState)).ToListAsync(cancel);
    }
}
