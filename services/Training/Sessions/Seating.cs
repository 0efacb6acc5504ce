using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Training.Sessions;

internal static class Seating
{
    /// <summary>Those planned, but no more than computers work there while the session is to come; one that was held keeps its own.</summary>
    public static async Task<int> SeatsAsync(this TrainingDb db, Session session, CancellationToken cancel)
    {
        if (session.FacilityId is null || !session.IsToCome) return session.Seats;
        var working = await db.Facilities.Where(f => f.Id == session.FacilityId).Select(f => f.WorkingComputers).SingleAsync(cancel);
        return Math.Min(session.Seats, working);
    }

    public static IQueryable<RosterEntry> RosterOf(this TrainingDb db, Guid session) =>
        db.RosterEntries.Where(e => e.SessionId == session && e.LeftAt == null);
}
