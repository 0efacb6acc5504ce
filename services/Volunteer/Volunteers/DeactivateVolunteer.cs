using System.Security.Claims;
using BetterConnections.Contracts;
using BetterConnections.Messaging;
using BetterConnections.Postgres;
using BetterConnections.ServiceDefaults;
using BetterConnections.Volunteers.Assignments;

namespace BetterConnections.Volunteers;

public static class DeactivateVolunteer
{
    /// <summary>Its assignments are cancelled with it.</summary>
    public static Task<VolunteerView> Handle(Guid id, Reason reason, VolunteerDb db, ClaimsPrincipal user, TimeProvider clock, CancellationToken cancel) =>
        db.InTransactionAsync(async () =>
        {
            var volunteer = await db.LockVolunteerAsync(id, cancel);
            var act = new Act(user.Subject(), clock.GetUtcNow(), reason.Why);
            volunteer.Deactivate(act);
            db.Publish(new VolunteerDeactivated(id, act.At));
            await db.CancelAssignmentsAsync(a => a.VolunteerId == id, act, cancel);
            await db.SaveChangesAsync(cancel);
            return VolunteerView.From(volunteer);
        }, cancel);
}
