using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using BetterConnections.Contracts;
using BetterConnections.Postgres;
using BetterConnections.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Inventory.Donors;

/// <param name="Id">The organisation's id where its accounts have one already; else one is made.</param>
/// <param name="NamePublic">Whether the name is shown to anyone who scans one of its devices.</param>
public sealed record NewDonor([Required, StringLength(200, MinimumLength = 2)] string Name, [Required] DonorKind? Kind, bool NamePublic = false, Guid? Id = null);

public sealed record DonorDetails([Required, StringLength(200, MinimumLength = 2)] string Name, [Required] DonorKind? Kind, bool NamePublic);

public sealed record DonorView(Guid Id, string Name, DonorKind Kind, bool NamePublic);

public static class DonorsApi
{
    public static void MapDonors(this IEndpointRouteBuilder app)
    {
        var donors = app.MapGroup("/api/inventory/donors").WithTags("Donors");

        var read = donors.MapGroup("").RequireAuthorization(Access.For("inventory.read", Roles.ProgrammeOffice, Roles.Logistics, Roles.Donor, Roles.Evaluator));
        read.MapGet("/", List);
        read.MapGet("/{id:guid}", Read);

        var write = donors.MapGroup("").RequireAuthorization(Access.For("inventory.write", Roles.ProgrammeOffice, Roles.Logistics));
        write.MapPost("/", Add);
        write.MapPut("/{id:guid}", Change);
    }

    private static Task<Page<DonorView>> List([AsParameters] Paging page, InventoryDb db, ClaimsPrincipal user, CancellationToken cancel) =>
        db.DonorsVisibleTo(user).PageAsync(d => d.Name, page, d => new DonorView(d.Id, d.Name, d.Kind, d.NamePublic), cancel: cancel);

    private static async Task<DonorView> Read(Guid id, InventoryDb db, ClaimsPrincipal user, HttpResponse response, CancellationToken cancel)
    {
        var donor = await db.DonorsVisibleTo(user).SingleOrDefaultAsync(d => d.Id == id, cancel) ?? throw Unknown();
        response.SetETag(donor.Version);
        return View(donor);
    }

    private static async Task<Created<DonorView>> Add(NewDonor request, InventoryDb db, HttpResponse response, CancellationToken cancel)
    {
        var donor = new Donor
        {
            Id = request.Id ?? Guid.CreateVersion7(),
            Name = request.Name.Trim(),
            Kind = request.Kind!.Value,
            NamePublic = request.NamePublic,
        };
        db.Donors.Add(donor);
        await db.SaveChangesAsync(cancel);
        response.SetETag(donor.Version);
        return TypedResults.Created($"/api/inventory/donors/{donor.Id}", View(donor));
    }

    private static async Task<DonorView> Change(Guid id, DonorDetails request, InventoryDb db, HttpContext http, CancellationToken cancel)
    {
        var donor = await db.Donors.SingleOrDefaultAsync(d => d.Id == id, cancel) ?? throw Unknown();
        http.Request.RequireMatch(donor.Version);
        (donor.Name, donor.Kind, donor.NamePublic) = (request.Name.Trim(), request.Kind!.Value, request.NamePublic);
        await db.SaveChangesAsync(cancel);
        http.Response.SetETag(donor.Version);
        return View(donor);
    }

    public static NotThere Unknown() => new("donor_unknown", "There is no such donor.");

    private static DonorView View(Donor donor) => new(donor.Id, donor.Name, donor.Kind, donor.NamePublic);
}
