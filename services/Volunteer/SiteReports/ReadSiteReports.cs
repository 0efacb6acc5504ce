using System.Security.Claims;
using BetterConnections.Contracts;
using BetterConnections.Postgres;
using BetterConnections.ServiceDefaults;
using BetterConnections.Volunteers.Assignments;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Volunteers.SiteReports;

public sealed record SiteReportFilter(Guid? FacilityId = null, Guid? VolunteerId = null, DateTimeOffset? From = null, DateTimeOffset? To = null,
    string? After = null, int Limit = 50) : Paging(After, Limit);

public static class ReadSiteReports
{
    /// <summary>As received, newest first; a volunteer's own.</summary>
    public static Task<Page<SiteReportView>> List([AsParameters] SiteReportFilter filter, VolunteerDb db, ClaimsPrincipal user, CancellationToken cancel)
    {
        var reports = db.SiteReportsSeenBy(user);
        if (filter.FacilityId is { } facility) reports = reports.Where(r => r.FacilityId == facility);
        if (filter.VolunteerId is { } volunteer) reports = reports.Where(r => r.VolunteerId == volunteer);
        if (filter.From?.ToUniversalTime() is { } from) reports = reports.Where(r => r.At >= from);
        if (filter.To?.ToUniversalTime() is { } to) reports = reports.Where(r => r.At < to);
        return reports.PageAsync(r => r.Number, filter, SiteReportView.Of, descending: true, cancel);
    }

    public static async Task<SiteReportView> One(Guid id, VolunteerDb db, ClaimsPrincipal user, CancellationToken cancel) =>
        await db.SiteReportsSeenBy(user).Where(r => r.Id == id).Select(SiteReportView.Of).SingleOrDefaultAsync(cancel)
        ?? throw Unknown();

    public static NotThere Unknown() => new("report_unknown", "There is no such report.");

    internal static IQueryable<SiteReport> SiteReportsSeenBy(this VolunteerDb db, ClaimsPrincipal user)
    {
        var reports = db.SiteReports.AsNoTracking().AsSplitQuery();
        if (user.SeesAllWork() || user.IsInRole(Roles.Evaluator)) return reports;
        return db.SiteReportsOf(user);
    }

    /// <summary>Those that this account has written.</summary>
    internal static IQueryable<SiteReport> SiteReportsOf(this VolunteerDb db, ClaimsPrincipal user)
    {
        var account = user.Subject();
        return db.SiteReports.AsNoTracking().AsSplitQuery().Where(r => db.Volunteers.Any(v => v.Id == r.VolunteerId && v.Account == account));
    }
}
