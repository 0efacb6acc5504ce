using System.Security.Claims;
using BetterConnections.Contracts;
using BetterConnections.ServiceDefaults;
using BetterConnections.Training.Sessions;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Training.Attendance;

public enum TotalsBy { Facility, Zone, Topic, Language, Month }

/// <param name="Key">The facility's code, zone, topic's slug, language or month (2026-11, by the programme's clock on the wall); null for what was held elsewhere.</param>
/// <param name="Attended">Attendances: somebody at two sessions counts twice.</param>
/// <param name="People">Each counts once.</param>
public sealed record Totals(string? Key, int Sessions, int Attended, int People, long Minutes);

/// <param name="From">Sessions that begin at this time or later; by default a year before <paramref name="To"/>.</param>
/// <param name="To">Sessions that begin before this time; by default now.</param>
public sealed record TotalsFilter(TotalsBy By = TotalsBy.Facility, DateTimeOffset? From = null, DateTimeOffset? To = null, Guid? FacilityId = null);

public static class SumAttendance
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(400);

    /// <summary>Of at most 400 days. An employer gets the sums of its own facilities.</summary>
    public static Task<List<Totals>> Handle([AsParameters] TotalsFilter filter, TrainingDb db, ProgrammeSettings programme, ClaimsPrincipal user,
        TimeProvider clock, CancellationToken cancel)
    {
        var to = (filter.To ?? clock.GetUtcNow()).ToUniversalTime();
        var from = filter.From?.ToUniversalTime() ?? to.AddYears(-1);
        if (to - from > Longest) throw new BadInput("period_too_long", $"Ask for at most {Longest.TotalDays} days.");
        var employer = user.IsInRole(Roles.Employer) ? user.RequiredOrganisation() : (Guid?)null;
        return db.Database.SqlQuery<Totals>($"""
            select case {filter.By.ToString()} when 'Facility' then f.code when 'Zone' then f.zone when 'Topic' then s.topic when 'Language' then s.language
                    else to_char(s.starts at time zone {programme.TimeZone}, 'YYYY-MM') end as key,
                count(distinct s.id)::int as sessions, count(*)::int as attended, count(distinct r.learner_id)::int as people, sum(r.minutes) as minutes
            from sessions s join attendance_records r on r.session_id = s.id left join facilities f on f.id = s.facility_id
            where s.starts >= {from} and s.starts < {to}
                and ({filter.FacilityId}::uuid is null or s.facility_id = {filter.FacilityId}) and ({employer}::uuid is null or f.employer_id = {employer})
            group by 1 order by 1
            """).ToListAsync(cancel);
    }
}
