using System.Linq.Expressions;
using System.Security.Claims;
using BetterConnections.Contracts;
using BetterConnections.Inventory.Devices;
using BetterConnections.Postgres;
using BetterConnections.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Inventory.Ewaste;

public sealed record EwasteBatchView(Guid Id, Guid RecyclerId, bool DestructionAgreed, EwasteStatus Status, int Devices, DateTimeOffset CreatedAt,
    DateTimeOffset? HandedOverAt, decimal? WeightKg, string? Certificate, DateTimeOffset? ConfirmedAt)
{
    public static readonly Expression<Func<EwasteBatch, EwasteBatchView>> Of = b => new EwasteBatchView(b.Id, b.RecyclerId, b.DestructionAgreed, b.Status,
        b.Items.Count, b.CreatedAt, b.HandedOverAt, b.WeightKg, b.Certificate, b.ConfirmedAt);

    private static readonly Func<EwasteBatch, EwasteBatchView> Compiled = Of.Compile();

    public static EwasteBatchView From(EwasteBatch batch) => Compiled(batch);
}

public sealed record EwasteItemView(string Barcode, DeviceKind Kind, string? Serial, StorageKind Storage, DeviceState State);

public static class ReadBatches
{
    public static Task<Page<EwasteBatchView>> List([AsParameters] Paging page, EwasteStatus? status, InventoryDb db, ClaimsPrincipal user, CancellationToken cancel) =>
        db.EwasteBatches.AsNoTracking().VisibleTo(user).Where(b => status == null || b.Status == status)
            .PageAsync(b => b.Id, page, EwasteBatchView.Of, descending: true, cancel);

    public static async Task<EwasteBatchView> One(Guid id, InventoryDb db, ClaimsPrincipal user, CancellationToken cancel) =>
        await db.EwasteBatches.AsNoTracking().VisibleTo(user).Where(b => b.Id == id).Select(EwasteBatchView.Of).SingleOrDefaultAsync(cancel) ?? throw Unknown();

    public static async Task<Page<EwasteItemView>> Devices(Guid id, [AsParameters] Paging page, InventoryDb db, ClaimsPrincipal user, CancellationToken cancel)
    {
        if (!await db.EwasteBatches.VisibleTo(user).AnyAsync(b => b.Id == id, cancel)) throw Unknown();
        return await db.Devices.AsNoTracking().Where(d => db.Set<EwasteItem>().Any(i => i.BatchId == id && i.DeviceId == d.Id))
            .PageAsync(d => d.Number, page, d => new EwasteItemView(d.Barcode, d.Kind, d.Serial, d.Storage, d.State), cancel: cancel);
    }

    /// <summary>The batch to change, locked.</summary>
    internal static async Task<EwasteBatch> LockBatchAsync(this InventoryDb db, Guid id, ClaimsPrincipal user, CancellationToken cancel)
    {
        await db.Database.ExecuteSqlAsync($"select 1 from ewaste_batches where id = {id} for update", cancel);
        return await db.EwasteBatches.Include(b => b.Items).VisibleTo(user).SingleOrDefaultAsync(b => b.Id == id, cancel) ?? throw Unknown();
    }

    /// <summary>A recycler sees its own.</summary>
    private static IQueryable<EwasteBatch> VisibleTo(this IQueryable<EwasteBatch> batches, ClaimsPrincipal user)
    {
        if (!user.IsInRole(Roles.Recycler)) return batches;
        var organisation = user.RequiredOrganisation();
        return batches.Where(b => b.OrganisationId == organisation);
    }

    private static NotThere Unknown() => new("batch_unknown", "There is no such batch.");
}
