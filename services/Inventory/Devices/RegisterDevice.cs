using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using BetterConnections.Postgres;
using BetterConnections.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;

namespace BetterConnections.Inventory.Devices;

/// <param name="Storage">What the wipe has to deal with; <c>none</c> only for devices that have no storage.</param>
public sealed record NewDevice(
    DeviceKind Kind,
    [StringLength(100)] string? Serial,
    [StringLength(100)] string? Manufacturer = null,
    [StringLength(100)] string? Model = null,
    [StringLength(100)] string? Cpu = null,
    [Range(0, 4096)] int? MemoryGb = null,
    [Range(0, 1_000_000)] int? StorageGb = null,
    StorageKind Storage = StorageKind.Unknown,
    [Range(1980, 2100)] int? PurchasedYear = null,
    [StringLength(100)] string? DonorAssetTag = null,
    [Range(0, 10_000_000)] decimal? BookValue = null,
    [StringLength(1000)] string? Notes = null,
    Guid? LocationId = null);

public static class RegisterDevice
{
    public static async Task<Created<DeviceView>> Handle(NewDevice request, InventoryDb db, ProgrammeSettings programme, ClaimsPrincipal user, TimeProvider clock,
        HttpResponse response, CancellationToken cancel)
    {
        if (request.Kind.IsComputer() && request.Serial is null)
            throw new BadInput("serial_required", "A computer is registered with its serial.");
        if (request.LocationId is { } location && await db.Locations.FindAsync([location], cancel) is null)
            throw new BadInput("location_unknown", "There is no such location.");
        var number = (await db.NextDeviceNumbersAsync(1, cancel)).Single();
        var device = Device.Receive(Barcode.Of(number, programme.BarcodePrefix), request.Kind, request.Serial, request.Storage, request.LocationId,
            new Act(user.Subject(), clock.GetUtcNow(), "registered by hand"));
        device.Describe(request);
        db.Devices.Add(device);
        await db.SaveChangesAsync(cancel);
        response.SetETag(device.Version);
        return TypedResults.Created($"/api/inventory/devices/{device.Barcode}", DeviceView.From(device));
    }

    internal static void Describe(this Device device, NewDevice request)
    {
        device.Manufacturer = request.Manufacturer;
        device.Model = request.Model;
        device.Cpu = request.Cpu;
        device.MemoryGb = request.MemoryGb;
        device.StorageGb = request.StorageGb;
        device.PurchasedYear = request.PurchasedYear;
        device.DonorAssetTag = request.DonorAssetTag;
        device.BookValue = request.BookValue;
        device.Notes = request.Notes;
    }
}
