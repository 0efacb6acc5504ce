using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using BetterConnections.Postgres;
using BetterConnections.ServiceDefaults;
using BetterConnections.Volunteers.Assignments;
using BetterConnections.Volunteers.Facilities;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Volunteers.Visits;

/// <param name="Id">Made by the phone; sent again it changes nothing and is answered alike.</param>
/// <param name="At">When the volunteer arrived, by the phone's clock.</param>
/// <param name="SentAt">The phone's clock as it sends; by it a wrong clock is put right.</param>
/// <param name="Latitude">Where the phone is, in degrees; compared with the facility's place and not kept.</param>
public sealed record Arrival([Required] Guid? Id, [Required] Guid? AssignmentId, [Required] DateTimeOffset? At, DateTimeOffset? SentAt = null,
    [Range(-90, 90)] double? Latitude = null, [Range(-180, 180)] double? Longitude = null);

public static class CheckIn
{
    /// <summary>400 <c>time_in_future</c>; 409 <c>assignment_not_accepted</c>, <c>outside_shift</c>, <c>too_late</c>, <c>visit_id_taken</c>.</summary>
    public static Task<Created<VisitView>> Handle(Arrival arrival, VolunteerDb db, VolunteeringSettings settings, ClaimsPrincipal user, TimeProvider clock,
        CancellationToken cancel) => db.InTransactionAsync(async () =>
    {
        var seen = await db.AssignmentAsync(arrival.AssignmentId!.Value, user, cancel);
        // Locked, so that a repetition at the same moment waits and finds the first.
        var assignment = await db.Assignments.FromSql($"select *, xmin from assignments where id = {seen.Id} for no key update").Include(a => a.Shifts).SingleAsync(cancel);
        var visit = await db.Visits.SingleOrDefaultAsync(v => v.Id == arrival.Id, cancel);
        if (visit is null)
        {
            var now = clock.GetUtcNow();
            var at = DeviceTime.Read(arrival.At!.Value, arrival.SentAt, now, settings);
            if (assignment.AcceptedAt is null) throw new RuleBroken("assignment_not_accepted", "Accept the assignment first.");
            assignment.RequireShift(at.At, settings);
            var facility = await db.Facilities.SingleAsync(f => f.Id == assignment.FacilityId, cancel);
            visit = Visit.Begin(arrival.Id!.Value, assignment, at, Earth.Metres(facility.Latitude, facility.Longitude, arrival.Latitude, arrival.Longitude), now);
            db.Visits.Add(visit);
            await db.SaveChangesAsync(cancel);
        }
        if (visit.AssignmentId != seen.Id) throw new RuleBroken("visit_id_taken", "This id belongs to another visit; make a new one.");
        return TypedResults.Created($"/api/volunteer/visits/{visit.Id}", VisitView.From(visit));
    }, cancel);

    /// <exception cref="RuleBroken">outside_shift: not in one of its hours, with the tolerance.</exception>
    internal static void RequireShift(this Assignment assignment, DateTimeOffset at, VolunteeringSettings settings)
    {
        var tolerance = TimeSpan.FromMinutes(settings.VisitToleranceMinutes);
        if (!assignment.Shifts.Any(s => s.Held && at >= s.Starts - tolerance && at <= s.Ends + tolerance))
            throw new RuleBroken("outside_shift", $"{at:u} is more than {settings.VisitToleranceMinutes} minutes away from any shift of this assignment.");
    }
}
