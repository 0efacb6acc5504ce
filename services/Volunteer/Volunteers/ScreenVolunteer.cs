using System.Security.Claims;
using BetterConnections.Contracts;
using BetterConnections.Messaging;
using BetterConnections.ServiceDefaults;
using BetterConnections.Volunteers.Messages;

namespace BetterConnections.Volunteers;

/// <summary>What the programme decides about a volunteer.</summary>
public static class ScreenVolunteer
{
    /// <summary>Training may now enrol the volunteer.</summary>
    public static async Task<VolunteerView> Accept(Guid id, VolunteerDb db, ClaimsPrincipal user, TimeProvider clock, CancellationToken cancel)
    {
        var volunteer = await db.Volunteers.OneAsync(id, cancel);
        var act = new Act(user.Subject(), clock.GetUtcNow());
        volunteer.Accept(act);
        db.Publish(new VolunteerScreened(volunteer.Id, volunteer.Account!, volunteer.LanguagesBestFirst(), act.At, volunteer.Number));
        db.Tell(volunteer.Id, Templates.ApplicationAccepted, act.At);
        await db.SaveChangesAsync(cancel);
        return VolunteerView.From(volunteer);
    }

    public static Task<VolunteerView> Reject(Guid id, Reason reason, VolunteerDb db, ClaimsPrincipal user, TimeProvider clock, CancellationToken cancel) =>
        Do(id, (volunteer, act) =>
        {
            volunteer.Reject(act);
            db.Tell(volunteer.Id, Templates.ApplicationRejected, act.At, ("why", reason.Why));
        }, reason.Why, db, user, clock, cancel);

    public static Task<VolunteerView> StartTraining(Guid id, VolunteerDb db, ClaimsPrincipal user, TimeProvider clock, CancellationToken cancel) =>
        Do(id, (volunteer, act) => volunteer.StartTraining(act), null, db, user, clock, cancel);

    public static Task<VolunteerView> Reactivate(Guid id, VolunteerDb db, ClaimsPrincipal user, TimeProvider clock, CancellationToken cancel) =>
        Do(id, (volunteer, act) =>
        {
            volunteer.Reactivate(act);
            db.Publish(new VolunteerReactivated(id, act.At));
        }, null, db, user, clock, cancel);

    private static async Task<VolunteerView> Do(Guid id, Action<Volunteer, Act> step, string? why, VolunteerDb db, ClaimsPrincipal user, TimeProvider clock,
        CancellationToken cancel)
    {
        var volunteer = await db.Volunteers.OneAsync(id, cancel);
        step(volunteer, new Act(user.Subject(), clock.GetUtcNow(), why));
        await db.SaveChangesAsync(cancel);
        return VolunteerView.From(volunteer);
    }
}
