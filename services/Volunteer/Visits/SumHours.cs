using System.Security.Claims;
using BetterConnections.Postgres;
using BetterConnections.ServiceDefaults;
using BetterConnections.Volunteers.Assignments;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Volunteers.Visits;

public enum HoursBy { Volunteer, Facility, Role, Month }

/// <param name="From">Visits that began then or later.</param>
/// <param name="To">Visits that began before.</param>
public sealed record HoursFilter(HoursBy By = HoursBy.Month, Guid? VolunteerId = null, Guid? FacilityId = null, DateTimeOffset? From = null, DateTimeOffset? To = null,
    string? After = null, int Limit = 50) : Paging(After, Limit);

/// <param name="Of">The volunteer's or facility's id, the role, or the month (<c>2026-11</c>, in the programme's time zone).</param>
/// <param name="Minutes">Approved ones.</param>
/// <param name="Waiting">Visits that nobody has approved or rejected yet.</param>
public sealed record HoursTotal(string Of, int Visits, long Minutes, int Volunteers, int Facilities, int Waiting);

public static class SumHours
{
    /// <summary>Approved hours, summed by the database; a volunteer's own.</summary>
    public static async Task<Page<HoursTotal>> Handle([AsParameters] HoursFilter filter, VolunteerDb db, ProgrammeSettings programme, ClaimsPrincipal user,
        CancellationToken cancel)
    {
        var volunteer = user.SeesAllWork() ? filter.VolunteerId : (await db.Volunteers.OwnAsync(user, cancel)).Id;
        var (by, from, to) = (filter.By.ToString(), filter.From?.ToUniversalTime(), filter.To?.ToUniversalTime());
        return await db.Database.SqlQuery<HoursTotal>($"""
            select case {by} when 'Volunteer' then volunteer_id::text when 'Facility' then facility_id::text when 'Role' then lower(role)
                    else to_char(in_at at time zone {programme.TimeZone}, 'YYYY-MM') end as "Of",
                count(*) filter (where state = 'Approved')::int as "Visits", coalesce(sum(approved_minutes), 0)::bigint as "Minutes",
                count(distinct volunteer_id) filter (where state = 'Approved')::int as "Volunteers",
                count(distinct facility_id) filter (where state = 'Approved')::int as "Facilities", count(*) filter (where state = 'Ended')::int as "Waiting"
            from visits
            where state in ('Approved', 'Ended') and ({volunteer}::uuid is null or volunteer_id = {volunteer}) and ({filter.FacilityId}::uuid is null or facility_id = {filter.FacilityId})
                and ({from}::timestamptz is null or in_at >= {from}) and ({to}::timestamptz is null or in_at < {to})
            group by 1
            """).PageAsync(t => t.Of, filter, t => t, cancel: cancel);
    }
}
