using BetterConnections.ServiceDefaults;
using BetterConnections.Volunteers.Facilities;
using BetterConnections.Volunteers.Openings;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Volunteers.Assignments;

/// <summary>
/// What decides about an assignment stands still until the transaction ends. Everybody locks in one order, so that nobody waits in a
/// circle: the facility, the volunteer, the opening; an assignment changes only under its opening's lock.
/// </summary>
internal static class AssignmentLocks
{
    /// <summary>The facility of an opening, which neither ends nor is suspended meanwhile.</summary>
    /// <exception cref="RuleBroken">facility_ended, facility_suspended</exception>
    public static async Task<Facility> ShareFacilityAsync(this VolunteerDb db, Guid openingId, CancellationToken cancel)
    {
        var facility = await db.Facilities.FromSql($"select f.* from facilities f join openings o on o.facility_id = f.id where o.id = {openingId} for share of f")
            .SingleOrDefaultAsync(cancel) ?? throw new NotThere("opening_unknown", "There is no such opening.");
        return facility.State switch
        {
            FacilityState.Ended => throw new RuleBroken("facility_ended", $"{facility.Name} has closed or withdrawn."),
            FacilityState.Suspended => throw new RuleBroken("facility_suspended", $"{facility.Name} is suspended; nobody is sent there until it is open again."),
            _ => facility,
        };
    }

    /// <summary>With languages and certifications. One acceptance of a volunteer at a time, and none while it is being erased.</summary>
    public static async Task<Volunteer> LockVolunteerAsync(this VolunteerDb db, Guid id, CancellationToken cancel) =>
        await db.FindAndLockVolunteerAsync(id, cancel) ?? throw VolunteerAccess.Unknown();

    /// <summary>Null where there is none, or none any more.</summary>
    public static async Task<Volunteer?> FindAndLockVolunteerAsync(this VolunteerDb db, Guid id, CancellationToken cancel)
    {
        await db.Database.ExecuteSqlAsync($"select 1 from volunteers where id = {id} for no key update", cancel);
        return await db.Volunteers.FindOneAsync(id, cancel);
    }

    public static async Task<Opening> LockOpeningAsync(this VolunteerDb db, Guid id, CancellationToken cancel) =>
        await db.Openings.FromSql($"select *, xmin from openings where id = {id} for update").SingleOrDefaultAsync(cancel)
        ?? throw new NotThere("opening_unknown", "There is no such opening.");
}
