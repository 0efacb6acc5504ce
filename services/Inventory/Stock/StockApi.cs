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

        var counts = app.MapGroup("/api/inventory/stock-counts").WithTags("Stock counts")
            .RequireAuthorization(Access.For("inventory.write", Roles.ProgrammeOffice, Roles.Logistics));
        counts.MapGet("/", ReadCounts.List);
        counts.MapPost("/", CountStock.Open);
        counts.MapGet("/{id:guid}", ReadCounts.One);
        counts.MapGet("/{id:guid}/lines", ReadCounts.Lines);
        counts.MapPost("/{id:guid}/scan", CountStock.Scan);
        counts.MapPost("/{id:guid}/close", CountStock.Close);
        counts.MapPost("/{id:guid}/apply", ApplyCount.Handle);

        app.MapGet("/api/inventory/devices.csv", ExportDevices.Handle).WithTags("Devices")
            .RequireAuthorization(Access.For("inventory.read", Roles.ProgrammeOffice, Roles.Logistics));
    }
}
