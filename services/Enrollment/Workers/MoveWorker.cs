using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using BetterConnections.Enrollment.Champions;
using BetterConnections.Enrollment.Facilities;
using BetterConnections.Messaging;
using BetterConnections.ServiceDefaults;

namespace BetterConnections.Enrollment.Workers;

public sealed record Move([Required] Guid? FacilityId);

public static class MoveWorker
{
    /// <summary>To another facility, or back to one after having left; an employer moves its workers between its own, the programme office anywhere.</summary>
    public static async Task<WorkerView> Handle(string code, Move request, EnrollmentDb db, ClaimsPrincipal user, TimeProvider clock, CancellationToken cancel)
    {
        var worker = await db.WorkersSeenBy(user).OneAsync(code, cancel);
        var facility = await db.Facilities.SeenBy(user).OpenAsync(request.FacilityId!.Value, cancel);
        var act = new Act(user.Subject(), clock.GetUtcNow(), "moved to another facility");
        db.Add(worker.Move(facility.Id, act));
        await db.EndChampionAsync(worker.Id, act, cancel);
        if (worker.ErasedAt is null) db.Publish(worker.Joined(act.At) with { Moved = true }); // the others have forgotten the card
        await db.SaveChangesAsync(cancel);
        return WorkerView.From(worker, user);
    }
}
