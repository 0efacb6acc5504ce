using System.Security.Claims;
using BetterConnections.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Enrollment.Partners;

public static class StrikeDelivery
{
    /// <summary>A delivery that was recorded by mistake; it stays to be seen and counts no more.</summary>
    public static async Task<PledgeDetail> Handle(Guid id, Guid deliveryId, Reason request, EnrollmentDb db, ProgrammeSettings programme, ClaimsPrincipal user,
        TimeProvider clock, HttpResponse response, CancellationToken cancel)
    {
        var delivery = await db.Set<Delivery>().SingleOrDefaultAsync(d => d.Id == deliveryId && d.PledgeId == id, cancel)
            ?? throw new NotThere("delivery_unknown", "This pledge has no such delivery.");
        delivery.Strike(new Act(user.Subject(), clock.GetUtcNow(), request.Why));
        await db.SaveChangesAsync(cancel);
        return await ReadPledge.Handle(id, db, programme, clock, response, cancel);
    }
}
