using System.ComponentModel.DataAnnotations;
using BetterConnections.Contracts;
using BetterConnections.Postgres;
using BetterConnections.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Inventory.Licences;

/// <param name="Reference">Number of the agreement or order; a product key is refused.</param>
public sealed record NewLicencePool([Required, StringLength(200, MinimumLength = 2)] string Product, [Required, StringLength(200, MinimumLength = 2)] string Partner,
    [Required, StringLength(100, MinimumLength = 2)] string Reference, [Range(1, 1_000_000)] int Seats);

public sealed record PoolSize([Required, Range(0, 1_000_000)] int? Seats);

public sealed record LicencePoolView(Guid Id, string Product, string Partner, string Reference, int Seats, int Used)
{
    public int Free => Seats - Used;
}

public static class LicencesApi
{
    public static void MapLicences(this IEndpointRouteBuilder app)
    {
        var pools = app.MapGroup("/api/inventory/licence-pools").WithTags("Licences");

        var read = pools.MapGroup("").RequireAuthorization(Access.For("inventory.read", Roles.ProgrammeOffice, Roles.Logistics, Roles.Club));
        read.MapGet("/", List);
        read.MapGet("/{id:guid}", Read);

        var write = pools.MapGroup("").RequireAuthorization(Access.ForRoles(Roles.ProgrammeOffice));
        write.MapPost("/", Give);
        write.MapPut("/{id:guid}", Resize);

        pools.MapPost("/{id:guid}/seats", BindSeats.Handle).RequireAuthorization(Access.For("inventory.write", Roles.ProgrammeOffice, Roles.Logistics));
    }

    private static Task<Page<LicencePoolView>> List([AsParameters] Paging page, InventoryDb db, CancellationToken cancel) =>
        db.LicencePools.AsNoTracking().PageAsync(p => p.Id, page,
            p => new LicencePoolView(p.Id, p.Product, p.Partner, p.Reference, p.Seats, db.LicenceSeats.Count(s => s.PoolId == p.Id && s.ReleasedAt == null)), cancel: cancel);

    private static async Task<LicencePoolView> Read(Guid id, InventoryDb db, HttpResponse response, CancellationToken cancel)
    {
        var pool = await db.LicencePools.AsNoTracking().SingleOrDefaultAsync(p => p.Id == id, cancel) ?? throw Unknown();
        response.SetETag(pool.Version);
        return View(pool, await db.SeatsInUseAsync(id, cancel));
    }

    private static async Task<Created<LicencePoolView>> Give(NewLicencePool request, InventoryDb db, HttpResponse response, CancellationToken cancel)
    {
        var pool = LicencePool.Give(request.Product, request.Partner, request.Reference, request.Seats);
        db.LicencePools.Add(pool);
        await db.SaveChangesAsync(cancel);
        response.SetETag(pool.Version);
        return TypedResults.Created($"/api/inventory/licence-pools/{pool.Id}", View(pool, 0));
    }

    private static Task<LicencePoolView> Resize(Guid id, PoolSize request, InventoryDb db, HttpContext http, CancellationToken cancel) => db.InTransactionAsync(async () =>
    {
        var pool = await db.LockPoolAsync(id, cancel);
        http.Request.RequireMatch(pool.Version);
        var used = await db.SeatsInUseAsync(id, cancel);
        pool.Resize(request.Seats!.Value, used);
        await db.SaveChangesAsync(cancel);
        http.Response.SetETag(pool.Version);
        return View(pool, used);
    }, cancel);

    /// <summary>Whoever binds seats or changes their number goes one after the other, so that a pool is never overrun.</summary>
    internal static async Task<LicencePool> LockPoolAsync(this InventoryDb db, Guid id, CancellationToken cancel) =>
        await db.LicencePools.FromSql($"select *, xmin from licence_pools where id = {id} for update").SingleOrDefaultAsync(cancel) ?? throw Unknown();

    internal static Task<int> SeatsInUseAsync(this InventoryDb db, Guid pool, CancellationToken cancel) =>
        db.LicenceSeats.CountAsync(s => s.PoolId == pool && s.ReleasedAt == null, cancel);

    private static LicencePoolView View(LicencePool pool, int used) => new(pool.Id, pool.Product, pool.Partner, pool.Reference, pool.Seats, used);

    private static NotThere Unknown() => new("licence_pool_unknown", "There is no such licence pool.");
}
