using System.Security.Claims;
using BetterConnections.Contracts;
using BetterConnections.Enrollment.Champions;
using BetterConnections.Messaging;
using BetterConnections.ServiceDefaults;

namespace BetterConnections.Enrollment.Workers;

public static class LeaveFacility
{
    /// <summary>The worker goes home, or to a place without a facility.</summary>
    public static async Task<WorkerView> Handle(string code, EnrollmentDb db, ClaimsPrincipal user, TimeProvider clock, CancellationToken cancel)
    {
        var worker = await db.WorkersSeenBy(user).OneAsync(code, cancel);
        var act = new Act(user.Subject(), clock.GetUtcNow(), "left the facility");
        db.Add(worker.Leave(act));
        await db.EndChampionAsync(worker.Id, act, cancel);
        db.Publish(new WorkerLeft(worker.FacilityId, worker.Id, act.At));
        await db.SaveChangesAsync(cancel);
        return WorkerView.From(worker, user);
    }
}
