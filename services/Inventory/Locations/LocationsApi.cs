using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using BetterConnections.Contracts;
using BetterConnections.Postgres;
using BetterConnections.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;

namespace BetterConnections.Inventory.Locations;

public sealed record NewLocation([Required, StringLength(20, MinimumLength = 2)] string Code, [Required, StringLength(200, MinimumLength = 2)] string Name,
    [Required] LocationKind? Kind, Guid? OrganisationId = null);

public sealed record LocationView(Guid Id, string Code, string Name, LocationKind Kind, Guid? OrganisationId);

public static class LocationsApi
{
    public static void MapLocations(this IEndpointRouteBuilder app)
    {
        var locations = app.MapGroup("/api/inventory/locations").WithTags("Locations");
        locations.MapGet("/", List).RequireAuthorization(
            Access.For("inventory.read", Roles.ProgrammeOffice, Roles.Logistics, Roles.Club, Roles.Recycler));
        locations.MapPost("/", Add).RequireAuthorization(Access.For("inventory.write", Roles.ProgrammeOffice, Roles.Logistics));
    }

    private static Task<Page<LocationView>> List([AsParameters] Paging page, LocationKind? kind, InventoryDb db, ClaimsPrincipal user, CancellationToken cancel) =>
        db.LocationsVisibleTo(user).Where(l => kind == null || l.Kind == kind)
            .PageAsync(l => l.Code, page, l => new LocationView(l.Id, l.Code, l.Name, l.Kind, l.OrganisationId), cancel: cancel);

    private static async Task<Created<LocationView>> Add(NewLocation request, InventoryDb db, CancellationToken cancel)
    {
        if (request.Kind == LocationKind.Facility)
            throw new BadInput("facility_not_added_here", "A facility's location comes with its first shipment and has the facility's id.");
        var location = new Location
        {
            Id = Guid.CreateVersion7(),
            Code = request.Code.Trim().ToUpperInvariant(),
            Name = request.Name.Trim(),
            Kind = request.Kind!.Value,
            OrganisationId = request.OrganisationId,
        };
        db.Locations.Add(location);
        await db.SaveChangesAsync(cancel);
        return TypedResults.Created($"/api/inventory/locations/{location.Id}",
            new LocationView(location.Id, location.Code, location.Name, location.Kind, location.OrganisationId));
    }
}
