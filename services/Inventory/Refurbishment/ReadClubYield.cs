using System.Security.Claims;
using BetterConnections.Contracts;
using BetterConnections.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Inventory.Refurbishment;

/// <summary>How well a club refurbishes.</summary>
/// <param name="Checked">Devices the club checked for the first time.</param>
/// <param name="PassedFirst">Those of them that passed at once.</param>
/// <param name="Refurbished">Results that were Passed.</param>
/// <param name="Observed">Those of them that are 90 days old or more.</param>
/// <param name="ObservedFailed">Those of the observed that became Faulty within 90 days.</param>
/// <param name="FailedSoFar">The same of all refurbished, the young included: an early warning, too low for a rate.</param>
public sealed record ClubYield(Guid ClubId, string Club, int Checked, int PassedFirst, int Refurbished, int Observed, int ObservedFailed, int FailedSoFar)
{
    /// <summary>0 to 1; null where nothing was checked.</summary>
    public double? FirstPassYield => Checked == 0 ? null : (double)PassedFirst / Checked;
    /// <summary>0 to 1; null where nothing has been in use for 90 days.</summary>
    public double? FailureRate90Days => Observed == 0 ? null : (double)ObservedFailed / Observed;
}

public static class ReadClubYield
{
    /// <summary>By club, of results from <paramref name="from"/> until before <paramref name="until"/>; a club sees its own.</summary>
    public static Task<List<ClubYield>> Handle(DateTimeOffset? from, DateTimeOffset? until, InventoryDb db, ClaimsPrincipal user, TimeProvider clock, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        var (first, last) = (from?.ToUniversalTime() ?? DateTimeOffset.UnixEpoch, until?.ToUniversalTime() ?? now.AddDays(1));
        var club = user.IsInRole(Roles.Club) ? user.RequiredOrganisation() : (Guid?)null;
        // A failure counts against the refurbishment before it, not against one before that.
        return db.Database.SqlQuery<ClubYield>($"""
            with done as (
                select o.club_id, i.device_id, i.done_at, i.outcome,
                    row_number() over (partition by o.club_id, i.device_id order by i.done_at) = 1 as is_first,
                    lead(i.done_at) over (partition by i.device_id order by i.done_at) as next_at
                from work_order_items i join work_orders o on o.id = i.work_order_id
                where i.outcome in ('Passed', 'Failed')),
            judged as (
                select d.*, d.done_at <= {now} - interval '90 days' as is_observed, d.outcome = 'Passed' and exists (
                    select 1 from device_events e
                    where e.device_id = d.device_id and e.to_state = 'Faulty' and e.from_state <> 'Faulty'
                        and e.at > d.done_at and e.at <= d.done_at + interval '90 days' and (d.next_at is null or e.at < d.next_at)) as has_failed
                from done d where d.done_at >= {first} and d.done_at < {last})
            select l.id as "ClubId", l.name as "Club",
                count(*) filter (where is_first)::int as "Checked",
                count(*) filter (where is_first and outcome = 'Passed')::int as "PassedFirst",
                count(*) filter (where outcome = 'Passed')::int as "Refurbished",
                count(*) filter (where outcome = 'Passed' and is_observed)::int as "Observed",
                count(*) filter (where has_failed and is_observed)::int as "ObservedFailed",
                count(*) filter (where has_failed)::int as "FailedSoFar"
            from judged j join locations l on l.id = j.club_id
            where {club}::uuid is null or l.organisation_id = {club}::uuid
            group by l.id, l.name
            """).OrderBy(y => y.Club).ToListAsync(cancel);
    }
}
