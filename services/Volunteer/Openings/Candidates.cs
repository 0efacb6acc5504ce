using BetterConnections.Volunteers.Assignments;
using BetterConnections.Volunteers.Facilities;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Volunteers.Openings;

/// <summary>What the database found about one volunteer for one opening, and the points it gave.</summary>
internal sealed record CandidateRow(Guid VolunteerId, string Number, string? Language, int? LanguageLevel, long? LanguageRank, DateTime? CertifiedUntil, bool HasSkill,
    double? Km, double WeeklyHours, int AwayDays, int FreeShifts, double LoadHours,
    double LanguagePoints, double QualificationPoints, double DistancePoints, double AvailabilityPoints, double LoadPoints, double Total);

internal static class Candidates
{
    /// <summary>
    /// Who could take a place, best first: all volunteers against one opening in one statement. In are the screened ones who have no place or
    /// offer in it yet; for trainers those certified for all topics wanted who speak one of the languages wanted, since nobody teaches without.
    /// In other roles who speaks none of them stands below all who do. Each factor is a share from 0 to 1 of the points its weight gives:
    /// <list type="bullet">
    /// <item>language: the best of level / 4 / rank among the wanted</item>
    /// <item>qualification: for a trainer the part of the period that the certificate lasts, for others whether it offers the skill</item>
    /// <item>distance: h / (h + km) for half-distance h; half where a place is not known (haversine, on a sphere of 6371 km)</item>
    /// <item>availability: the part of the shifts at which its week, its absences and its other shifts leave it free; where no shifts are
    /// named, the hours a week it can come, without days away, of those wanted</item>
    /// <item>load: what the hours it has accepted leave of a full week</item>
    /// </list>
    /// </summary>
    /// <param name="from">Now, or when the opening starts.</param>
    /// <param name="shifts">In UTC; none where the hours are still to be found.</param>
    public static Task<List<CandidateRow>> RankCandidatesAsync(this VolunteerDb db, Opening opening, Facility facility, DateTimeOffset from, IReadOnlyList<ShiftTime> shifts,
        VolunteeringSettings settings, ProgrammeSettings programme, int limit, CancellationToken cancel)
    {
        DateTimeOffset[] begins = [.. shifts.Select(s => s.Starts)], finishes = [.. shifts.Select(s => s.Ends)];
        var (weights, trainer, skill, ends) = (settings.Matching, opening.Role == AssignmentRole.Trainer, opening.Role.Word(), opening.Ends);
        var (first, last) = (programme.Day(from), programme.Day(ends));
        var (days, weeks) = (last.DayNumber - first.DayNumber + 1, Math.Max((ends - from).TotalDays / 7, 1 / 7d));
        double? latitude = facility.Latitude, longitude = facility.Longitude;
        return db.Database.SqlQuery<CandidateRow>($"""
            with spoken as (
                select distinct on (s.volunteer_id) s.volunteer_id, s.language, s.level, w.rank, s.level / 4.0 / w.rank as share
                from volunteer_languages s join unnest({opening.Languages}) with ordinality as w(language, rank) on w.language = s.language
                order by s.volunteer_id, share desc, w.rank
            ), certified as (
                select volunteer_id, case when cardinality({opening.Topics}) = 0 then max(until) else min(until) end as until from (
                    select c.volunteer_id, t.topic, max(coalesce(c.valid_until, 'infinity')) as until
                    from certifications c cross join unnest(c.topics) as t(topic)
                    where c.revoked_at is null and c.certified_at <= {from} and (c.valid_until is null or c.valid_until > {from})
                        and (t.topic = any({opening.Topics}) or cardinality({opening.Topics}) = 0)
                    group by c.volunteer_id, t.topic) as by_topic
                group by volunteer_id having count(*) >= cardinality({opening.Topics})
            ), free as (
                select volunteer_id, sum(to_minute - from_minute) / 60.0 as hours from weekly_slots group by volunteer_id
            ), away as (
                select volunteer_id, (select sum(upper(d) - lower(d)) from unnest(range_agg(daterange(first, last, '[]')) * datemultirange(daterange({first}, {last}, '[]'))) as d) as days
                from absences group by volunteer_id
            ), loaded as (
                select volunteer_id, sum(extract(epoch from least(ends, {ends}) - greatest(starts, {from}))) / 3600 / {weeks} as hours
                from shifts where held and starts < {ends} and ends > {from} group by volunteer_id
            ), free_then as (
                select v.id as volunteer_id, count(*) as shifts from volunteers v join unnest({begins}, {finishes}) as w(starts, ends)
                    on is_available(v.id, w.starts, w.ends, {programme.TimeZone})
                    and not exists (select from shifts h where h.held and h.volunteer_id = v.id and h.starts < w.ends and h.ends > w.starts)
                group by v.id
            ), found as (
                select v.id, v.number, s.language, s.level, s.rank, c.until, {skill} = any(v.skills) as skilled, coalesce(f.hours, 0) as free, coalesce(a.days, 0) as away,
                    coalesce(t.shifts, 0) as shifts, coalesce(l.hours, 0) as load, coalesce(s.share, 0) as share,
                    case when num_nulls(v.home_latitude, v.home_longitude, {latitude}::float8, {longitude}::float8) = 0 then -- least() passes over a null
                    2 * 6371 * asin(least(1, sqrt(power(sin(radians(v.home_latitude - {latitude}) / 2), 2)
                        + cos(radians({latitude})) * cos(radians(v.home_latitude)) * power(sin(radians(v.home_longitude - {longitude}) / 2), 2)))) end as km
                from volunteers v left join spoken s on s.volunteer_id = v.id left join certified c on c.volunteer_id = v.id left join free f on f.volunteer_id = v.id
                    left join away a on a.volunteer_id = v.id left join loaded l on l.volunteer_id = v.id
                    left join free_then t on t.volunteer_id = v.id
                where v.state in ('Screened', 'InTraining', 'Certified', 'Active') and v.erased_at is null
                    and (not {trainer} or c.volunteer_id is not null and (s.volunteer_id is not null or cardinality({opening.Languages}) = 0))
                    and not exists (select from assignments x where x.opening_id = {opening.Id} and x.volunteer_id = v.id and x.state in ('Requested', 'Offered', 'Accepted'))
            ), scored as (
                select *,
                    {weights.Language} * case when cardinality({opening.Languages}) = 0 then 1 else share end as language_points,
                    {weights.Certificate} * case when {trainer} then extract(epoch from least(until, {ends}) - {from}) / extract(epoch from {ends} - {from})
                        when skilled then 1 else 0 end as qualification_points,
                    {weights.Distance} * coalesce({settings.HalfDistanceKm} / ({settings.HalfDistanceKm} + km), 0.5) as distance_points,
                    {weights.Availability} * case when {begins.Length} > 0 then shifts::float8 / nullif({begins.Length}, 0)
                        else least(1, free * (1 - away::float8 / {days}) / {opening.HoursPerWeek}) end as availability_points,
                    {weights.Load} * greatest(0, 1 - load / {settings.FullLoadHoursPerWeek}) as load_points
                from found
            )
            select id as "VolunteerId", number as "Number", language as "Language", level as "LanguageLevel", rank as "LanguageRank", nullif(until, 'infinity') as "CertifiedUntil",
                skilled as "HasSkill", km as "Km", free::float8 as "WeeklyHours", away::int as "AwayDays", shifts::int as "FreeShifts", load::float8 as "LoadHours",
                language_points::float8 as "LanguagePoints", qualification_points::float8 as "QualificationPoints", distance_points::float8 as "DistancePoints",
                availability_points::float8 as "AvailabilityPoints", load_points::float8 as "LoadPoints",
                (language_points + qualification_points + distance_points + availability_points + load_points)::float8 as "Total"
            from scored order by language is not null desc, "Total" desc, id limit {limit}
            """).ToListAsync(cancel);
    }
}
