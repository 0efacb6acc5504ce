using System.Security.Claims;
using BetterConnections.Postgres;
using BetterConnections.ServiceDefaults;
using BetterConnections.Training.Sessions;
using BetterConnections.Training.Toolkits;

namespace BetterConnections.Training.Refreshers;

public static class AcceptRefresher
{
    /// <summary>It becomes a session; topic, facility and audience are the proposal's.</summary>
    public static Task<RefresherView> Handle(Guid id, SessionDetails request, TrainingDb db, ProgrammeSettings programme, SessionSettings settings,
        ClaimsPrincipal user, TimeProvider clock, CancellationToken cancel) => db.InTransactionAsync(async () =>
        {
            var proposal = await db.LockRefresherAsync(id, cancel);
            var now = clock.GetUtcNow();
            proposal.RequireOpen();
            var session = (await db.PlanAsync(new(proposal.Topic, Audience.Workers, request.Language, request.Starts, request.Ends, request.Seats,
                proposal.FacilityId, TrainerId: request.TrainerId, ByTrainingPartner: request.ByTrainingPartner), 1, programme, settings, now, cancel))[0];
            proposal.Accept(session.Id, user.Subject(), now);
            await db.SaveChangesAsync(cancel);
            return await db.RefresherAsync(id, cancel);
        }, cancel);
}
