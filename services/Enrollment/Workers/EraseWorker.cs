using System.Security.Claims;
using BetterConnections.Contracts;
using BetterConnections.Messaging;
using BetterConnections.ServiceDefaults;

namespace BetterConnections.Enrollment.Workers;

public static class EraseWorker
{
    /// <summary>
    /// Forgets the person, on request; code, languages and facility stay, so that counts stay right. Evaluation deletes the interviews held
    /// under the card, Training forgets whose card its records were.
    /// </summary>
    public static async Task<WorkerView> Handle(string code, EnrollmentDb db, ClaimsPrincipal user, TimeProvider clock, CancellationToken cancel)
    {
        var worker = await db.Workers.OneAsync(code, cancel);
        var act = new Act(user.Subject(), clock.GetUtcNow());
        db.Add(worker.Erase(act));
        db.Publish(new WorkerErased(worker.Id, worker.Code, act.At));
        await db.SaveChangesAsync(cancel);
        return WorkerView.From(worker, user);
    }
}
