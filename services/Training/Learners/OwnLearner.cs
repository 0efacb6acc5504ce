using System.Security.Claims;
using BetterConnections.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Training.Learners;

internal static class OwnLearner
{
    /// <summary>The volunteer that the account acts for.</summary>
    public static async Task<Learner> VolunteerAsync(this TrainingDb db, ClaimsPrincipal user, CancellationToken cancel)
    {
        var account = user.Subject();
        return await db.Learners.AsNoTracking().SingleOrDefaultAsync(l => l.Account == account, cancel)
            ?? throw new NotThere("learner_unknown", "You are not yet known as a volunteer who may be trained: screening comes first.");
    }
}
