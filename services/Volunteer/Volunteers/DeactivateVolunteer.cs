using System.Security.Claims;
using BetterConnections.ServiceDefaults;

namespace BetterConnections.Volunteers;

public static class DeactivateVolunteer
{
    public static async Task<VolunteerView> Handle(Guid id, Reason reason, VolunteerDb db, ClaimsPrincipal user, TimeProvider clock, CancellationToken cancel)
    {
        var volunteer = await db.Volunteers.OneAsync(id, cancel);
        volunteer.Deactivate(new Act(user.Subject(), clock.GetUtcNow(), reason.Why));
        await db.SaveChangesAsync(cancel);
        return VolunteerView.From(volunteer);
    }
}
