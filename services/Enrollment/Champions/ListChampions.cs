using System.Security.Claims;
using BetterConnections.Enrollment.Facilities;
using BetterConnections.Postgres;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Enrollment.Champions;

/// <param name="Worker">The code on the worker's card.</param>
public sealed record ChampionView(Guid Id, Guid FacilityId, string Worker, DateTimeOffset NamedAt, DateTimeOffset? EndedAt, string? EndedWhy);

/// <param name="Ended">True: those who were champions, instead of those who are.</param>
public sealed record ChampionFilter(bool Ended = false, string? After = null, int Limit = 50) : Paging(After, Limit);

public static class ListChampions
{
    public static async Task<Page<ChampionView>> Handle(Guid id, [AsParameters] ChampionFilter filter, EnrollmentDb db, ClaimsPrincipal user, CancellationToken cancel)
    {
        var facility = await db.Facilities.AsNoTracking().SeenBy(user).OneAsync(id, cancel);
        return await db.Champions.AsNoTracking().Where(c => c.FacilityId == facility.Id && (c.EndedAt != null) == filter.Ended)
            .PageAsync(c => c.Number, filter, c => new ChampionView(c.Id, c.FacilityId, db.Workers.First(w => w.Id == c.WorkerId).Code, c.NamedAt, c.EndedAt, c.EndedWhy),
                cancel: cancel);
    }
}
