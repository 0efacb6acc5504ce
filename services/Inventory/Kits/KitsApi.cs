using BetterConnections.Contracts;
using BetterConnections.ServiceDefaults;

namespace BetterConnections.Inventory.Kits;

public static class KitsApi
{
    public static void MapKits(this IEndpointRouteBuilder app)
    {
        var read = app.MapGroup("/api/inventory").WithTags("Kits").RequireAuthorization(Access.For("inventory.read", Roles.ProgrammeOffice, Roles.Logistics));
        read.MapGet("/kits", ReadKits.List);
        read.MapGet("/kits/{facilityId:guid}", ReadKits.One);
        read.MapGet("/waiting-list", ReadKits.WaitingList);
        read.MapGet("/pick-ups", ReadKits.PickUps);

        app.MapPost("/api/inventory/kits/{facilityId:guid}/plan-delivery", PlanDelivery.Handle).WithTags("Kits").RequireAuthorization(Access.ForRoles(Roles.Logistics));
        app.MapPost("/api/inventory/kits/{facilityId:guid}/priority", ChangePriority.Handle).WithTags("Kits")
            .RequireAuthorization(Access.ForRoles(Roles.ProgrammeOffice));
    }
}
