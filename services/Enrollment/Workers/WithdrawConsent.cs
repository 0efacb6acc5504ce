using System.Security.Claims;
using BetterConnections.Contracts;
using BetterConnections.Messaging;
using BetterConnections.ServiceDefaults;

namespace BetterConnections.Enrollment.Workers;

public static class WithdrawConsent
{
    /// <summary>Takes the data along that rested on it, also in the service it concerns (<see cref="ConsentPurpose"/>). An employer passes on what a worker of its own says, too: it can only lessen what is kept.</summary>
    public static async Task<WorkerView> Handle(string code, Consent request, EnrollmentDb db, ClaimsPrincipal user, TimeProvider clock, CancellationToken cancel)
    {
        var worker = await db.WorkersSeenBy(user).OneAsync(code, cancel);
        var act = new Act(user.Subject(), clock.GetUtcNow());
        db.Add(worker.WithdrawConsent(request.Purpose!.Value, act));
        db.PublishConsent(worker, request.Purpose.Value, act.At);
        await db.SaveChangesAsync(cancel);
        return WorkerView.From(worker, user);
    }

    /// <summary>Tells the services that a consent concerns as it stands now; the name is kept here alone.</summary>
    internal static void PublishConsent(this EnrollmentDb db, Worker worker, ConsentPurpose purpose, DateTimeOffset at)
    {
        var concerned = purpose switch
        {
            ConsentPurpose.Training => ConsentPurposes.Training,
            ConsentPurpose.Evaluation => ConsentPurposes.Evaluation,
            _ => null,
        };
        if (concerned is not null) db.Publish(new WorkerConsentChanged(worker.Id, worker.Code, concerned, worker.ConsentTo(purpose) is not null, at));
    }
}
