using System.Security.Claims;
using BetterConnections.Training.Learners;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Training.Quizzes;

public sealed record AttemptView(Guid Id, Guid ToolkitId, string Toolkit, int Version, string Module, int Percent, bool Passed, DateTimeOffset TakenAt);

public static class ReadAttempts
{
    /// <summary>The caller's own, the latest first.</summary>
    public static async Task<IReadOnlyList<AttemptView>> Mine(TrainingDb db, ClaimsPrincipal user, CancellationToken cancel)
    {
        var me = await db.VolunteerAsync(user, cancel);
        return await db.QuizAttempts.AsNoTracking().Where(a => a.LearnerId == me.Id).OrderByDescending(a => a.TakenAt).Take(500)
            .Join(db.Toolkits, a => a.ToolkitId, k => k.Id, (a, k) => new AttemptView(a.Id, k.Id, k.Code, a.ToolkitVersion, a.Module, a.Percent, a.Passed, a.TakenAt))
            .ToListAsync(cancel);
    }
}
