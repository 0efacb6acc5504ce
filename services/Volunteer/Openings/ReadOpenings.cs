using System.Security.Claims;
using BetterConnections.Contracts;
using BetterConnections.Postgres;
using BetterConnections.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Volunteers.Openings;

/// <param name="Language">Those that want this language, or say none.</param>
public sealed record OpeningFilter(OpeningState? State = null, AssignmentRole? Role = null, Guid? FacilityId = null, string? Zone = null, string? Language = null,
    string? After = null, int Limit = 50) : Paging(After, Limit);

/// <summary>A volunteer sees the openings it may apply for; what became of the others is told to who runs them.</summary>
public static class ReadOpenings
{
    /// <summary>Newest first.</summary>
    public static Task<Page<OpeningView>> List([AsParameters] OpeningFilter filter, VolunteerDb db, ClaimsPrincipal user, TimeProvider clock, CancellationToken cancel)
    {
        var openings = db.OpeningsSeenBy(user, clock);
        if (filter.State is { } state) openings = openings.Where(o => o.Opening.State == state);
        if (filter.Role is { } role) openings = openings.Where(o => o.Opening.Role == role);
        if (filter.FacilityId is { } facility) openings = openings.Where(o => o.Facility.Id == facility);
        if (filter.Zone is { } zone) openings = openings.Where(o => o.Facility.Zone == zone);
        if (filter.Language is { } language) openings = openings.Where(o => o.Opening.Languages.Contains(language) || o.Opening.Languages.Length == 0);
        return openings.PageAsync(o => o.Opening.Number, filter, OpeningAt.View, descending: true, cancel);
    }

    public static async Task<OpeningView> One(Guid id, VolunteerDb db, ClaimsPrincipal user, TimeProvider clock, CancellationToken cancel) =>
        await db.OpeningsSeenBy(user, clock).Where(o => o.Opening.Id == id).Select(OpeningAt.View).SingleOrDefaultAsync(cancel)
        ?? throw new NotThere("opening_unknown", "There is no such opening.");

    private static IQueryable<OpeningAt> OpeningsSeenBy(this VolunteerDb db, ClaimsPrincipal user, TimeProvider clock)
    {
        var all = from opening in db.Openings.AsNoTracking()
                  join facility in db.Facilities on opening.FacilityId equals facility.Id
                  select new OpeningAt { Opening = opening, Facility = facility };
        if (!user.IsInRole(Roles.Volunteer)) return all;
        var now = clock.GetUtcNow();
        return all.Where(o => o.Opening.State == OpeningState.Open && o.Opening.Ends > now);
    }
}
