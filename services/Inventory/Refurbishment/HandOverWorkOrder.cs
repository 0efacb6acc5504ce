using System.Security.Claims;
using BetterConnections.Inventory.Devices;
using BetterConnections.Postgres;
using BetterConnections.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Inventory.Refurbishment;

public static class HandOverWorkOrder
{
    /// <summary>The devices are with the club from now on. One that meanwhile went elsewhere (lost, faulty) leaves the order.</summary>
    public static Task<WorkOrderView> Handle(Guid id, InventoryDb db, ClaimsPrincipal user, TimeProvider clock, CancellationToken cancel) =>
        db.InTransactionAsync(async () =>
        {
            var order = await db.LockOrderAsync(id, user, cancel);
            var act = new Act(user.Subject(), clock.GetUtcNow(), $"handed over with {order.Code}");
            order.HandOver(act);
            var items = await db.WorkOrderItems.Where(i => i.WorkOrderId == id).ToDictionaryAsync(i => i.DeviceId, cancel);
            if (items.Count == 0) throw new RuleBroken("work_order_empty", $"{order.Code} has no devices.");
            var ids = items.Keys.ToArray();
            foreach (var device in await db.Devices.FromSql($"select *, xmin from devices where id = any({ids}) order by number for update").ToListAsync(cancel))
            {
                if (device.State == DeviceState.Wiped) device.Note(act, order.ClubId);
                else items[device.Id].Leave(act);
            }
            await db.SaveChangesAsync(cancel);
            return await db.ViewOrderAsync(id, user, cancel);
        }, cancel);
}
