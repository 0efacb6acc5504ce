using BetterConnections.Volunteers.Assignments;
using BetterConnections.Volunteers.Openings;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Volunteers.Facilities;

internal static class EndFacility
{
    /// <summary>The facility closed or withdrew: its openings are cancelled and whoever is assigned there is free again.</summary>
    public static async Task EndFacilityAsync(this VolunteerDb db, Guid id, string by, string why, DateTimeOffset at, CancellationToken cancel)
    {
        var facility = await db.LockFacilityAsync(id, cancel);
        if (facility.State == FacilityState.Ended) return;
        facility.End(at);
        var live = await db.Openings.FromSql($"select *, xmin from openings where facility_id = {id} order by id for update").ToListAsync(cancel);
        foreach (var opening in live.Where(o => o.IsLive)) opening.Cancel(why, at);
        await db.CancelAssignmentsAsync(a => a.FacilityId == id, new Act(by, at, why), cancel);
    }
}
