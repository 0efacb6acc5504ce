using System.Security.Claims;
using BetterConnections.Postgres;
using BetterConnections.ServiceDefaults;
using BetterConnections.Volunteers.Openings;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Volunteers.Assignments;

public static class EndAssignment
{
    /// <summary>By whoever would have accepted.</summary>
    public static Task<AssignmentView> Decline(Guid id, Reason reason, VolunteerDb db, ClaimsPrincipal user, TimeProvider clock, CancellationToken cancel) =>
        db.EndAsync(id, user, async (assignment, _) =>
        {
            var volunteer = await db.Volunteers.OneAsync(assignment.VolunteerId, cancel);
            assignment.Decline(assignment.AnsweredBy(user, volunteer, clock, reason.Why));
        }, cancel);

    /// <summary>The volunteer steps back. 409 <c>notice_too_short</c>.</summary>
    public static Task<AssignmentView> Withdraw(Guid id, Reason reason, VolunteerDb db, VolunteeringSettings settings, ClaimsPrincipal user, TimeProvider clock,
        CancellationToken cancel) => db.EndAsync(id, user, async (assignment, opening) =>
        {
            var now = clock.GetUtcNow();
            assignment.RequireNotice(TimeSpan.FromHours(settings.NoticeHours), now);
            await db.CancelAsync(assignment, opening, new Act(Act.Self, now, reason.Why), cancel);
        }, cancel);

    public static Task<AssignmentView> Cancel(Guid id, Reason reason, VolunteerDb db, ClaimsPrincipal user, TimeProvider clock, CancellationToken cancel) =>
        db.EndAsync(id, user, (assignment, opening) =>
            db.CancelAsync(assignment, opening, new Act(user.Subject(), clock.GetUtcNow(), reason.Why), cancel), cancel);

    /// <summary>Done before its time; otherwise it is done by itself after its last shift.</summary>
    public static Task<AssignmentView> Finish(Guid id, VolunteerDb db, ClaimsPrincipal user, TimeProvider clock, CancellationToken cancel) =>
        db.EndAsync(id, user, (assignment, _) =>
        {
            assignment.Finish(new Act(user.Subject(), clock.GetUtcNow()));
            return db.PublishEndedAsync(assignment, clock.GetUtcNow(), cancel);
        }, cancel);

    private static Task<AssignmentView> EndAsync(this VolunteerDb db, Guid id, ClaimsPrincipal user, Func<Assignment, Opening, Task> end, CancellationToken cancel) =>
        db.InTransactionAsync(async () =>
        {
            var seen = await db.AssignmentAsync(id, user, cancel);
            var opening = await db.LockOpeningAsync(seen.OpeningId, cancel);
            await end(await db.Assignments.Include(a => a.Shifts).SingleAsync(a => a.Id == id, cancel), opening);
            await db.SaveChangesAsync(cancel);
            return await db.AssignmentAsync(id, user, cancel);
        }, cancel);
}
