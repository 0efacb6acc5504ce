using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Volunteers.Facilities;

internal static class FacilityLock
{
    /// <summary>
    /// The facility, written down now if no event named it before, and held until the transaction ends: two events about one
    /// facility at once take their turns, so neither overwrites the other and an opening cannot slip past the facility's end.
    /// </summary>
    public static async Task<Facility> LockFacilityAsync(this VolunteerDb db, Guid id, CancellationToken cancel)
    {
        await db.Database.ExecuteSqlAsync(
            $"insert into facilities (id, languages, topics, state) values ({id}, array[]::text[], array[]::text[], 'Planned') on conflict do nothing", cancel);
        return await db.Facilities.FromSql($"select * from facilities where id = {id} for update").SingleAsync(cancel);
    }
}
