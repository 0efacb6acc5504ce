using System.Security.Claims;
using BetterConnections.ServiceDefaults;

namespace BetterConnections.Enrollment.Workers;

public static class EraseWorker
{
    /// <summary>Forgets the person, on request; code, languages and facility stay, so that counts stay right.</summary>
    public static async Task<WorkerView> Handle(string code, EnrollmentDb db, ClaimsPrincipal user, TimeProvider clock, CancellationToken cancel)
    {
        var worker = await db.Workers.OneAsync(code, cancel);
        db.Add(worker.Erase(new Act(user.Subject(), clock.GetUtcNow())));
        await db.SaveChangesAsync(cancel);
        return WorkerView.From(worker, user);
    }
}
