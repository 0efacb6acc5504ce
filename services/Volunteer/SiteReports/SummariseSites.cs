using BetterConnections.Postgres;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Volunteers.SiteReports;

/// <param name="From">Reports written then or later.</param>
/// <param name="To">Reports written before.</param>
public sealed record SiteSummaryFilter(Guid? FacilityId = null, string? Zone = null, DateTimeOffset? From = null, DateTimeOffset? To = null,
    string? After = null, int Limit = 50) : Paging(After, Limit);

/// <summary>A facility as its volunteers found it.</summary>
/// <param name="LastAt">When the last report was written; the working devices, the expected ones and the connection are that report's.</param>
/// <param name="InternetUpReports">Reports that found the connection up.</param>
/// <param name="PeopleSeen">Heads counted, all reports together.</param>
/// <param name="Problems">All reports together.</param>
public sealed record SiteSummary(Guid FacilityId, string? FacilityCode, string? Zone, int Reports, DateTimeOffset LastAt, int DevicesWorking, int DevicesExpected,
    bool InternetUp, int InternetUpReports, long PeopleSeen, int Problems);

public static class SummariseSites
{
    /// <summary>A row for each facility that was reported on.</summary>
    public static Task<Page<SiteSummary>> Handle([AsParameters] SiteSummaryFilter filter, VolunteerDb db, CancellationToken cancel)
    {
        var (from, to) = (filter.From?.ToUniversalTime(), filter.To?.ToUniversalTime());
        return db.Database.SqlQuery<SiteSummary>($"""
            select f.id as "FacilityId", f.code as "FacilityCode", f.zone as "Zone", count(*)::int as "Reports", max(r.at) as "LastAt",
                (array_agg(r.devices_working order by r.at desc, r.number desc))[1] as "DevicesWorking",
                (array_agg(r.devices_expected order by r.at desc, r.number desc))[1] as "DevicesExpected",
                (array_agg(r.internet_up order by r.at desc, r.number desc))[1] as "InternetUp",
                count(*) filter (where r.internet_up)::int as "InternetUpReports", sum(r.people_seen)::bigint as "PeopleSeen",
                sum((select count(*) from site_problems p where p.report_id = r.id))::int as "Problems"
            from site_reports r join facilities f on f.id = r.facility_id
            where ({filter.FacilityId}::uuid is null or f.id = {filter.FacilityId}) and ({filter.Zone}::text is null or f.zone = {filter.Zone})
                and ({from}::timestamptz is null or r.at >= {from}) and ({to}::timestamptz is null or r.at < {to})
            group by f.id
            """).PageAsync(s => s.FacilityId, filter, s => s, cancel: cancel);
    }
}
