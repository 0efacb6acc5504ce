using System.Security.Claims;
using BetterConnections.Postgres;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Training.Sessions;

/// <param name="Card">The code on a worker's card, or a volunteer's number.</param>
/// <param name="Place">1 for who came first.</param>
/// <param name="Seated">Has a seat; otherwise waits for one.</param>
public sealed record RosterRow(Guid LearnerId, string? Card, int Place, bool Seated, DateTimeOffset EnrolledAt);

public static class ReadRoster
{
    public static async Task<Page<RosterRow>> Handle(Guid id, [AsParameters] Paging page, TrainingDb db, ClaimsPrincipal user, CancellationToken cancel)
    {
        var session = await db.SessionsRunBy(user).AsNoTracking().Where(s => s.Id == id).OneAsync(cancel);
        return await db.RosterAsync(session, page, cancel);
    }

    internal static async Task<Page<RosterRow>> RosterAsync(this TrainingDb db, Session session, Paging page, CancellationToken cancel)
    {
        var seats = await db.SeatsAsync(session, cancel);
        return await db.RosterOf(session.Id).AsNoTracking().PageAsync(e => e.Number, page, e => new RosterRow(e.LearnerId,
            db.Learners.Where(l => l.Id == e.LearnerId).Select(l => l.Code).FirstOrDefault(),
            db.RosterEntries.Count(before => before.SessionId == e.SessionId && before.LeftAt == null && before.Number <= e.Number),
            db.RosterEntries.Count(before => before.SessionId == e.SessionId && before.LeftAt == null && before.Number <= e.Number) <= seats,
            e.EnrolledAt), cancel: cancel);
    }
}
