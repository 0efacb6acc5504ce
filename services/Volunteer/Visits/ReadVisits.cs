using System.Security.Claims;
using BetterConnections.Postgres;
using BetterConnections.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Volunteers.Visits;

public sealed record VisitFilter(VisitState? State = null, Guid? FacilityId = null, Guid? VolunteerId = null, Guid? AssignmentId = null,
    string? After = null, int Limit = 50) : Paging(After, Limit);

public static class ReadVisits
{
    /// <summary>As received, newest first.</summary>
    public static Task<Page<VisitView>> List([AsParameters] VisitFilter filter, VolunteerDb db, ClaimsPrincipal user, CancellationToken cancel)
    {
        var visits = db.VisitsSeenBy(user).AsNoTracking();
        if (filter.State is { } state) visits = visits.Where(v => v.State == state);
        if (filter.FacilityId is { } facility) visits = visits.Where(v => v.FacilityId == facility);
        if (filter.VolunteerId is { } volunteer) visits = visits.Where(v => v.VolunteerId == volunteer);
        if (filter.AssignmentId is { } assignment) visits = visits.Where(v => v.AssignmentId == assignment);
        return visits.PageAsync(v => v.Number, filter, VisitView.Of, descending: true, cancel);
    }

    public static async Task<VisitView> One(Guid id, VolunteerDb db, ClaimsPrincipal user, CancellationToken cancel) =>
        await db.VisitsSeenBy(user).AsNoTracking().Where(v => v.Id == id).Select(VisitView.Of).SingleOrDefaultAsync(cancel)
        ?? throw new NotThere("visit_unknown", "There is no such visit.");
}
