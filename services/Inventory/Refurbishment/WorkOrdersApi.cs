using System.Security.Claims;
using BetterConnections.Contracts;
using BetterConnections.Postgres;
using BetterConnections.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Inventory.Refurbishment;

public sealed record WorkOrderFilter(WorkOrderStatus? Status = null, Guid? ClubId = null, string? After = null, int Limit = 50) : Paging(After, Limit);

public static class WorkOrdersApi
{
    public static void MapRefurbishment(this IEndpointRouteBuilder app)
    {
        var orders = app.MapGroup("/api/inventory/work-orders").WithTags("Refurbishment");

        var read = orders.MapGroup("").RequireAuthorization(Access.For("inventory.read", Roles.ProgrammeOffice, Roles.Logistics, Roles.Club));
        read.MapGet("/", List);
        read.MapGet("/checks", (ProgrammeSettings programme) => programme.RefurbishmentChecks);
        read.MapGet("/{id:guid}", Read);

        var fill = orders.MapGroup("").RequireAuthorization(Access.For("inventory.write", Roles.ProgrammeOffice, Roles.Logistics));
        fill.MapPost("/", OpenWorkOrder.Handle);
        fill.MapPost("/{id:guid}/devices", FillWorkOrder.Handle);
        fill.MapPost("/{id:guid}/hand-over", HandOverWorkOrder.Handle);

        var work = orders.MapGroup("").RequireAuthorization(Access.For("inventory.write", Roles.ProgrammeOffice, Roles.Logistics, Roles.Club));
        work.MapPost("/{id:guid}/results", RecordResults.Handle);
        work.MapPost("/{id:guid}/close", CloseWorkOrder.Handle);

        app.MapGet("/api/inventory/clubs/yield", ReadClubYield.Handle).WithTags("Refurbishment").RequireAuthorization(
            Access.For("inventory.read", Roles.ProgrammeOffice, Roles.Logistics, Roles.Club, Roles.Evaluator));
    }

    private static Task<Page<WorkOrderView>> List([AsParameters] WorkOrderFilter filter, InventoryDb db, ClaimsPrincipal user, CancellationToken cancel)
    {
        var orders = db.WorkOrders.AsNoTracking().SeenBy(user, db);
        if (filter.Status is { } status) orders = orders.Where(o => o.Status == status);
        if (filter.ClubId is { } club) orders = orders.Where(o => o.ClubId == club);
        return orders.PageAsync(o => o.Number, filter, WorkOrderView.Of(db), descending: true, cancel);
    }

    private static async Task<WorkOrderWithItems> Read(Guid id, InventoryDb db, ClaimsPrincipal user, CancellationToken cancel)
    {
        var order = await db.ViewOrderAsync(id, user, cancel);
        var items = from item in db.WorkOrderItems.AsNoTracking()
                    where item.WorkOrderId == id
                    join device in db.Devices on item.DeviceId equals device.Id
                    orderby device.Number
                    select new WorkOrderItemView(device.Barcode, device.Manufacturer, device.Model, item.Outcome, item.Checks, item.Parts, item.DoneAt);
        return new(order, await items.ToListAsync(cancel));
    }

    /// <summary>A club sees the orders that are its own.</summary>
    private static IQueryable<WorkOrder> SeenBy(this IQueryable<WorkOrder> orders, ClaimsPrincipal user, InventoryDb db)
    {
        if (user.SeesAllInventory()) return orders;
        var club = user.RequiredOrganisation();
        return orders.Where(o => db.Locations.Any(l => l.Id == o.ClubId && l.OrganisationId == club));
    }

    internal static async Task<WorkOrderView> ViewOrderAsync(this InventoryDb db, Guid id, ClaimsPrincipal user, CancellationToken cancel) =>
        await db.WorkOrders.AsNoTracking().Where(o => o.Id == id).SeenBy(user, db).Select(WorkOrderView.Of(db)).SingleOrDefaultAsync(cancel) ?? throw Unknown();

    /// <summary>Whatever changes an order goes one after the other.</summary>
    internal static async Task<WorkOrder> LockOrderAsync(this InventoryDb db, Guid id, ClaimsPrincipal user, CancellationToken cancel)
    {
        var order = await db.WorkOrders.FromSql($"select *, xmin from work_orders where id = {id} for update").SingleOrDefaultAsync(cancel) ?? throw Unknown();
        return await db.WorkOrders.Where(o => o.Id == id).SeenBy(user, db).AnyAsync(cancel) ? order : throw Unknown();
    }

    private static NotThere Unknown() => new("work_order_unknown", "There is no such work order.");
}
