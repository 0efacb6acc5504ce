using BetterConnections.Contracts;
using BetterConnections.ServiceDefaults;

namespace BetterConnections.Inventory.Shipments;

public static class ShipmentsApi
{
    public static void MapShipments(this IEndpointRouteBuilder app)
    {
        var shipments = app.MapGroup("/api/inventory/shipments").WithTags("Shipments");

        // Whoever is named as receiver finds their own shipments here; to others they are not there.
        var read = shipments.MapGroup("").RequireAuthorization(
            Access.For("inventory.read", Roles.ProgrammeOffice, Roles.Logistics, Roles.Volunteer, Roles.Employer));
        read.MapGet("/", ReadShipments.List);
        read.MapGet("/{id:guid}", ReadShipments.One);

        var send = shipments.MapGroup("").RequireAuthorization(Access.ForRoles(Roles.Logistics));
        send.MapPost("/", StartShipment.Handle);
        send.MapPost("/{id:guid}/load", LoadShipment.Load);
        send.MapPost("/{id:guid}/unload", LoadShipment.Unload);
        send.MapPost("/{id:guid}/dispatch", DispatchShipment.Handle);

        var receive = shipments.MapGroup("").RequireAuthorization(
            Access.ForRoles(Roles.Logistics, Roles.ProgrammeOffice, Roles.Volunteer, Roles.Employer));
        receive.MapPost("/{id:guid}/receipts", ReceiveShipment.Receive);
        receive.MapPost("/{id:guid}/close", ReceiveShipment.Close);
    }
}
