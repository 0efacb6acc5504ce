using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using BetterConnections.Postgres;
using BetterConnections.ServiceDefaults;
using BetterConnections.Volunteers.Facilities;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Volunteers.Visits;

/// <param name="At">When the volunteer left, by the phone's clock.</param>
/// <param name="SentAt">As in <see cref="Arrival"/>, as is the place.</param>
public sealed record Departure([Required] DateTimeOffset? At, DateTimeOffset? SentAt = null,
    [Range(-90, 90)] double? Latitude = null, [Range(-180, 180)] double? Longitude = null);

public static class CheckOut
{
    /// <summary>Sent again it changes nothing. 400 <c>time_in_future</c>, <c>out_before_in</c>; 409 <c>outside_shift</c>, <c>too_late</c>, <c>visit_overlaps</c>.</summary>
    public static Task<VisitView> Handle(Guid id, Departure departure, VolunteerDb db, VolunteeringSettings settings, ClaimsPrincipal user, TimeProvider clock,
        CancellationToken cancel) => db.InTransactionAsync(async () =>
    {
        var account = user.Subject();
        var visit = await db.Visits.FromSql($"select v.*, v.xmin from visits v join volunteers o on o.id = v.volunteer_id where v.id = {id} and o.account = {account} for update of v")
            .SingleOrDefaultAsync(cancel) ?? throw new NotThere("visit_unknown", "There is no such visit.");
        if (visit.State != VisitState.Begun) return VisitView.From(visit);

        var now = clock.GetUtcNow();
        var at = DeviceTime.Read(departure.At!.Value, departure.SentAt, now, settings);
        (await db.Assignments.Include(a => a.Shifts).SingleAsync(a => a.Id == visit.AssignmentId, cancel)).RequireShift(at.At, settings);
        var facility = await db.Facilities.SingleAsync(f => f.Id == visit.FacilityId, cancel);
        visit.End(at, Earth.Metres(facility.Latitude, facility.Longitude, departure.Latitude, departure.Longitude), now);
        await db.SaveChangesAsync(cancel);
        return VisitView.From(visit);
    }, cancel);
}
