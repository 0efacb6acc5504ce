using BetterConnections.Contracts;
using BetterConnections.ServiceDefaults;

namespace BetterConnections.Inventory.Replacement;

public static class ReplacementApi
{
    public static void MapReplacement(this IEndpointRouteBuilder app)
    {
        var replacement = app.MapGroup("/api/inventory").WithTags("Replacement");
        replacement.MapPost("/devices/{barcode}/replace", ReplaceDevice.Handle).RequireAuthorization(
            Access.For("inventory.write", Roles.ProgrammeOffice, Roles.Logistics));
        replacement.MapGet("/replacement-proposals", ProposeReplacements.Handle).RequireAuthorization(
            Access.For("inventory.read", Roles.ProgrammeOffice, Roles.Logistics));
    }
}
