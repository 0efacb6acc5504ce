using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using BetterConnections.Inventory.Devices;
using BetterConnections.Inventory.Locations;
using BetterConnections.Postgres;
using BetterConnections.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Inventory.Ewaste;

/// <param name="RecyclerId">A location of kind <c>Recycler</c> that has an organisation.</param>
/// <param name="DestructionAgreed">The recycler destroys and certifies the storage media of unwiped devices.</param>
public sealed record NewEwasteBatch(Guid RecyclerId, bool DestructionAgreed = false);

public sealed record EwasteScan([Required] IReadOnlyList<string> Barcodes);

public static class FillBatch
{
    public static async Task<Created<EwasteBatchView>> Open(NewEwasteBatch request, InventoryDb db, ClaimsPrincipal user, TimeProvider clock, CancellationToken cancel)
    {
        if (await db.Locations.FindAsync([request.RecyclerId], cancel) is not { Kind: LocationKind.Recycler, OrganisationId: { } organisation })
            throw new BadInput("not_a_recycler", "Name a recycler's location that belongs to an organisation.");
        var now = clock.GetUtcNow();
        var batch = new EwasteBatch
        {
            Id = Guid.CreateVersion7(now),
            RecyclerId = request.RecyclerId,
            OrganisationId = organisation,
            DestructionAgreed = request.DestructionAgreed,
            CreatedBy = user.Subject(),
            CreatedAt = now,
        };
        db.EwasteBatches.Add(batch);
        await db.SaveChangesAsync(cancel);
        return TypedResults.Created($"/api/inventory/ewaste/{batch.Id}", EwasteBatchView.From(batch));
    }

    /// <summary>Retired devices, by scan; one whose storage may still hold data answers <c>wipe_missing</c>.</summary>
    public static Task<ScanReport> Scan(Guid id, EwasteScan scan, InventoryDb db, ProgrammeSettings programme, ClaimsPrincipal user,
        CancellationToken cancel) => db.InTransactionAsync(async () =>
        {
            var batch = await db.LockBatchAsync(id, user, cancel);
            batch.DemandOpen();
            var elsewhere = await db.Set<EwasteItem>().Where(i => i.BatchId != id && db.Devices.Any(d => d.Id == i.DeviceId && d.State == DeviceState.Retired))
                .Select(i => i.DeviceId).ToHashSetAsync(cancel);
            var results = await db.EachAsync(scan.Barcodes, programme, device =>
            {
                if (elsewhere.Contains(device.Id)) throw new RuleBroken("in_another_batch", $"{device.Barcode} is in another batch.");
                if (!batch.DestructionAgreed) device.RequireWipe();
                batch.Add(device);
            }, cancel);
            await db.SaveChangesAsync(cancel);
            return ScanReport.Of(results);
        }, cancel);
}
