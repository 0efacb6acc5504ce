using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using BetterConnections.ServiceDefaults;

namespace BetterConnections.Enrollment.Workers;

public sealed record Consent([Required] ConsentPurpose? Purpose);

public static class GiveConsent
{
    public static async Task<WorkerView> Handle(string code, Consent request, EnrollmentDb db, ClaimsPrincipal user, TimeProvider clock, CancellationToken cancel)
    {
        var worker = await db.Workers.OneAsync(code, cancel);
        db.Add(worker.GiveConsent(request.Purpose!.Value, new Act(user.Subject(), clock.GetUtcNow())));
        await db.SaveChangesAsync(cancel);
        return WorkerView.From(worker, user);
    }
}
