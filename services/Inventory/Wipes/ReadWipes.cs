using System.Security.Claims;
using BetterConnections.Inventory.Devices;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Inventory.Wipes;

/// <param name="Standing">What this record alone comes to.</param>
/// <param name="Certificate">SHA-256 of its certificate; null for a failed wipe, which has none.</param>
public sealed record WipeView(Guid Id, int Seq, StorageKind MediaType, string? MediaSerial, string? MediaModel, long? MediaBytes, WipeMethod Method,
    WipeTechnique Technique, string Tool, string? ToolVersion, string? Pattern, VerificationKind Verification, VerificationResult Verified, WipeStatus Status,
    WipeStanding Standing, string Operator, DateTimeOffset? StartedAt, DateTimeOffset? EndedAt, DateTimeOffset RecordedAt, string? Certificate);

public static class ReadWipes
{
    /// <summary>Every record of the device, of former lives too, oldest first.</summary>
    public static async Task<IReadOnlyList<WipeView>> OfDevice(string barcode, InventoryDb db, ProgrammeSettings programme, ClaimsPrincipal user, CancellationToken cancel)
    {
        var device = await db.DevicesVisibleTo(user).ScannedAsync(barcode, programme, cancel);
        var certificates = await db.WipeCertificates.Where(c => db.Wipes.Any(w => w.Id == c.WipeId && w.DeviceId == device.Id))
            .ToDictionaryAsync(c => c.WipeId, c => c.Hash, cancel);
        var wipes = await db.Wipes.AsNoTracking().Where(w => w.DeviceId == device.Id).OrderBy(w => w.Seq).ToListAsync(cancel);
        return [.. wipes.Select(w => new WipeView(w.Id, w.Seq, w.MediaType, w.MediaSerial, w.MediaModel, w.MediaBytes, w.Method, w.Technique, w.Tool, w.ToolVersion,
            w.Pattern, w.Verification, w.Verified, w.Status, w.Standing, w.Operator, w.StartedAt, w.EndedAt, w.RecordedAt, certificates.GetValueOrDefault(w.Id)))];
    }
}
