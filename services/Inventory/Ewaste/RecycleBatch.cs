using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using BetterConnections.Contracts;
using BetterConnections.Inventory.Devices;
using BetterConnections.Messaging;
using BetterConnections.Postgres;
using BetterConnections.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Inventory.Ewaste;

/// <param name="WeightKg">Kilograms on the recycler's scale.</param>
/// <param name="Certificate">Reference of the recycler's certificate.</param>
public sealed record RecyclingConfirmation([Range(0.1, 1_000_000)] decimal WeightKg, [Required, StringLength(200, MinimumLength = 2)] string Certificate);

public static class RecycleBatch
{
    /// <summary>The recycler has fetched the devices: they are at its place now, and still in the books.</summary>
    public static Task<EwasteBatchView> HandOver(Guid id, InventoryDb db, ClaimsPrincipal user, TimeProvider clock, CancellationToken cancel) =>
        db.InTransactionAsync(async () =>
        {
            var batch = await db.LockBatchAsync(id, user, cancel);
            var act = new Act(user.Subject(), clock.GetUtcNow(), "handed to the recycler");
            foreach (var device in await db.StillRetiredAsync(batch, cancel)) device.Note(act, batch.RecyclerId);
            batch.HandOver(act.At);
            await db.SaveChangesAsync(cancel);
            return EwasteBatchView.From(batch);
        }, cancel);

    /// <summary>The recycler signs for the weight; the devices' lives end here.</summary>
    public static Task<EwasteBatchView> Confirm(Guid id, RecyclingConfirmation request, InventoryDb db, ClaimsPrincipal user, TimeProvider clock,
        CancellationToken cancel) => db.InTransactionAsync(async () =>
        {
            var batch = await db.LockBatchAsync(id, user, cancel);
            var act = new Act(user.Subject(), clock.GetUtcNow(), $"certificate {request.Certificate}");
            batch.Confirm(request.WeightKg, request.Certificate, act);
            foreach (var device in await db.StillRetiredAsync(batch, cancel)) device.Move(DeviceState.Recycled, act);
            db.Publish(new DevicesRecycled(batch.Id, batch.Items.Count, request.WeightKg, act.At));
            await db.SaveChangesAsync(cancel);
            return EwasteBatchView.From(batch);
        }, cancel);

    /// <summary>Locks the batch's devices; those that were declared lost meanwhile leave the batch.</summary>
    private static async Task<IReadOnlyList<Device>> StillRetiredAsync(this InventoryDb db, EwasteBatch batch, CancellationToken cancel)
    {
        var ids = batch.Items.Select(i => i.DeviceId).ToArray();
        var devices = await db.Devices.FromSql($"select *, xmin from devices where id = any({ids}) order by number for update").ToListAsync(cancel);
        foreach (var device in devices.Where(d => d.State != DeviceState.Retired)) batch.Drop(device);
        return [.. devices.Where(d => d.State == DeviceState.Retired)];
    }
}
