using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using BetterConnections.Postgres;
using BetterConnections.ServiceDefaults;
using BetterConnections.Training.Learners;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Training.Sessions;

/// <param name="Learner">The code on the card, or the id.</param>
public sealed record Leaving([Required, StringLength(200, MinimumLength = 3)] string Learner);

public static class LeaveRoster
{
    /// <summary>Whoever is first of those who wait has a seat now.</summary>
    public static Task<Page<RosterRow>> Handle(Guid id, Leaving request, TrainingDb db, ClaimsPrincipal user, TimeProvider clock, CancellationToken cancel) =>
        db.InTransactionAsync(async () =>
        {
            var session = await db.LockSessionAsync(id, user, cancel);
            if (!session.IsToCome) throw new RuleBroken("state_forbids", $"The session is {session.State}; its roster stays as it is.").With("state", session.State);
            var learner = (await db.Learners.ByCardAsync([request.Learner], cancel)).GetValueOrDefault(FindLearners.Read(request.Learner))?.Id;
            var entry = await db.RosterOf(id).SingleOrDefaultAsync(e => e.LearnerId == learner, cancel)
                ?? throw new NotThere("not_on_roster", "Nobody with this card is on the roster.");
            entry.LeftAt = clock.GetUtcNow();
            await db.SaveChangesAsync(cancel);
            return await db.RosterAsync(session, new(), cancel);
        }, cancel);
}
