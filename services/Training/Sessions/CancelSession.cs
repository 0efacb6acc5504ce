using System.Security.Claims;
using BetterConnections.Postgres;
using BetterConnections.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Training.Sessions;

public static class CancelSession
{
    public static Task<SessionView> Handle(Guid id, Reason request, TrainingDb db, ClaimsPrincipal user, TimeProvider clock, CancellationToken cancel) =>
        db.InTransactionAsync(async () =>
        {
            var session = await db.LockSessionAsync(id, user, cancel);
            if (await db.AttendanceRecords.AnyAsync(r => r.SessionId == id, cancel))
                throw new RuleBroken("session_has_attendance", "Somebody was there: the session was held. Close it instead.");
            session.Cancel(request.Why.Trim(), clock.GetUtcNow());
            await db.SaveChangesAsync(cancel);
            return await db.Sessions.ViewAsync(id, db, user, cancel);
        }, cancel);
}
