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
        var act = new Act(user.Subject(), clock.GetUtcNow());
        db.Add(worker.GiveConsent(request.Purpose!.Value, act));
        db.PublishConsent(worker, request.Purpose.Value, act.At);
        await db.SaveChangesAsync(cancel);
        return WorkerView.From(worker, user);
    }
}
