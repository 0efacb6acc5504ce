using System.Security.Claims;
using BetterConnections.Contracts;
using BetterConnections.Inventory.Devices;
using BetterConnections.Messaging;
using BetterConnections.Postgres;
using BetterConnections.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Inventory.Refurbishment;

public static class CloseWorkOrder
{
    /// <summary>Ends the order; devices without a result stay wiped and can go on another.</summary>
    public static Task<WorkOrderView> Handle(Guid id, InventoryDb db, ClaimsPrincipal user, TimeProvider clock, CancellationToken cancel) =>
        db.InTransactionAsync(async () =>
        {
            var order = await db.LockOrderAsync(id, user, cancel);
            var act = new Act(user.Subject(), clock.GetUtcNow());
            order.Close(act);
            foreach (var item in await db.WorkOrderItems.Where(i => i.WorkOrderId == id && i.Outcome == null).ToListAsync(cancel)) item.Leave(act);
            var passed = await db.WorkOrderItems.CountAsync(i => i.WorkOrderId == id && i.Outcome == ItemOutcome.Passed, cancel);
            db.Publish(new WorkOrderClosed(id, order.ClubId, passed, act.At));
            await db.SaveChangesAsync(cancel);
            return await db.ViewOrderAsync(id, user, cancel);
        }, cancel);
}
