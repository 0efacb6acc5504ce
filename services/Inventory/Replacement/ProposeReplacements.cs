using BetterConnections.Inventory.Devices;
using BetterConnections.Postgres;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Inventory.Replacement;

/// <param name="PastAge">Older than the programme lets a device grow.</param>
/// <param name="FaultsInYear">How often it broke in use within the last year.</param>
public sealed record ReplacementProposal(string Barcode, DeviceKind Kind, string? Model, DeviceState State, Guid? FacilityId, int? PurchasedYear, bool PastAge, int FaultsInYear);

public static class ProposeReplacements
{
    /// <summary>Devices at facilities that are past their age or keep failing, oldest first; those of unknown age come last.</summary>
    public static Task<Page<ReplacementProposal>> Handle([AsParameters] Paging page, InventoryDb db, ProgrammeSettings programme, TimeProvider clock, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        var (year, since, often) = (now.Year - programme.ReplaceAfterYears, now.AddYears(-1), programme.ReplaceAfterFaultsInAYear);
        return db.Devices.AsNoTracking()
            .Where(d => d.KitId != null && (d.State == DeviceState.Deployed || d.State == DeviceState.Faulty || d.State == DeviceState.InRepair))
            .Select(d => new
            {
                Device = d,
                Faults = db.DeviceEvents.Count(e => e.DeviceId == d.Id && e.FromState == DeviceState.Deployed && e.ToState == DeviceState.Faulty && e.At >= since),
            })
            .Where(d => d.Device.PurchasedYear <= year || d.Faults >= often)
            .PageAsync(d => (d.Device.PurchasedYear ?? 9999) * 1_000_000_000_000L + d.Device.Number, page, d => new ReplacementProposal(d.Device.Barcode, d.Device.Kind,
                d.Device.Model, d.Device.State, d.Device.KitId, d.Device.PurchasedYear, d.Device.PurchasedYear <= year, d.Faults), cancel: cancel);
    }
}
