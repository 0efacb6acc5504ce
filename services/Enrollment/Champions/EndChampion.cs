using System.Security.Claims;
using BetterConnections.Enrollment.Facilities;
using BetterConnections.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Enrollment.Champions;

public static class EndChampion
{
    public static async Task<ChampionView> Handle(Guid id, Guid championId, Reason request, EnrollmentDb db, ClaimsPrincipal user, TimeProvider clock,
        CancellationToken cancel)
    {
        var facility = await db.Facilities.AsNoTracking().SeenBy(user).OneAsync(id, cancel);
        var champion = await db.Champions.SingleOrDefaultAsync(c => c.Id == championId && c.FacilityId == facility.Id, cancel)
            ?? throw new NotThere("champion_unknown", "This facility has no such champion.");
        champion.End(new Act(user.Subject(), clock.GetUtcNow(), request.Why.Trim()));
        await db.SaveChangesAsync(cancel);
        var code = await db.Workers.Where(w => w.Id == champion.WorkerId).Select(w => w.Code).SingleAsync(cancel);
        return new(champion.Id, champion.FacilityId, code, champion.NamedAt, champion.EndedAt, champion.EndedWhy);
    }

    /// <summary>Who goes away helps there no more.</summary>
    internal static async Task EndChampionAsync(this EnrollmentDb db, Guid workerId, Act act, CancellationToken cancel) =>
        (await db.Champions.SingleOrDefaultAsync(c => c.WorkerId == workerId && c.EndedAt == null, cancel))?.End(act);
}
