using System.Security.Claims;
using BetterConnections.Postgres;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Volunteers.Availability;

public static class SetAvailability
{
    /// <summary>Replaces all that was said before. Needs <c>If-Match</c> with the ETag of the profile or of the availability, which are one.</summary>
    public static Task<AvailabilityDetails> Handle(AvailabilityDetails request, VolunteerDb db, ClaimsPrincipal user, TimeProvider clock, HttpContext http,
        CancellationToken cancel) => db.InTransactionAsync(async () =>
    {
        request.Check();
        var volunteer = await db.Volunteers.OwnAsync(user, cancel);
        http.Request.RequireMatch(volunteer.Version);
        volunteer.Note(new Act(Act.Self, clock.GetUtcNow(), "availability changed"));
        await db.SaveChangesAsync(cancel); // the volunteer's row first: of two at once the second waits here and is refused

        await db.Set<WeeklySlot>().Where(s => s.VolunteerId == volunteer.Id).ExecuteDeleteAsync(cancel);
        await db.Set<Absence>().Where(a => a.VolunteerId == volunteer.Id).ExecuteDeleteAsync(cancel);
        db.AddRange(WeeklySlot.Merge(volunteer.Id, request.Weekly));
        db.AddRange(request.Absences.Select(a => new Absence { Id = Guid.NewGuid(), VolunteerId = volunteer.Id, First = a.First, Last = a.Last }));
        await db.SaveChangesAsync(cancel);
        http.Response.SetETag(volunteer.Version);
        return await db.AvailabilityAsync(volunteer.Id, cancel);
    }, cancel);
}
