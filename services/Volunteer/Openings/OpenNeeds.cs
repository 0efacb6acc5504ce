using BetterConnections.Volunteers.Facilities;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Volunteers.Openings;

/// <summary>What consumers do with openings; each holds the facility's lock.</summary>
internal static class OpenNeeds
{
    /// <summary>What a facility asks for in a role when nobody says otherwise: its languages and topics, from <paramref name="from"/> on.</summary>
    public static Wanted Of(AssignmentRole role, Facility facility, VolunteeringSettings settings, DateTimeOffset from)
    {
        var need = settings.For(role);
        return new(role, facility.Languages, role == AssignmentRole.Trainer ? facility.Topics : [], from, from.AddDays(need.Days), need.HoursPerWeek);
    }

    /// <summary>Once per cause, and not at a facility that has ended.</summary>
    public static async Task OpenAsync(this VolunteerDb db, Facility facility, string cause, Wanted wanted, string by, DateTimeOffset at, CancellationToken cancel)
    {
        if (facility.State == FacilityState.Ended
            || await db.Openings.AnyAsync(o => o.FacilityId == facility.Id && o.Role == wanted.Role && o.Cause == cause, cancel)) return;
        db.Openings.Add(Opening.For(facility, cause, wanted, by, at));
    }

    /// <summary>What these roles are for is done: nobody more is looked for, and who has accepted finishes.</summary>
    public static async Task CloseOpenAsync(this VolunteerDb db, Facility facility, AssignmentRole[] roles, string why, DateTimeOffset at, CancellationToken cancel)
    {
        foreach (var opening in await db.Openings.FromSql($"select *, xmin from openings where facility_id = {facility.Id} and state = 'Open' order by id for update")
            .Where(o => roles.Contains(o.Role)).ToListAsync(cancel)) opening.Close(why, at);
    }
}
