using BetterConnections.Contracts;
using BetterConnections.ServiceDefaults;

namespace BetterConnections.Inventory.Stock;

public static class StockApi
{
    public static void MapStock(this IEndpointRouteBuilder app)
    {
        var stock = app.MapGroup("/api/inventory/stock").WithTags("Stock");

        var read = stock.MapGroup("").RequireAuthorization(Access.For("inventory.read", Roles.ProgrammeOffice, Roles.Logistics, Roles.Evaluator));
        read.MapGet("/", ReadStock.Overview);
        read.MapGet("/by-location", ReadStock.ByLocation);
        read.MapGet("/mass-balance", ReadStock.Balance);

        stock.MapPost("/rebuild", (InventoryDb db, CancellationToken cancel) => db.RebuildAsync(cancel)).RequireAuthorization(Access.ForRoles(Roles.Operator));

        app.MapGet("/api/inventory/devices.csv", ExportDevices.Handle).WithTags("Devices")
            .RequireAuthorization(Access.For("inventory.read", Roles.ProgrammeOffice, Roles.Logistics));
    }
}
