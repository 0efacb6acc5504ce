using System.Security.Claims;
using BetterConnections.ServiceDefaults;

namespace BetterConnections.Enrollment.Workers;

public static class WithdrawConsent
{
    /// <summary>Takes the data along that rested on it. An employer passes on what a worker of its own says, too: it can only lessen what is kept.</summary>
    public static async Task<WorkerView> Handle(string code, Consent request, EnrollmentDb db, ClaimsPrincipal user, TimeProvider clock, CancellationToken cancel)
    {
        var worker = await db.WorkersSeenBy(user).OneAsync(code, cancel);
        db.Add(worker.WithdrawConsent(request.Purpose!.Value, new Act(user.Subject(), clock.GetUtcNow())));
        await db.SaveChangesAsync(cancel);
        return WorkerView.From(worker, user);
    }
}
