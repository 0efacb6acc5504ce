using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using BetterConnections.Inventory.Devices;
using BetterConnections.Inventory.Locations;
using BetterConnections.Postgres;
using BetterConnections.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Inventory.Donations;

/// <param name="WarehouseId">Where the devices are to be received; each import can name another.</param>
public sealed record Acceptance(Guid? WarehouseId = null, [StringLength(500)] string? Why = null);

public sealed record Declining([Required, StringLength(500, MinimumLength = 3)] string Why);

public sealed record Collection([StringLength(500)] string? Why = null);

/// <summary>The steps between offer and receipt.</summary>
public static class MoveDonation
{
    public static async Task<DonationView> Accept(Guid id, Acceptance request, InventoryDb db, ClaimsPrincipal user, TimeProvider clock,
        HttpResponse response, CancellationToken cancel)
    {
        if (request.WarehouseId is { } warehouse) await db.RequireWarehouseAsync(warehouse, cancel);
        return await db.MoveAsync(id, d => d.Accept(request.WarehouseId, new Act(user.Subject(), clock.GetUtcNow(), request.Why)), response, cancel);
    }

    public static Task<DonationView> Decline(Guid id, Declining request, InventoryDb db, ClaimsPrincipal user, TimeProvider clock,
        HttpResponse response, CancellationToken cancel) =>
        db.MoveAsync(id, d => d.Decline(new Act(user.Subject(), clock.GetUtcNow(), request.Why)), response, cancel);

    public static Task<DonationView> Collect(Guid id, Collection request, InventoryDb db, ClaimsPrincipal user, TimeProvider clock,
        HttpResponse response, CancellationToken cancel) =>
        db.MoveAsync(id, d => d.Collect(new Act(user.Subject(), clock.GetUtcNow(), request.Why)), response, cancel);

    private static async Task<DonationView> MoveAsync(this InventoryDb db, Guid id, Action<Donation> move, HttpResponse response, CancellationToken cancel)
    {
        var donation = await db.Donations.SingleOrDefaultAsync(d => d.Id == id, cancel) ?? throw DonationsApi.Unknown();
        move(donation);
        await db.SaveChangesAsync(cancel);
        response.SetETag(donation.Version);
        return DonationView.From(donation);
    }

    public static async Task RequireWarehouseAsync(this InventoryDb db, Guid id, CancellationToken cancel)
    {
        if (!await db.Locations.AnyAsync(l => l.Id == id && l.Kind == LocationKind.Warehouse, cancel))
            throw new BadInput("warehouse_unknown", "There is no such warehouse.");
    }
}
