using System.Security.Claims;
using BetterConnections.ServiceDefaults;
using BetterConnections.Training.Sessions;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Training.Learners;

internal static class OwnLearner
{
    /// <summary>The volunteer that the account acts for.</summary>
    /// <exception cref="NotThere">learner_unknown</exception>
    public static async Task<Learner> VolunteerAsync(this TrainingDb db, ClaimsPrincipal user, CancellationToken cancel) =>
        await db.SelfOf(user).AsNoTracking().SingleOrDefaultAsync(cancel)
        ?? throw new NotThere("learner_unknown", "You are not yet known as a volunteer who may be trained: screening comes first.");
}
