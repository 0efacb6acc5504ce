using System.Security.Claims;
using BetterConnections.Postgres;
using BetterConnections.ServiceDefaults;
using BetterConnections.Volunteers.Assignments;

namespace BetterConnections.Volunteers.Openings;

public static class EndOpening
{
    /// <summary>Nobody more is wanted; who has accepted stays.</summary>
    public static Task<OpeningView> Close(Guid id, Reason reason, VolunteerDb db, ClaimsPrincipal user, TimeProvider clock, CancellationToken cancel) =>
        db.InTransactionAsync(async () =>
        {
            (await db.LockOpeningAsync(id, cancel)).Close(reason.Why, clock.GetUtcNow());
            await db.CancelAssignmentsAsync(a => a.OpeningId == id && a.State != AssignmentState.Accepted, Act(user, clock, reason), cancel);
            await db.SaveChangesAsync(cancel);
            return await ReadOpenings.One(id, db, user, clock, cancel);
        }, cancel);

    /// <summary>The need is gone; its assignments are cancelled too.</summary>
    public static Task<OpeningView> Cancel(Guid id, Reason reason, VolunteerDb db, ClaimsPrincipal user, TimeProvider clock, CancellationToken cancel) =>
        db.InTransactionAsync(async () =>
        {
            (await db.LockOpeningAsync(id, cancel)).Cancel(reason.Why, clock.GetUtcNow());
            await db.CancelAssignmentsAsync(a => a.OpeningId == id, Act(user, clock, reason), cancel);
            await db.SaveChangesAsync(cancel);
            return await ReadOpenings.One(id, db, user, clock, cancel);
        }, cancel);

    private static Act Act(ClaimsPrincipal user, TimeProvider clock, Reason reason) =>
        new(user.Subject(), clock.GetUtcNow(), reason.Why);
}
