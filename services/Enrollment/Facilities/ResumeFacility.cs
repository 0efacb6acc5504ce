using System.Security.Claims;
using BetterConnections.Contracts;
using BetterConnections.Messaging;
using BetterConnections.ServiceDefaults;

namespace BetterConnections.Enrollment.Facilities;

public static class ResumeFacility
{
    /// <summary>A suspended facility opens again under its old number.</summary>
    public static async Task<FacilityView> Handle(Guid id, Reason reason, EnrollmentDb db, ClaimsPrincipal user, TimeProvider clock, CancellationToken cancel)
    {
        var facility = await db.Facilities.SeenBy(user).OneAsync(id, cancel);
        var act = new Act(user.Subject(), clock.GetUtcNow(), reason.Why);
        facility.Resume(act);
        db.Publish(new FacilityResumed(id, act.At));
        await db.SaveChangesAsync(cancel);
        return FacilityView.From(facility);
    }
}
