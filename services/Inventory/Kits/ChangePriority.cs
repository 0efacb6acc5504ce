using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using BetterConnections.Inventory.Devices;
using BetterConnections.Postgres;
using BetterConnections.ServiceDefaults;

namespace BetterConnections.Inventory.Kits;

/// <param name="Priority">Higher goes first; facilities begin with the priority Enrollment gave them.</param>
public sealed record NewPriority([Range(-100, 100)] int Priority, [Required, StringLength(500, MinimumLength = 3)] string Why);

public static class ChangePriority
{
    /// <summary>Moves a facility in the line, which is gone through again at once: a smaller kit may now be next.</summary>
    public static Task<KitView> Handle(Guid facilityId, NewPriority request, InventoryDb db, ClaimsPrincipal user, TimeProvider clock, CancellationToken cancel) =>
        db.InTransactionAsync(async () =>
        {
            await db.LockKitsAsync(cancel);
            var kit = await db.Kits.FindAsync([facilityId], cancel) ?? throw new NotThere("kit_unknown", "No kit was asked for by this facility.");
            var act = new Act(user.Subject(), clock.GetUtcNow(), request.Why);
            kit.Prioritise(request.Priority, act);
            await db.ServeWaitingListAsync(act, cancel);
            await db.SaveChangesAsync(cancel);
            return KitView.From(kit);
        }, cancel);
}
