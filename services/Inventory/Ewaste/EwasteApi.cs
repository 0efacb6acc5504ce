using BetterConnections.Contracts;
using BetterConnections.ServiceDefaults;

namespace BetterConnections.Inventory.Ewaste;

public static class EwasteApi
{
    public static void MapEwaste(this IEndpointRouteBuilder app)
    {
        var ewaste = app.MapGroup("/api/inventory/ewaste").WithTags("E-waste");

        var read = ewaste.MapGroup("").RequireAuthorization(Access.For("inventory.read", Roles.ProgrammeOffice, Roles.Logistics, Roles.Recycler));
        read.MapGet("/", ReadBatches.List);
        read.MapGet("/{id:guid}", ReadBatches.One);
        read.MapGet("/{id:guid}/devices", ReadBatches.Devices);

        var send = ewaste.MapGroup("").RequireAuthorization(Access.ForRoles(Roles.Logistics));
        send.MapPost("/", FillBatch.Open);
        send.MapPost("/{id:guid}/scan", FillBatch.Scan);
        send.MapPost("/{id:guid}/hand-over", RecycleBatch.HandOver);

        ewaste.MapPost("/{id:guid}/confirm", RecycleBatch.Confirm).RequireAuthorization(Access.ForRoles(Roles.Recycler, Roles.ProgrammeOffice));
    }
}
