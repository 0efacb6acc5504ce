using System.Security.Claims;
using BetterConnections.Postgres;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Training.Sessions;

public static class ChangeSession
{
    /// <summary>Another time, trainer, language or number of seats. Needs <c>If-Match</c>; calendars learn of it by a greater SEQUENCE.</summary>
    public static Task<SessionView> Handle(Guid id, SessionDetails request, TrainingDb db, ProgrammeSettings programme, ClaimsPrincipal user,
        TimeProvider clock, HttpContext http, CancellationToken cancel) => db.InTransactionAsync(async () =>
        {
            var session = await db.Sessions.Where(s => s.Id == id).OneAsync(cancel);
            http.Request.RequireMatch(session.Version);
            var language = programme.KnownLanguages([request.Language])[0];
            Slot[] slots = [Slot.Of(request.Starts!.Value, request.Ends!.Value)];
            var now = clock.GetUtcNow();
            SessionPlanning.RequireNear(slots[0], now);
            // One that has begun can still be told who teaches it, whatever became of the facility meanwhile.
            if (session.FacilityId is { } facility && session.Starts > now) await db.FacilityForAsync(facility, request.Seats, cancel);
            var trainer = session.FacilityId is null ? null : request.TrainerId;
            var teaching = await db.TeachingAsync(trainer, request.ByTrainingPartner || session.FacilityId is null, session.FacilityId, session.Topic, language, slots, cancel);
            session.Change(language, slots[0], request.Seats, teaching, now);
            await db.RequireFreeAsync(session.FacilityId, teaching.TrainerId, slots, session.Id, cancel);
            await db.SaveChangesAsync(cancel);
            http.Response.SetETag(session.Version);
            return await db.Sessions.ViewAsync(id, db, user, cancel);
        }, cancel);
}
