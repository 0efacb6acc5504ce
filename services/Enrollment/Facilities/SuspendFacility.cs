using System.Security.Claims;
using BetterConnections.Contracts;
using BetterConnections.Messaging;
using BetterConnections.ServiceDefaults;

namespace BetterConnections.Enrollment.Facilities;

public static class SuspendFacility
{
    /// <summary>For a while: no sessions, devices stay.</summary>
    public static async Task<FacilityView> Handle(Guid id, Reason reason, EnrollmentDb db, ClaimsPrincipal user, TimeProvider clock, CancellationToken cancel)
    {
        var facility = await db.Facilities.SeenBy(user).OneAsync(id, cancel);
        var act = new Act(user.Subject(), clock.GetUtcNow(), reason.Why);
        facility.Suspend(act);
        db.Publish(new FacilitySuspended(id, reason.Why, act.At));
        await db.SaveChangesAsync(cancel);
        return FacilityView.From(facility);
    }
}
