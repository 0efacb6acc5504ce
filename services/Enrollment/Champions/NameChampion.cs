using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using BetterConnections.Contracts;
using BetterConnections.Enrollment.Facilities;
using BetterConnections.Enrollment.Workers;
using BetterConnections.Messaging;
using BetterConnections.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Enrollment.Champions;

/// <param name="Worker">The code on the worker's card.</param>
public sealed record NewChampion([Required, StringLength(32, MinimumLength = 3)] string Worker);

public static class NameChampion
{
    public static async Task<Created<ChampionView>> Handle(Guid id, NewChampion request, EnrollmentDb db, ClaimsPrincipal user, TimeProvider clock, CancellationToken cancel)
    {
        var facility = await db.Facilities.AsNoTracking().SeenBy(user).OneAsync(id, cancel);
        var code = request.Worker.Trim().ToUpperInvariant();
        var worker = await db.Workers.SingleOrDefaultAsync(w => w.Code == code && w.FacilityId == facility.Id && w.LeftAt == null, cancel)
            ?? throw new RuleBroken("worker_not_at_facility", $"No worker with this code is at {facility.Code}.");
        var champion = Champion.Name(worker, new Act(user.Subject(), clock.GetUtcNow()));
        db.Champions.Add(champion);
        db.Publish(new ChampionNamed(facility.Id, worker.Id, champion.NamedAt));
        await db.SaveChangesAsync(cancel);
        return TypedResults.Created($"/api/enrollment/facilities/{facility.Id}/champions",
            new ChampionView(champion.Id, champion.FacilityId, worker.Code, champion.NamedAt, null, null));
    }
}
