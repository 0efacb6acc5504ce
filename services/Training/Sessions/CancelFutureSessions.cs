using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Training.Sessions;

internal static class CancelFutureSessions
{
    /// <summary>Those that have not begun; what has begun when the news comes is left to whoever stands in the room.</summary>
    public static async Task CancelFutureSessionsAsync(this TrainingDb db, Guid facilityId, string why, DateTimeOffset now, CancellationToken cancel)
    {
        var sessions = await db.Sessions.Where(s => s.FacilityId == facilityId && s.Starts > now
            && (s.State == SessionState.Planned || s.State == SessionState.NeedsTrainer)).ToListAsync(cancel);
        foreach (var session in sessions) session.Cancel(why, now);
    }
}
