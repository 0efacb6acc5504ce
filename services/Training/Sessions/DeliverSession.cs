using System.Security.Claims;
using BetterConnections.Contracts;
using BetterConnections.Messaging;
using BetterConnections.Postgres;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Training.Sessions;

public static class DeliverSession
{
    /// <summary>Closes the attendance and tells the programme what was taught.</summary>
    public static Task<SessionView> Handle(Guid id, TrainingDb db, ClaimsPrincipal user, TimeProvider clock, CancellationToken cancel) =>
        db.InTransactionAsync(async () =>
        {
            var session = await db.LockSessionAsync(id, user, cancel);
            var (attended, minutes) = await db.FiguresAsync(id, cancel);
            var now = clock.GetUtcNow();
            session.Deliver(attended, minutes, now);
            db.Publish(session.Delivered(late: false, now));
            await db.SaveChangesAsync(cancel);
            return await db.Sessions.ViewAsync(id, db, user, cancel);
        }, cancel);

    /// <summary>As saved so far.</summary>
    internal static async Task<(int Attended, int PersonMinutes)> FiguresAsync(this TrainingDb db, Guid session, CancellationToken cancel)
    {
        var records = db.AttendanceRecords.Where(r => r.SessionId == session);
        return (await records.CountAsync(cancel), await records.SumAsync(r => r.Minutes, cancel));
    }

    internal static SessionDelivered Delivered(this Session session, bool late, DateTimeOffset at) => new(session.Id, session.FacilityId, session.TrainerId,
        session.Topic, session.Language, session.Audience.ToString().ToLowerInvariant(), session.Attended!.Value, session.Minutes, session.PersonMinutes!.Value, late, at);
}
