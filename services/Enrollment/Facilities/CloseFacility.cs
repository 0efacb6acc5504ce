using System.Security.Claims;
using BetterConnections.Contracts;
using BetterConnections.Messaging;
using BetterConnections.ServiceDefaults;

namespace BetterConnections.Enrollment.Facilities;

public static class CloseFacility
{
    /// <summary>For good; its devices are called back.</summary>
    public static async Task<FacilityView> Handle(Guid id, Reason reason, EnrollmentDb db, ClaimsPrincipal user, TimeProvider clock, CancellationToken cancel)
    {
        var facility = await db.Facilities.SeenBy(user).OneAsync(id, cancel);
        var act = new Act(user.Subject(), clock.GetUtcNow(), reason.Why);
        facility.Close(act);
        db.Publish(new FacilityClosed(id, reason.Why, act.At));
        await db.SaveChangesAsync(cancel);
        return FacilityView.From(facility);
    }
}
