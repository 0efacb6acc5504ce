using System.Security.Claims;
using BetterConnections.Contracts;
using BetterConnections.Inventory.Kits;
using BetterConnections.Postgres;
using BetterConnections.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Inventory.Shipments;

public static class ReadShipments
{
    public static Task<Page<ShipmentView>> List([AsParameters] Paging page, Guid? facilityId, ShipmentStatus? status, InventoryDb db, ClaimsPrincipal user,
        CancellationToken cancel) =>
        db.Shipments.AsNoTracking().VisibleTo(user)
            .Where(s => (facilityId == null || s.FacilityId == facilityId) && (status == null || s.Status == status))
            .PageAsync(s => s.Id, page, ShipmentView.Of, descending: true, cancel);

    public static async Task<ShipmentWithItems> One(Guid id, InventoryDb db, ClaimsPrincipal user, CancellationToken cancel)
    {
        var shipment = await db.Shipments.AsNoTracking().VisibleTo(user).Where(s => s.Id == id).Select(ShipmentView.Of).SingleOrDefaultAsync(cancel) ?? throw Unknown();
        var items = await (from item in db.Set<ShipmentItem>()
                           join device in db.Devices on item.DeviceId equals device.Id
                           where item.ShipmentId == id
                           orderby device.Number
                           select new ShipmentItemView(device.Barcode, device.Kind, item.Outcome, item.OutcomeAt, item.Note)).ToListAsync(cancel);
        return new(shipment, items);
    }

    /// <summary>The shipment to change, under the kits' lock, so that its facility cannot withdraw meanwhile.</summary>
    internal static async Task<Shipment> OpenShipmentAsync(this InventoryDb db, Guid id, ClaimsPrincipal user, CancellationToken cancel)
    {
        await db.LockKitsAsync(cancel);
        return await db.Shipments.Include(s => s.Items).VisibleTo(user).SingleOrDefaultAsync(s => s.Id == id, cancel) ?? throw Unknown();
    }

    /// <summary>Those who store and plan see all; others what they are named to receive.</summary>
    private static IQueryable<Shipment> VisibleTo(this IQueryable<Shipment> shipments, ClaimsPrincipal user)
    {
        if (user.IsInRole(Roles.Logistics) || user.IsInRole(Roles.ProgrammeOffice) || user.HasScope("inventory.read")) return shipments;
        var subject = user.Subject();
        return shipments.Where(s => s.Receiver == subject);
    }

    private static NotThere Unknown() => new("shipment_unknown", "There is no such shipment.");
}
