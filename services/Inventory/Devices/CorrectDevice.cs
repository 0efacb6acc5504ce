using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using BetterConnections.Postgres;
using BetterConnections.ServiceDefaults;

namespace BetterConnections.Inventory.Devices;

/// <summary>What was written down wrongly about a machine. Identity (barcode, serial, kind) and state are not corrected here.</summary>
public sealed record DeviceCorrection(
    [StringLength(100)] string? Manufacturer,
    [StringLength(100)] string? Model,
    [StringLength(100)] string? Cpu,
    [Range(0, 4096)] int? MemoryGb,
    [Range(0, 1_000_000)] int? StorageGb,
    [Range(1980, 2100)] int? PurchasedYear,
    [StringLength(1000)] string? Notes,
    [Required, StringLength(500, MinimumLength = 3)] string Why);

public static class CorrectDevice
{
    /// <summary>Needs <c>If-Match</c>; the correction and its reason stand in the history.</summary>
    public static async Task<DeviceView> Handle(string barcode, DeviceCorrection request, InventoryDb db, ProgrammeSettings programme, ClaimsPrincipal user,
        TimeProvider clock, HttpContext http, CancellationToken cancel)
    {
        var device = await db.Devices.ScannedAsync(barcode, programme, cancel);
        http.Request.RequireMatch(device.Version);
        (device.Manufacturer, device.Model, device.Cpu) = (request.Manufacturer, request.Model, request.Cpu);
        (device.MemoryGb, device.StorageGb, device.PurchasedYear, device.Notes) = (request.MemoryGb, request.StorageGb, request.PurchasedYear, request.Notes);
        device.Note(new Act(user.Subject(), clock.GetUtcNow(), request.Why));
        await db.SaveChangesAsync(cancel);
        http.Response.SetETag(device.Version);
        return DeviceView.From(device);
    }
}
